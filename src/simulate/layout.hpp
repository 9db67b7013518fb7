// How the district is divided: main roads, blocks between them, and lots in the blocks, each of one use.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "simulate/frame.hpp"
#include "simulate/random.hpp"
#include "simulate/spectra.hpp"

namespace plotwatch::simulate {

enum class Use : std::uint8_t { field, greenhouse, orchard, wood, village, factory, vacant, pond };

struct Building {
  Rect rect;
  Material roof = Material::grey_roof;
  float height = 6;         // m
  bool demolished = false;  // not there any more on the second date
};

// A piece of ground of one use. Lots fill their block without gaps; a track or verge runs along the edge of each.
struct Lot {
  Rect rect;
  Use use = Use::field;
  float edge = 2;          // m, half width of the track between lots
  std::uint64_t seed = 0;  // of everything drawn for this lot
  int first_building = 0, buildings = 0;
  int event = -1;  // construction on it; index into the events
};

struct Road {
  double centre = 0, half_width = 6;  // m, along u or v
  bool trees = false;                 // rows of trees on both sides
};

// A winding river, seen along v: its middle lies at u(v).
struct River {
  double u = 0, half_width = 15;  // m
  double swing = 90, wave = 1 / 700.0, phase = 0;
  double middle(double v) const;
};

class Layout {
 public:
  // Covers at least `extent` of the (u, v) plane.
  Layout(std::uint64_t seed, const Rect& extent);

  // Index of the lot at (u, v); empty on main roads and outside. `guess` is tried first.
  int lot_at(double u, double v, int guess) const;

  const std::vector<Lot>& lots() const { return lots_; }
  std::vector<Lot>& lots() { return lots_; }
  std::span<const Building> buildings(const Lot& lot) const {
    return {buildings_.data() + lot.first_building, static_cast<std::size_t>(lot.buildings)};
  }
  std::span<Building> buildings(const Lot& lot) {
    return {buildings_.data() + lot.first_building, static_cast<std::size_t>(lot.buildings)};
  }
  const std::vector<Road>& roads_u() const { return roads_u_; }  // sorted; run along v
  const std::vector<Road>& roads_v() const { return roads_v_; }  // sorted; run along u
  const River& river() const { return river_; }

 private:
  // A cut of a block, or, where `axis` is 2, lot number `low`.
  struct Node {
    double at = 0;
    std::uint8_t axis = 2;
    int low = 0, high = 0;
  };
  enum class Quarter : std::uint8_t { farmland, village, factories, development };

  int divide(const Rect& rect, Quarter quarter, Dice& dice);
  int add_lot(const Rect& rect, Quarter quarter, Dice& dice);
  void add_buildings(Lot& lot, const Rect& yard, Dice& dice);

  std::vector<Road> roads_u_, roads_v_;
  River river_;
  std::vector<int> block_root_;  // row-major: v blocks x u blocks
  std::vector<Node> nodes_;
  std::vector<Lot> lots_;
  std::vector<Building> buildings_;
};

// Index of the road nearest below `at`, -1 before the first.
int road_below(const std::vector<Road>& roads, double at);

}  // namespace plotwatch::simulate
