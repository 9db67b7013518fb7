#include "simulate/layout.hpp"

#include <algorithm>
#include <cmath>

#include "simulate/noise.hpp"

namespace plotwatch::simulate {

namespace {

// Road number k lies near k x 700 m, 340 to 1060 m from the next and 8 to 25 m wide, whatever part of the plane is
// asked for: a larger scene, or one that is shifted, shows the same ground.
std::vector<Road> lay_roads(double from, double to, std::uint64_t seed, std::int64_t& first) {
  constexpr double spacing = 700, jitter = 180;
  first = static_cast<std::int64_t>(std::floor((from - jitter) / spacing));
  std::vector<Road> roads;
  for (std::int64_t k = first;; ++k) {
    Dice dice(hash(seed, static_cast<std::uint64_t>(k)));
    const double at = static_cast<double>(k) * spacing + dice.between(-jitter, jitter);
    const bool main = dice.chance(0.3);
    roads.push_back({at, (main ? dice.between(16, 25) : dice.between(8, 14)) / 2, dice.chance(0.55)});
    if (at > to) return roads;
  }
}

Material pick_roof(Dice& dice) {
  const double r = dice.unit();
  if (r < 0.38) return Material::blue_roof;
  if (r < 0.50) return Material::red_roof;
  if (r < 0.82) return Material::grey_roof;
  return Material::white_roof;
}

}  // namespace

double River::middle(double v) const {
  return u + swing * std::sin(v * wave + phase) + 0.4 * swing * std::sin(v * wave * 2.7 + 2 * phase);
}

int road_below(const std::vector<Road>& roads, double at) {
  const auto after =
      std::upper_bound(roads.begin(), roads.end(), at, [](double x, const Road& r) { return x < r.centre; });
  return static_cast<int>(after - roads.begin()) - 1;
}

Layout::Layout(std::uint64_t seed, const Rect& extent) {
  std::int64_t first_column = 0, first_row = 0;
  roads_u_ = lay_roads(extent.u0, extent.u1, hash(seed, 11), first_column);
  roads_v_ = lay_roads(extent.v0, extent.v1, hash(seed, 12), first_row);
  Dice water(hash(seed, 13));
  river_.u = water.between(700, 4000);
  river_.half_width = water.between(10, 22);
  river_.swing = water.between(60, 130);
  river_.wave = 1 / water.between(500, 900);
  river_.phase = water.between(0, 6);

  ValueNoise town(hash(seed, 14), 2400);
  for (std::size_t row = 0; row + 1 < roads_v_.size(); ++row) {
    for (std::size_t column = 0; column + 1 < roads_u_.size(); ++column) {
      const Road &west = roads_u_[column], &east = roads_u_[column + 1];
      const Road &north = roads_v_[row], &south = roads_v_[row + 1];
      const Rect block{west.centre + west.half_width, north.centre + north.half_width, east.centre - east.half_width,
                       south.centre - south.half_width};
      Dice dice(hash(hash(seed, 15), first_row + static_cast<std::int64_t>(row),
                     first_column + static_cast<std::int64_t>(column)));
      const double built = town.at((block.u0 + block.u1) / 2, (block.v0 + block.v1) / 2) + 0.45 * dice.normal();
      const Quarter quarter = built > 0.70   ? Quarter::factories
                              : built > 0.45 ? Quarter::development
                              : built > 0.12 ? Quarter::village
                                             : Quarter::farmland;
      block_root_.push_back(divide(block, quarter, dice));
    }
  }
}

int Layout::divide(const Rect& rect, Quarter quarter, Dice& dice) {
  const bool along_u = rect.width() >= rect.height();
  const double longer = std::max(rect.width(), rect.height());
  const double limit = quarter == Quarter::village ? dice.between(110, 220) : dice.between(120, 320);
  if (longer <= limit) return add_lot(rect, quarter, dice);

  const double cut = dice.between(0.36, 0.64);
  Rect low = rect, high = rect;
  const double at = along_u ? rect.u0 + cut * rect.width() : rect.v0 + cut * rect.height();
  (along_u ? low.u1 : low.v1) = at;
  (along_u ? high.u0 : high.v0) = at;
  const auto node = static_cast<int>(nodes_.size());
  nodes_.push_back({at, static_cast<std::uint8_t>(along_u ? 0 : 1), 0, 0});
  const int low_node = divide(low, quarter, dice);
  const int high_node = divide(high, quarter, dice);
  nodes_[static_cast<std::size_t>(node)].low = low_node;
  nodes_[static_cast<std::size_t>(node)].high = high_node;
  return node;
}

int Layout::add_lot(const Rect& rect, Quarter quarter, Dice& dice) {
  Lot lot;
  lot.rect = rect;
  lot.seed = dice.next();
  const double r = dice.unit();
  switch (quarter) {
    case Quarter::farmland:
      lot.use = r < 0.60   ? Use::field
                : r < 0.70 ? Use::greenhouse
                : r < 0.82 ? Use::orchard
                : r < 0.88 ? Use::wood
                : r < 0.91 ? Use::pond
                : r < 0.97 ? Use::vacant
                           : Use::factory;
      break;
    case Quarter::village:
      lot.use = r < 0.70   ? Use::village
                : r < 0.80 ? Use::wood
                : r < 0.88 ? Use::field
                : r < 0.95 ? Use::vacant
                           : Use::factory;
      break;
    case Quarter::factories:
      lot.use = r < 0.68 ? Use::factory : r < 0.90 ? Use::vacant : r < 0.98 ? Use::wood : Use::pond;
      break;
    case Quarter::development:
      lot.use = r < 0.55 ? Use::vacant : r < 0.75 ? Use::factory : r < 0.92 ? Use::field : Use::wood;
      break;
  }
  lot.edge = static_cast<float>(dice.between(1.0, 3.2));
  lot.first_building = static_cast<int>(buildings_.size());
  if (lot.use == Use::factory) add_buildings(lot, rect.inset(lot.edge + 5), dice);
  if (lot.use == Use::vacant && dice.chance(0.25)) {
    const Rect yard = rect.inset(lot.edge + 8);
    const double w = dice.between(15, 35), h = dice.between(10, 18);
    if (yard.width() > w && yard.height() > h) {
      const double u = yard.u0 + dice.unit() * (yard.width() - w), v = yard.v0 + dice.unit() * (yard.height() - h);
      buildings_.push_back({{u, v, u + w, v + h}, Material::tile_roof, 4.0F, false});
    }
  }
  lot.buildings = static_cast<int>(buildings_.size()) - lot.first_building;
  lots_.push_back(lot);
  nodes_.push_back({0, 2, static_cast<int>(lots_.size()) - 1, 0});
  return static_cast<int>(nodes_.size()) - 1;
}

void Layout::add_buildings(Lot& lot, const Rect& yard, Dice& dice) {
  if (std::max(yard.width(), yard.height()) > dice.between(70, 130)) {
    Rect low = yard, high = yard;
    const double cut = dice.between(0.4, 0.6);
    if (yard.width() >= yard.height())
      low.u1 = high.u0 = yard.u0 + cut * yard.width();
    else
      low.v1 = high.v0 = yard.v0 + cut * yard.height();
    add_buildings(lot, low, dice);
    add_buildings(lot, high, dice);
    return;
  }
  if (yard.width() < 22 || yard.height() < 18 || dice.chance(0.15)) return;
  const double w = std::min(yard.width() * dice.between(0.5, 0.85), 95.0);
  const double h = std::min(yard.height() * dice.between(0.45, 0.80), 80.0);
  const double u = yard.u0 + dice.unit() * (yard.width() - w), v = yard.v0 + dice.unit() * (yard.height() - h);
  buildings_.push_back({{u, v, u + w, v + h}, pick_roof(dice), static_cast<float>(dice.between(6, 14)), false});
}

int Layout::lot_at(double u, double v, int guess) const {
  if (guess >= 0 && lots_[static_cast<std::size_t>(guess)].rect.contains(u, v)) return guess;
  const int column = road_below(roads_u_, u), row = road_below(roads_v_, v);
  const int columns = static_cast<int>(roads_u_.size()) - 1, rows = static_cast<int>(roads_v_.size()) - 1;
  if (column < 0 || row < 0 || column >= columns || row >= rows) return -1;
  const Road &west = roads_u_[static_cast<std::size_t>(column)], &east = roads_u_[static_cast<std::size_t>(column) + 1];
  const Road &north = roads_v_[static_cast<std::size_t>(row)], &south = roads_v_[static_cast<std::size_t>(row) + 1];
  if (u < west.centre + west.half_width || u >= east.centre - east.half_width) return -1;
  if (v < north.centre + north.half_width || v >= south.centre - south.half_width) return -1;
  int node =
      block_root_[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(column)];
  for (;;) {
    const Node& n = nodes_[static_cast<std::size_t>(node)];
    if (n.axis == 2) return n.low;
    node = (n.axis == 0 ? u : v) < n.at ? n.low : n.high;
  }
}

}  // namespace plotwatch::simulate
