#include "pipeline/register_pair.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <thread>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <tbb/global_control.h>

#include "core/error.hpp"
#include "core/log.hpp"
#include "io/block_cache.hpp"
#include "io/raster.hpp"
#include "pipeline/inputs.hpp"
#include "pipeline/match_pair.hpp"
#include "pipeline/plot_registration.hpp"
#include "pipeline/register_files.hpp"
#include "pipeline/registration_views.hpp"
#include "pipeline/survey.hpp"
#include "pipeline/working_grid.hpp"
#include "plots/plot_register.hpp"
#include "registration/registration.hpp"
#include "report/registration_page.hpp"

namespace plotwatch::pipeline {
namespace fs = std::filesystem;
namespace {

constexpr int small_grid = 1024;     // px: up to this size all of the ground is matched, above it cells of it
constexpr int cell = 512;            // px, of a small grid
constexpr int least_reach = 64;      // px
constexpr double finer_share = 1.5;  // bands with coarser pixels than this many of the scene's finest come last

// By how well their edges last from season to season.
constexpr std::array by_preference{BandRole::red, BandRole::swir16, BandRole::green, BandRole::red_edge,
                                   BandRole::nir, BandRole::swir22, BandRole::blue,  BandRole::pan};

// A band that sees much of what a panchromatic one sees.
constexpr std::array like_pan{BandRole::red, BandRole::green, BandRole::blue, BandRole::nir};

void check_outputs(const RegisterOptions& o) {
  for (const std::string* path : {&o.aligned, &o.field, &o.report}) {
    if (path->empty()) continue;
    const fs::path folder = fs::path(*path).parent_path();
    if (!folder.empty() && !fs::is_directory(folder))
      throw Error(ExitCode::output, "its folder does not exist", *path, "Create the folder, or choose another path.");
    for (const std::string* other : {&o.aligned, &o.field, &o.report})
      if (other != path && *other == *path)
        throw Error(ExitCode::usage, "two outputs have one path", *path, "Give each output a path of its own.");
    for (const std::string* input : {&o.reference.path, &o.target.path})
      if (std::error_code error; fs::equivalent(*path, *input, error))
        throw Error(ExitCode::usage, "is an input, and would be overwritten", *path, "Choose another output.");
  }
}

// A file of one band that says nothing of itself is taken as panchromatic: only its edges are matched.
Scene describe(SceneOptions options, std::vector<std::string>& notes) {
  try {
    return describe_scene(options);
  } catch (const Error& e) {
    if (e.code() != ExitCode::input || !options.roles.empty() || !fs::is_regular_file(options.path)) throw;
    if (io::describe_raster(options.path).bands.size() != 1) throw;
    options.roles.emplace("pan", "1");
  }
  notes.push_back(options.path + " has one band and does not say what it measures: it is taken as panchromatic");
  return describe_scene(options);
}

double pixel_of(const Scene& scene, BandRole role) {
  return scene.rasters[static_cast<std::size_t>(scene.find(role)->raster)].grid.pixel_width;
}

bool fine(const Scene& scene, BandRole role) {
  double finest = pixel_of(scene, role);
  for (const SceneBand& band : scene.bands)
    if (band.role != BandRole::pan) finest = std::min(finest, pixel_of(scene, band.role));
  return pixel_of(scene, role) <= finer_share * finest;
}

struct MatchedRoles {
  std::vector<BandRole> reference, target;
};

std::string names(const Scene& scene) {
  std::vector<std::string_view> all;
  for (const SceneBand& b : scene.bands) all.push_back(name(b.role));
  return fmt::format("{}", fmt::join(all, ", "));
}

// Two bands that both have, those with fine pixels first; without any, a panchromatic band against one that it covers.
MatchedRoles matched_roles(const Scene& reference, const Scene& target) {
  std::vector<BandRole> shared;
  for (const bool want_fine : {true, false})
    for (const BandRole role : by_preference) {
      if (!reference.find(role) || !target.find(role)) continue;
      if (role == BandRole::pan && !shared.empty()) continue;
      if ((fine(reference, role) && fine(target, role)) == want_fine) shared.push_back(role);
    }
  if (!shared.empty()) {
    shared.resize(std::min<std::size_t>(shared.size(), 2));
    std::sort(shared.begin(), shared.end());  // planes in the order of files need no second pass
    return {shared, shared};
  }
  for (const BandRole role : like_pan) {
    if (reference.find(BandRole::pan) && target.find(role)) return {{BandRole::pan}, {role}};
    if (target.find(BandRole::pan) && reference.find(role)) return {{role}, {BandRole::pan}};
  }
  throw Error(ExitCode::mismatch, "the two scenes have no bands whose edges can be matched",
              reference.source + " and " + target.source,
              fmt::format("The reference has {}; the target has {}. State roles with --reference-roles or "
                          "--target-roles, for example red=3.",
                          names(reference), names(target)));
}

std::vector<PixelWindow> windows_of(const Grid& grid, const PairReader& reader) {
  if (grid.width <= small_grid && grid.height <= small_grid)
    return registration::even_cells(grid.width, grid.height, cell);
  return survey_windows(grid, Coverage::everything(grid), reader.before().block_corner());
}

std::vector<int> all_planes(const MatchedRoles& roles) {
  return roles.reference.size() == 1 ? std::vector<int>{0} : std::vector<int>{0, 1};
}

PlotRegister read_plots(const PlotOptions& o) {
  return plots::read_register({o.path, o.layer, o.code_field, o.name_field, o.status_field, o.unit_field,
                               o.status_from_field, o.status_to_field, o.status_names, o.default_status, std::nullopt,
                               o.table, o.sheet, o.crs});
}

}  // namespace

RegisterResult register_pair(const RegisterOptions& options, const Hooks& hooks) {
  check_outputs(options);
  RegisterResult r;
  r.version = PLOTWATCH_VERSION;
  r.reference = describe(options.reference, r.notes);
  r.target = describe(options.target, r.notes);
  const MatchedRoles roles = matched_roles(r.reference, r.target);
  r.reference_roles = roles.reference;
  r.target_roles = roles.target;
  r.reference.grid = finest_grid(r.reference, roles.reference);
  r.target.grid = finest_grid(r.target, roles.target);
  r.reference_grid = r.reference.grid;
  r.grid = working_grid(r.reference, r.target, {});
  RegistrationOptions matching = options.registration;
  if (!options.max_shift_given) matching.max_shift = std::max(least_reach, std::max(r.grid.width, r.grid.height) / 10);
  PlotRegister plots;
  if (!options.plots.path.empty()) plots = read_plots(options.plots);

  const int workers = options.workers > 0 ? options.workers : static_cast<int>(std::thread::hardware_concurrency());
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                  static_cast<std::size_t>(std::max(workers, 1)));
  io::BlockCache cache(options.memory_mib * (std::uint64_t{1} << 20) / 2);
  const PairReader reader(r.reference, roles.reference, r.target, roles.target, r.grid, cache, options.mask);
  hooks.progress("measuring tie points", 0);
  r.registration = match_pair(r.grid, windows_of(r.grid, reader), all_planes(roles), reader, matching);
  hooks.throw_if_cancelled();
  if (!options.plots.path.empty()) r.plots = plot_registrations(plots, r.grid, r.registration, matching.window);

  const DisplacementField on_reference = carried_to(r.registration.field, r.grid, r.reference_grid);
  if (!options.field.empty()) {
    hooks.progress("writing the field", 0);
    write_field(options.field, r.reference_grid, on_reference);
  }
  if (!options.aligned.empty()) {
    hooks.progress("writing the aligned image", 0);
    write_aligned(options.aligned, r.target, r.reference_grid, on_reference, cache);
  }
  hooks.throw_if_cancelled();
  if (!options.report.empty()) {
    hooks.progress("drawing the report", 0);
    r.views = registration_views(r.grid, r.registration, reader);
    report::write_registration_page(options.report, r);
  }
  return r;
}

}  // namespace plotwatch::pipeline
