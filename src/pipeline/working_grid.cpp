#include "pipeline/working_grid.hpp"

#include <cmath>

#include <fmt/format.h>

#include "core/error.hpp"
#include "io/crs.hpp"

namespace plotwatch::pipeline {
namespace {

constexpr double finest_share = 8;  // a working pixel may be this much finer than a scene's; more only invents detail

std::string describe(const Box& box) {
  return fmt::format("x {:.1f} to {:.1f}, y {:.1f} to {:.1f}", box.min_x, box.max_x, box.min_y, box.max_y);
}

// A scene's pixel width in units of the working CRS, along its own centre line.
double pixel_width_in(const Scene& scene, const io::CoordinateTransform& to_working) {
  if (to_working.identity()) return scene.grid.pixel_width;
  const double x = scene.grid.width / 2.0, y = scene.grid.height / 2.0;
  const Point a = to_working.apply(scene.grid.to_map({x - 0.5, y})),
              b = to_working.apply(scene.grid.to_map({x + 0.5, y}));
  return std::hypot(b.x - a.x, b.y - a.y);
}

}  // namespace

Grid working_grid(const Scene& before, const Scene& after, const GridOptions& options) {
  const Crs crs = options.crs ? io::crs_from_user_input(*options.crs) : before.grid.crs;
  const io::CoordinateTransform from_before(before.grid.crs, crs), from_after(after.grid.crs, crs);
  const Box before_box = from_before.apply(before.grid.box()), after_box = from_after.apply(after.grid.box());
  const Box common = before_box.intersection(after_box);
  if (common.empty())
    throw Error(ExitCode::mismatch, "the two scenes share no ground", before.source + " and " + after.source,
                fmt::format("In {}: before covers {}, after covers {}. Check the files and their CRS.",
                            io::crs_name(crs), describe(before_box), describe(after_box)));

  Grid base;
  if (options.pixel_size) {
    base = snapped_grid(crs, common, *options.pixel_size);
  } else {
    const double before_size = pixel_width_in(before, from_before), after_size = pixel_width_in(after, from_after);
    const bool after_is_coarser = after_size > 1.01 * before_size;
    const Scene& reference = after_is_coarser ? after : before;
    const bool same = (after_is_coarser ? from_after : from_before).identity();
    base = same ? reference.grid : snapped_grid(crs, common, after_is_coarser ? after_size : before_size);
    base.crs = crs;
  }
  if (const double finest = std::min(pixel_width_in(before, from_before), pixel_width_in(after, from_after));
      options.pixel_size && *options.pixel_size < finest / finest_share)
    throw Error(ExitCode::config,
                fmt::format("pixels of {:g} are far finer than the scenes' own of {:g}", *options.pixel_size, finest),
                "grid.pixel_size", "Give a size near that of the scenes, in units of the working CRS.");
  const PixelWindow window = base.covering(common);
  if (window.empty())
    throw Error(ExitCode::mismatch, "the ground that both scenes share is smaller than a pixel",
                before.source + " and " + after.source, "Check that the files are the ones you mean.");
  return base.crop(window);
}

double pixel_metres(const Grid& grid) {
  return std::sqrt(grid.pixel_width * grid.pixel_height) * io::metres_per_unit(grid.crs);
}

}  // namespace plotwatch::pipeline
