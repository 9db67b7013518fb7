#include "pipeline/registration_views.hpp"

#include <algorithm>
#include <cmath>

namespace plotwatch::pipeline {
namespace {

constexpr int side = 240;                     // px of ground in a picture
constexpr int few = 3;                        // points that a place needs to be judged by
constexpr double dark = 0.02, bright = 0.98;  // quantiles that become black and white

bool agrees(const TiePoint& p) { return p.fate == TiePoint::Fate::used || p.fate == TiePoint::Fate::held_out; }

// What the tie points around one place say.
struct Place {
  PixelWindow window;
  int agreeing = 0, outliers = 0;
  double residual = 0;   // px, root mean square of the points that agree
  double departure = 0;  // px, of the field from its mean
};

PixelWindow around(const Grid& grid, double x, double y) {
  const int w = std::min(side, grid.width), h = std::min(side, grid.height);
  return {std::clamp(static_cast<int>(x) - w / 2, 0, grid.width - w),
          std::clamp(static_cast<int>(y) - h / 2, 0, grid.height - h), w, h};
}

std::vector<Place> places(const Grid& grid, const Registration& registration) {
  Point mean{0, 0};
  int n = 0;
  for (const TiePoint& p : registration.tie_points)
    if (agrees(p)) mean.x += registration.field.at(p.x, p.y).x, mean.y += registration.field.at(p.x, p.y).y, ++n;
  if (n > 0) mean.x /= n, mean.y /= n;
  std::vector<Place> all;
  for (int y = 0; y < grid.height; y += side)
    for (int x = 0; x < grid.width; x += side) {
      Place place{around(grid, x + side / 2.0, y + side / 2.0), 0, 0, 0, 0};
      double squares = 0;
      for (const TiePoint& p : registration.tie_points) {
        if (p.x < place.window.x || p.y < place.window.y || p.x >= place.window.right() || p.y >= place.window.bottom())
          continue;
        place.outliers += p.fate == TiePoint::Fate::outlier;
        if (!agrees(p)) continue;
        const Point d = registration.field.at(p.x, p.y);
        squares += (p.dx - d.x) * (p.dx - d.x) + (p.dy - d.y) * (p.dy - d.y);
        ++place.agreeing;
      }
      if (place.agreeing > 0) place.residual = std::sqrt(squares / place.agreeing);
      const Point d =
          registration.field.at(place.window.x + place.window.width / 2.0, place.window.y + place.window.height / 2.0);
      place.departure = std::hypot(d.x - mean.x, d.y - mean.y);
      all.push_back(place);
    }
  return all;
}

// Grey values of a plane, stretched between its own quantiles; 1 to 255, 0 where not usable.
std::vector<std::uint8_t> grey(kernels::View<const float> plane, kernels::Mask usable) {
  std::vector<float> values;
  for (int y = 0; y < plane.height; ++y)
    for (int x = 0; x < plane.width; ++x)
      if (usable(x, y) && std::isfinite(plane(x, y))) values.push_back(plane(x, y));
  std::vector<std::uint8_t> out(static_cast<std::size_t>(plane.width) * static_cast<std::size_t>(plane.height), 0);
  if (values.empty()) return out;
  std::sort(values.begin(), values.end());
  const auto quantile = [&](double q) { return values[static_cast<std::size_t>(q * double(values.size() - 1))]; };
  const float low = quantile(dark), range = std::max(quantile(bright) - low, 1e-12f);
  std::size_t i = 0;
  for (int y = 0; y < plane.height; ++y)
    for (int x = 0; x < plane.width; ++x, ++i)
      if (usable(x, y) && std::isfinite(plane(x, y)))
        out[i] = static_cast<std::uint8_t>(1 + std::lround(254 * std::clamp((plane(x, y) - low) / range, 0.0f, 1.0f)));
  return out;
}

}  // namespace

std::vector<RegistrationView> registration_views(const Grid& grid, const Registration& registration,
                                                 const PairReader& reader) {
  const std::vector<Place> all = places(grid, registration);
  std::vector<RegistrationView> views;
  const auto add = [&](const Place* place, const char* zh, const char* en) {
    if (!place) return;
    for (const RegistrationView& v : views)
      if (v.window == place->window) return;
    RegistrationView view;
    view.window = place->window;
    view.why_zh = zh;
    view.why_en = en;
    views.push_back(std::move(view));
  };
  const auto most = [&](auto value) -> const Place* {
    const Place* best = nullptr;
    for (const Place& p : all)
      if (p.agreeing >= few && value(p) > 0 && (!best || value(p) > value(*best))) best = &p;
    return best;
  };
  add(most([](const Place& p) { return double(p.agreeing); }), "连接点最多处", "where most tie points agree");
  add(most([](const Place& p) { return p.departure; }), "位移与平均值相差最大处",
      "where the displacement departs most from its mean");
  add(most([](const Place& p) { return p.residual + 0.05 * p.outliers; }), "残差最大处",
      "where the tie points leave the largest residuals");
  if (views.empty()) {
    const Place middle{around(grid, grid.width / 2.0, grid.height / 2.0), 0, 0, 0, 0};
    add(&middle, "影像中部", "the middle of the common ground");
  }
  PairReader::Worker worker(reader);
  PairTile tile;
  for (RegistrationView& v : views) {
    v.displacement = registration.field.at(v.window.x + v.window.width / 2.0, v.window.y + v.window.height / 2.0);
    reader.read(v.window, {}, tile, worker);
    v.reference = grey(tile.before.band(0), tile.before_usable);
    v.target = grey(tile.after.band(0), tile.after_usable);
    reader.read(v.window, registration.field, tile, worker);
    v.aligned = grey(tile.after.band(0), tile.after_usable);
  }
  return views;
}

}  // namespace plotwatch::pipeline
