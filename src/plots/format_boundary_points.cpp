#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "plots/boundary_points.hpp"

namespace plotwatch::plots {
namespace {

// The format has no way to quote: what would end a field becomes its full-width twin.
std::string field(std::string text) {
  std::string out;
  for (const char c : text) {
    if (c == ',')
      out += "，";
    else if (c == '@')
      out += "＠";
    else if (c != '\r' && c != '\n')
      out += c;
  }
  return out;
}

std::size_t points_of(const MultiPolygon& polygons) {
  std::size_t count = 0;
  for (const Polygon& p : polygons) {
    count += p.outer.size();
    for (const Ring& hole : p.holes) count += hole.size();
  }
  return count;
}

class Writer {
 public:
  explicit Writer(const BoundarySystem& system) : decimals_(system.degrees ? 10 : 3) {}

  void plot(const BoundaryParcel& p) {
    const std::string hectares = p.stated_area_m2 ? fmt::format("{:.4f}", *p.stated_area_m2 / 10000) : "";
    add("{},{},{},{},面,{},{},{},@", points_of(p.polygons), hectares, field(p.code), field(p.name), field(p.sheet),
        field(p.use), field(p.land_class));
    point_ = ring_ = 0;
    for (const Polygon& polygon : p.polygons) {
      ring(polygon.outer);
      for (const Ring& hole : polygon.holes) ring(hole);
    }
  }

  template <class... Args>
  void add(fmt::format_string<Args...> pattern, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), pattern, std::forward<Args>(args)...);
    out_ += "\r\n";
  }

  std::string take() { return std::move(out_); }

 private:
  void ring(const Ring& points) {
    ++ring_;
    const int first = point_ + 1;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const int name = i + 1 < points.size() ? ++point_ : first;  // the last is the first again
      add("J{},{},{:.{}f},{:.{}f}", name, ring_, points[i].y, decimals_, points[i].x, decimals_);
    }
  }

  int decimals_, point_ = 0, ring_ = 0;
  std::string out_;
};

}  // namespace

std::string format_boundary_points(const BoundaryText& text) {
  Writer w(text.system);
  w.add("[属性描述]");
  w.add("格式版本号=1.01");
  w.add("数据产生单位={}", field(text.producer));
  w.add("数据产生日期={}", field(text.date));
  w.add("坐标系=2000国家大地坐标系");
  w.add("几度分带={}", text.system.degrees ? "" : fmt::format("{}", text.system.zone_width));
  w.add("投影类型={}", text.system.degrees ? "" : "高斯克吕格");
  w.add("计量单位={}", text.system.degrees ? "度" : "米");
  w.add("带号={}", text.system.zone ? fmt::format("{}", *text.system.zone) : "");
  w.add("精度={}", text.system.degrees ? "0.0000000001" : "0.001");
  w.add("转换参数=,,,,,,");
  w.add("[地块坐标]");
  for (const BoundaryParcel& p : text.parcels) w.plot(p);
  return w.take();
}

}  // namespace plotwatch::plots
