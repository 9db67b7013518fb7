#include "simulate/truth.hpp"

#include <algorithm>
#include <cmath>

#include "simulate/ground.hpp"

namespace plotwatch::simulate {

namespace {

constexpr int samples_a_side = 8;

class SiteShape {
 public:
  SiteShape(const District& district, const ConstructionSite& site, const DistrictOptions& o)
      : site_(site),
        sun_before_(towards_sun(district.frame, o.before)),
        sun_after_(towards_sun(district.frame, o.after)) {
    const Lot& lot =
        district.layout.lots()[static_cast<std::size_t>(district.plots[static_cast<std::size_t>(site.plot)].lot)];
    for (const Building& b : district.layout.buildings(lot))
      if (b.demolished) gone_.push_back(b);
  }

  bool changed(Point p) const {
    const Part& first = site_.parts.front();
    return first.box.contains(p.x, p.y) && inside_ring(first.ring, p.x, p.y);
  }

  bool shadow_changed(Point p) const {
    for (const Building& b : gone_)
      if (way_meets(b.rect, p.x, p.y, {b.height * sun_before_.x, b.height * sun_before_.y})) return true;
    for (const Part& part : site_.parts)
      if (part.height > 0 && way_meets(part.box, p.x, p.y, {part.height * sun_after_.x, part.height * sun_after_.y}))
        return true;
    return false;
  }

  double reach() const {
    double height = 0;
    for (const Building& b : gone_) height = std::max(height, static_cast<double>(b.height));
    for (const Part& part : site_.parts) height = std::max(height, static_cast<double>(part.height));
    return height * std::max(std::hypot(sun_before_.x, sun_before_.y), std::hypot(sun_after_.x, sun_after_.y));
  }

 private:
  const ConstructionSite& site_;
  Point sun_before_, sun_after_;
  std::vector<Building> gone_;
};

std::uint8_t label(const Frame& frame, const SiteShape& shape, double pixel_size, int x, int y) {
  int changed = 0, shadow = 0;
  for (int j = 0; j < samples_a_side; ++j)
    for (int i = 0; i < samples_a_side; ++i) {
      const Point p =
          frame.to_uv((x + (i + 0.5) / samples_a_side) * pixel_size, (y + (j + 0.5) / samples_a_side) * pixel_size);
      if (shape.changed(p))
        ++changed;
      else if (shape.shadow_changed(p))
        ++shadow;
    }
  if (2 * changed >= samples_a_side * samples_a_side) return 2;
  return changed > 0 || shadow > 0 ? 0 : 1;
}

}  // namespace

void draw_truth(const District& district, const DistrictOptions& o, kernels::View<std::uint8_t> truth) {
  for (int y = 0; y < truth.height; ++y) std::fill_n(truth.row(y), truth.width, std::uint8_t{1});
  for (const ConstructionSite& site : district.sites) {
    const SiteShape shape(district, site, o);
    Box box{1e300, 1e300, -1e300, -1e300};
    for (const Point& corner : ring_of(site.parts.front().box.inset(-shape.reach())))
      box.include(district.frame.to_xy(corner));
    const auto pixel = [&o](double metres, int limit) {
      return std::clamp(static_cast<int>(std::floor(metres / o.pixel_size)), 0, limit);
    };
    const int x0 = pixel(box.min_x - 2, truth.width), x1 = pixel(box.max_x + 2 + o.pixel_size, truth.width);
    const int y0 = pixel(box.min_y - 2, truth.height), y1 = pixel(box.max_y + 2 + o.pixel_size, truth.height);
    for (int y = y0; y < y1; ++y)
      for (int x = x0; x < x1; ++x) {
        const std::uint8_t here = label(district.frame, shape, o.pixel_size, x, y);
        if (here != 1) truth(x, y) = std::max(here, truth(x, y) == 1 ? std::uint8_t{0} : truth(x, y));
      }
  }
}

Ring on_ground(const Frame& frame, const std::vector<Point>& ring) {
  constexpr double spacing_m = 25;
  Ring out;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Point a = ring[i], b = ring[(i + 1) % ring.size()];
    const int pieces = std::max(1, static_cast<int>(std::ceil(std::hypot(b.x - a.x, b.y - a.y) / spacing_m)));
    for (int k = 0; k < pieces; ++k) {
      const double t = static_cast<double>(k) / pieces;
      const Point p = frame.to_xy({a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});
      out.push_back({p.x, -p.y});
    }
  }
  out.push_back(out.front());
  if (signed_area(out) < 0) std::reverse(out.begin(), out.end());
  return out;
}

}  // namespace plotwatch::simulate
