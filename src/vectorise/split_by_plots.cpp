#include <algorithm>
#include <optional>
#include <utility>

#include "io/geometry_ops.hpp"
#include "vectorise/vectorise.hpp"

namespace plotwatch::vectorise {
namespace {

// Boundaries that should coincide differ by rounding; an overlap of a millionth of a pixel is none.
double negligible_area(const Grid& grid) { return 1e-6 * grid.pixel_width * grid.pixel_height; }

Box box_of(const ChangeComponent& component, const Grid& grid) {
  const PixelWindow& w = component.window;
  const Point a = grid.to_map({double(w.x), double(w.bottom())}), b = grid.to_map({double(w.right()), double(w.y)});
  return {a.x, a.y, b.x, b.y};
}

MultiPolygon rectangle(const Box& b) {
  return {{{{b.min_x, b.min_y}, {b.max_x, b.min_y}, {b.max_x, b.max_y}, {b.min_x, b.max_y}, {b.min_x, b.min_y}}, {}}};
}

std::vector<PixelRun> rows_of(const PixelWindow& window) {
  std::vector<PixelRun> rows;
  for (int y = window.y; y < window.bottom(); ++y) rows.push_back({y, window.x, window.right()});
  return rows;
}

// Sorted, and overlapping plots' runs made one.
std::vector<PixelRun> joined(std::vector<PixelRun> runs) {
  std::sort(runs.begin(), runs.end(),
            [](const PixelRun& a, const PixelRun& b) { return std::pair(a.y, a.x0) < std::pair(b.y, b.x0); });
  std::vector<PixelRun> out;
  for (const PixelRun& r : runs) {
    if (!out.empty() && out.back().y == r.y && r.x0 <= out.back().x1)
      out.back().x1 = std::max(out.back().x1, r.x1);
    else
      out.push_back(r);
  }
  return out;
}

// The middle pixel of the longest run, the first of equals.
Point middle_pixel(const ChangeComponent& pixels) {
  const ChangeRun* longest = &pixels.runs.front();
  for (const ChangeRun& r : pixels.runs)
    if (r.x1 - r.x0 > longest->x1 - longest->x0) longest = &r;
  return {(longest->x0 + longest->x1) / 2 + 0.5, longest->y + 0.5};
}

// Whole pixels outside all plots: a whole scene has tens of thousands of them, so no geometry operation is spent on
// them. The ellipsoid's area of a pixel changes by less than 1e-4 over 100 km; one pixel's stands for all of a part's.
std::optional<PatchOnPlot> outside_part(ChangeComponent pixels, const Grid& grid, double min_area_m2) {
  if (pixels.runs.empty()) return std::nullopt;
  PatchOnPlot part;
  const Point middle = middle_pixel(pixels);
  const Grid pixel = grid.crop({static_cast<int>(middle.x), static_cast<int>(middle.y), 1, 1});
  part.area_m2 = io::ellipsoidal_area(rectangle(pixel.box()), grid.crs) * static_cast<double>(pixels.pixels);
  if (part.area_m2 < min_area_m2) return std::nullopt;
  part.representative = grid.to_map(middle);
  part.geometry = smooth_outline(pixels, grid);
  part.pixels = std::move(pixels);
  return part;
}

}  // namespace

std::vector<PatchOnPlot> split_by_plots(const ChangeComponent& component, const Grid& grid, const PlotIndex& plots,
                                        const PlotPixels& pixels_of, double min_area_m2, bool keep_outside) {
  std::vector<PatchOnPlot> parts;
  if (component.runs.empty()) return parts;
  std::vector<PixelRun> taken;  // by some plot
  for (const PlotShape* plot : plots.near(box_of(component, grid))) {
    // Only the pixels around the plot meet its boundary: a component may cover half a scene. Two pixels more, so that
    // the corners where it is cut off lie outside.
    const PixelWindow around = grid.covering(plot->box);
    PatchOnPlot part;
    part.geometry =
        io::intersection(smooth_outline(clip(component, rows_of(around.expanded(2))), grid), plot->geometry);
    if (area(part.geometry) <= negligible_area(grid)) continue;
    const std::vector<PixelRun> inside = pixels_of(*plot, component.window.intersection(around));
    part.pixels = clip(component, inside);
    if (keep_outside) taken.insert(taken.end(), inside.begin(), inside.end());
    part.area_m2 = io::ellipsoidal_area(part.geometry, grid.crs);
    if (part.area_m2 < min_area_m2) continue;
    part.plot = plot->plot;
    part.plot_share = plot->area_m2 > 0 ? std::min(1.0, part.area_m2 / plot->area_m2) : 0;
    part.representative = io::point_on_surface(part.geometry);
    parts.push_back(std::move(part));
  }
  if (keep_outside)
    if (auto part = outside_part(without(component, joined(std::move(taken))), grid, min_area_m2))
      parts.push_back(std::move(*part));
  return parts;
}

}  // namespace plotwatch::vectorise
