#include "simulate/planting.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include <fmt/format.h>

#include "core/error.hpp"
#include "io/crs.hpp"
#include "io/vector.hpp"

namespace plotwatch::simulate {

namespace {

constexpr double smallest_px = 9, largest_px = 300;
constexpr double least_contrast = 1.0;  // standard deviations of the scene, before strength
constexpr int attempts = 60;

struct Plot {
  std::string code;
  MultiPolygon geometry;  // pixels
};

std::vector<Plot> read_plots(const std::string& path, const Grid& grid) {
  const io::VectorLayer layer = io::read_vector(path);
  const io::CoordinateTransform transform(layer.crs, grid.crs);
  const auto code = std::find(layer.fields.begin(), layer.fields.end(), "code");
  std::vector<Plot> plots;
  for (const io::Feature& feature : layer.features) {
    Plot plot{fmt::format("row {}", feature.id), transform.apply(feature.geometry)};
    if (code != layer.fields.end())
      if (const auto* text =
              std::get_if<std::string>(&feature.values[static_cast<std::size_t>(code - layer.fields.begin())]))
        plot.code = *text;
    for (Polygon& polygon : plot.geometry) {
      for (Point& p : polygon.outer) p = grid.to_pixel(p);
      for (Ring& hole : polygon.holes)
        for (Point& p : hole) p = grid.to_pixel(p);
    }
    plots.push_back(std::move(plot));
  }
  return plots;
}

std::vector<Point> turned(std::vector<Point> ring, Point about, double angle) {
  const double c = std::cos(angle), s = std::sin(angle);
  for (Point& p : ring)
    p = {about.x + c * (p.x - about.x) - s * (p.y - about.y), about.y + s * (p.x - about.x) + c * (p.y - about.y)};
  return ring;
}

class Planter {
 public:
  Planter(const RealScene& scene, const DonorPool& pool, const ImplantOptions& options)
      : scene_(scene), options_(options), pool_(pool) {}

  // One implant of about `area` pixels whose outline lies in `room` and, edge for edge, where `allowed` holds.
  std::optional<Implant> plant(const Rect& room, double area, const std::function<bool(Point)>& allowed,
                               Dice& dice) const {
    for (int attempt = 0; attempt < attempts; ++attempt) {
      Implant implant;
      const bool built = dice.chance(0.55);
      const double wanted = std::max(area * std::pow(0.96, attempt), smallest_px), aspect = dice.between(1, 2.2);
      const double w = std::sqrt(wanted * aspect), h = wanted / w;
      const Point middle{room.u0 + dice.unit() * room.width(), room.v0 + dice.unit() * room.height()};
      const Rect box{middle.x - w / 2, middle.y - h / 2, middle.x + w / 2, middle.y + h / 2};
      implant.ring = turned(outline_in(box, built, dice), middle, dice.between(0, 3.2));
      implant.box = bounds_of(implant.ring);
      if (!lies_in(implant.ring, allowed) || !on_valid_ground(implant.box) || near_another(implant.box)) continue;
      const std::vector<double> old = pool_.mean_around(static_cast<int>(middle.x), static_cast<int>(middle.y), 1);
      implant.donor = pool_.draw(built, dice);
      implant.contrast = pool_.contrast(implant.donor.mean, old);
      if (implant.contrast < least_contrast) continue;
      implant.strength = dice.between(0.5, 1);
      implant.area_px = ring_area(implant.ring);
      return implant;
    }
    return std::nullopt;
  }

  void keep(Implant implant) { implants_.push_back(std::move(implant)); }
  const std::vector<Implant>& implants() const { return implants_; }

 private:
  // With room for the point spread, and for the shift.
  bool on_valid_ground(const Rect& box) const {
    const double reach = 4 + std::ceil(std::max(std::abs(options_.shift_x), std::abs(options_.shift_y)));
    const Rect r = box.inset(-reach);
    if (r.u0 < 0 || r.v0 < 0 || r.u1 >= scene_.grid.width || r.v1 >= scene_.grid.height) return false;
    for (int y = static_cast<int>(r.v0); y <= static_cast<int>(r.v1); ++y)
      for (int x = static_cast<int>(r.u0); x <= static_cast<int>(r.u1); ++x)
        if (!scene_.valid[scene_.index(x, y)]) return false;
    return true;
  }

  bool near_another(const Rect& box) const {
    const Rect r = box.inset(-4);
    return std::any_of(implants_.begin(), implants_.end(), [&r](const Implant& other) {
      return r.u0 < other.box.u1 && other.box.u0 < r.u1 && r.v0 < other.box.v1 && other.box.v0 < r.v1;
    });
  }

  const RealScene& scene_;
  const ImplantOptions& options_;
  const DonorPool& pool_;
  std::vector<Implant> implants_;
};

void plant_on_plots(Planter& planter, const RealScene& scene, const ImplantOptions& o) {
  const std::vector<Plot> plots = read_plots(*o.plots, scene.grid);
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < plots.size(); ++i) order.push_back(i);
  std::sort(order.begin(), order.end(), [&o](std::size_t a, std::size_t b) {
    return hash(o.seed, 91, static_cast<std::int64_t>(a)) < hash(o.seed, 91, static_cast<std::int64_t>(b));
  });
  for (const std::size_t i : order) {
    if (static_cast<int>(planter.implants().size()) == o.count) break;
    const double whole = area(plots[i].geometry);
    if (whole < 1.5 * smallest_px) continue;
    Dice dice(hash(o.seed, 92, static_cast<std::int64_t>(i)));
    const Box box = bounds(plots[i].geometry);
    const double wanted = smallest_px * std::pow(0.8 * whole / smallest_px, dice.unit());
    auto implant = planter.plant(
        {box.min_x, box.min_y, box.max_x, box.max_y}, wanted, [&](Point p) { return contains(plots[i].geometry, p); },
        dice);
    if (!implant) continue;
    implant->plot_code = plots[i].code;
    planter.keep(std::move(*implant));
  }
}

void plant_anywhere(Planter& planter, const RealScene& scene, const ImplantOptions& o) {
  const Rect room{0, 0, static_cast<double>(scene.grid.width), static_cast<double>(scene.grid.height)};
  for (int i = 0; i < o.count; ++i) {
    Dice dice(hash(o.seed, 93, i));
    auto implant = planter.plant(
        room, smallest_px * std::pow(largest_px / smallest_px, dice.unit()), [](Point) { return true; }, dice);
    if (implant) planter.keep(std::move(*implant));
  }
}

}  // namespace

std::vector<Implant> plan_implants(const RealScene& scene, const DonorPool& pool, const ImplantOptions& options) {
  Planter planter(scene, pool, options);
  if (options.plots)
    plant_on_plots(planter, scene, options);
  else
    plant_anywhere(planter, scene, options);
  if (static_cast<int>(planter.implants().size()) < options.count)
    throw Error(ExitCode::config,
                fmt::format("only {} of {} implants find room", planter.implants().size(), options.count),
                options.scene,
                options.plots ? "ask for fewer, or give more or larger plots that the scene covers"
                              : "ask for fewer, or give a larger scene");
  return planter.implants();
}

}  // namespace plotwatch::simulate
