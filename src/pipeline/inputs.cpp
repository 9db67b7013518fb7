#include "pipeline/inputs.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalogue/catalogue.hpp"
#include "config/config.hpp"
#include "core/error.hpp"
#include "core/log.hpp"
#include "io/crs.hpp"
#include "io/geometry_ops.hpp"
#include "pipeline/working_grid.hpp"
#include "plots/plot_register.hpp"
#include "rules/rules.hpp"

namespace plotwatch::pipeline {
namespace {

Date require_date(const Scene& scene, const char* flag) {
  if (scene.date) return *scene.date;
  throw Error(ExitCode::input, "nothing tells when this scene was taken", scene.source,
              fmt::format("State the date with {} YYYY-MM-DD.", flag));
}

std::string role_names(const Scene& scene) {
  std::vector<std::string_view> names;
  for (const SceneBand& b : scene.bands) names.push_back(name(b.role));
  return names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "));
}

// The roles to compare. A panchromatic band overlaps the others in wavelength and is used only when it is all there is.
std::vector<BandRole> shared_roles(const Scene& before, const Scene& after) {
  std::vector<BandRole> roles;
  for (const BandRole role : all_band_roles())
    if (role != BandRole::pan && before.find(role) && after.find(role)) roles.push_back(role);
  if (roles.empty() && before.find(BandRole::pan) && after.find(BandRole::pan)) roles.push_back(BandRole::pan);
  if (roles.empty())
    throw Error(
        ExitCode::mismatch, "the two scenes share no band role", before.source + " and " + after.source,
        fmt::format("Before has {}; after has {}. State roles with [before.roles] and [after.roles] in a config file, "
                    "or --before-roles red=3,nir=4.",
                    role_names(before), role_names(after)));
  return roles;
}

std::string_view calibration_name(Calibration c) {
  switch (c) {
    case Calibration::digital_number: return "digital numbers";
    case Calibration::toa_reflectance: return "top-of-atmosphere reflectance";
    case Calibration::surface_reflectance: return "surface reflectance";
    case Calibration::backscatter: return "backscatter";
  }
  return "unknown";
}

void check_calibration(const Scene& before, const Scene& after) {
  if (before.calibration == after.calibration) return;
  throw Error(ExitCode::mismatch,
              fmt::format("mixed calibration: before holds {}, after holds {}", calibration_name(before.calibration),
                          calibration_name(after.calibration)),
              before.source + " and " + after.source,
              "Use products of one processing level, or state what the numbers are with before.calibration and "
              "after.calibration.");
}

std::vector<vectorise::PlotShape> shapes_on(const Grid& grid, const PlotRegister& plots) {
  const io::CoordinateTransform to_grid(plots.crs, grid.crs);
  std::vector<vectorise::PlotShape> shapes;
  for (std::size_t i = 0; i < plots.plots.size(); ++i) {
    vectorise::PlotShape shape;
    shape.plot = static_cast<int>(i);
    shape.geometry = to_grid.apply(plots.plots[i].geometry);
    shape.box = bounds(shape.geometry);
    shape.area_m2 = io::ellipsoidal_area(plots.plots[i].geometry, plots.crs);
    shapes.push_back(std::move(shape));
  }
  return shapes;
}

MultiPolygon rectangle(const Box& b) {
  return {{{{b.min_x, b.min_y}, {b.max_x, b.min_y}, {b.max_x, b.max_y}, {b.min_x, b.max_y}, {b.min_x, b.min_y}}, {}}};
}

void read_plots(const ScanOptions& options, Inputs& in) {
  if (options.plots.path.empty()) {
    if (!options.run.whole_scene)
      throw Error(ExitCode::config, "no plot register is given", "plots.path",
                  "Give one with --plots FILE, or scan everything with --whole-scene.");
    in.plots.crs = in.grid.crs;
    return;
  }
  const PlotOptions& o = options.plots;
  in.plots = register_as_of(o, in.after_date);
  const io::CoordinateTransform to_plots(in.grid.crs, in.plots.crs);
  plots::report_outside(in.plots, to_plots.apply(rectangle(in.grid.box())));
  in.shapes = shapes_on(in.grid, in.plots);
  const Box ground = in.grid.box();
  const bool any =
      std::any_of(in.shapes.begin(), in.shapes.end(), [&](const auto& s) { return s.box.intersects(ground); });
  if (!any && !options.run.whole_scene)
    throw Error(
        ExitCode::mismatch,
        fmt::format("none of the {} plots lies on the ground that both scenes cover", in.plots.plots.size()), o.path,
        "Check the register's CRS (" + io::crs_name(in.plots.crs) + ") and that the scenes are of this district.");
}

}  // namespace

PlotRegister register_as_of(const PlotOptions& o, std::optional<Date> as_of) {
  return plots::read_register({o.path, o.layer, o.code_field, o.name_field, o.status_field, o.unit_field,
                               o.status_from_field, o.status_to_field, o.status_names, o.default_status, as_of, o.table,
                               o.sheet, o.crs});
}

Scene describe_scene(const SceneOptions& o) {
  return catalogue::describe({o.path, o.date, o.sensor, o.roles, o.scale, o.offset, o.nodata, o.calibration, o.mask});
}

Grid finest_grid(const Scene& scene, const std::vector<BandRole>& roles) {
  const Grid* finest = nullptr;
  for (const BandRole role : roles) {
    const Grid& grid = scene.rasters[static_cast<std::size_t>(scene.find(role)->raster)].grid;
    if (finest == nullptr || grid.pixel_width * grid.pixel_height < finest->pixel_width * finest->pixel_height)
      finest = &grid;
  }
  return *finest;
}

double working_pixel_metres(const ScanOptions& options) {
  Scene before = describe_scene(options.before), after = describe_scene(options.after);
  const std::vector<BandRole> roles = shared_roles(before, after);
  for (Scene* scene : {&before, &after}) scene->grid = finest_grid(*scene, roles);
  return pixel_metres(working_grid(before, after, options.grid));
}

Inputs gather(const ScanOptions& options) {
  Inputs in;
  in.before = describe_scene(options.before);
  in.after = describe_scene(options.after);
  in.before_date = require_date(in.before, "--before-date");
  in.after_date = require_date(in.after, "--after-date");
  if (!(in.before_date < in.after_date))
    throw Error(ExitCode::mismatch,
                fmt::format("the before scene ({}) is not older than the after scene ({})", in.before_date.iso(),
                            in.after_date.iso()),
                in.before.source + " and " + in.after.source, "Swap --before and --after, or correct the dates.");
  check_calibration(in.before, in.after);
  in.roles = shared_roles(in.before, in.after);
  for (Scene* scene : {&in.before, &in.after}) scene->grid = finest_grid(*scene, in.roles);
  in.grid = working_grid(in.before, in.after, options.grid);
  read_plots(options, in);
  in.surroundings = Surroundings(options.plots, in.grid);
  in.rules = config::load_rules(options.run.rules);
  for (const std::string& problem : rules::problems(in.rules)) log::warning("{}: {}", in.rules.source, problem);
  return in;
}

}  // namespace plotwatch::pipeline
