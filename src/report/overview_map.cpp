#include "report/overview_map.hpp"

#include <cmath>
#include <numbers>

#include "io/crs.hpp"
#include "report/map_frame.hpp"
#include "report/scale_bar.hpp"

namespace plotwatch::report {
namespace {

constexpr int labelled = 30;  // ranks written beside their dot; more would cover each other

struct Extent {
  Box box;
  double east_scale = 1;       // ground length of a map unit east, over that of one north
  double metres_per_unit = 1;  // north
};

Extent extent_of(const ScanResult& scan) {
  Box box;
  bool first = true;
  const auto include = [&](const MultiPolygon& shape) {
    if (shape.empty()) return;
    const Box b = bounds(shape);
    if (first) box = b;
    box.include({b.min_x, b.min_y});
    box.include({b.max_x, b.max_y});
    first = false;
  };
  for (const PlotResult& p : scan.plots) include(p.plot.geometry);
  for (const Candidate& c : scan.candidates) include(c.geometry);
  Extent extent{box.expanded(0.03 * std::max(box.width(), box.height()))};
  extent.metres_per_unit = io::metres_per_unit(scan.grid.crs);
  if (io::is_geographic(scan.grid.crs))
    extent.east_scale = std::max(0.01, std::cos((box.min_y + box.max_y) / 2 * std::numbers::pi / 180));
  return extent;
}

void put_scale_bar(Html& out, const MapFrame& frame, const Extent& extent) {
  const double unit_m =
      std::max(extent.box.width() * extent.east_scale, extent.box.height()) * extent.metres_per_unit / MapFrame::side;
  const ScaleBar bar = scale_bar(unit_m, frame.width() / 4);
  if (bar.metres <= 0) return;
  const double y = frame.height() - 14;
  put(out,
      "<path class=\"scale\" d=\"M14,{0:.1f}v6H{1:.1f}v-6\"/><text class=\"scale\" x=\"{1:.1f}\" y=\"{2:.1f}\" "
      "dx=\"8\">{3}</text>\n",
      y, 14 + bar.pixels, y + 8, bar.label);
}

}  // namespace

Html overview_map(const ScanResult& scan) {
  if (scan.plots.empty() && scan.candidates.empty()) return {};
  const Extent extent = extent_of(scan);
  const MapFrame frame(extent.box, extent.east_scale);

  Html out = html(
      "<figure class=\"map\"><svg viewBox=\"0 0 {0:.1f} {1:.1f}\" role=\"img\" aria-label=\"地块与疑似变化位置图 map "
      "of "
      "plots and candidates\">\n<rect class=\"paper\" width=\"{0:.1f}\" height=\"{1:.1f}\"/>\n",
      frame.width(), frame.height());
  for (const PlotResult& p : scan.plots)
    put(out, "<path class=\"{}\" d=\"{}\"><title>{} {}</title></path>\n",
        p.observation.observable ? "plot" : "plot unseen", frame.path(p.plot.geometry), p.plot.code, p.plot.name);
  // The most urgent last, on top.
  for (auto c = scan.candidates.rbegin(); c != scan.candidates.rend(); ++c) {
    const Point at = frame.place(c->representative);
    put(out, "<circle class=\"{}\" cx=\"{}\" cy=\"{}\" r=\"{}\"><title>{} {}</title></circle>\n",
        name(c->verdict.severity), at.x, at.y, c->rank <= labelled ? 18 : 8, c->rank, c->plot_name);
    if (c->rank <= labelled)
      put(out, "<text class=\"rank\" x=\"{}\" y=\"{}\" dy=\"8\">{}</text>\n", at.x, at.y, c->rank);
  }
  put_scale_bar(out, frame, extent);
  put(out, "</svg><figcaption>{}</figcaption></figure>\n",
      both("上北。实线框为登记地块，虚线框为未能观测的地块；圆点为疑似变化，数字为序号。",
           "North up. Outlines: registered plots, dashed where not observable. Dots: suspected change, with its "
           "rank."));
  return out;
}

}  // namespace plotwatch::report
