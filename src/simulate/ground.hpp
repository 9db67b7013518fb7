// What the ground of a district reflects at a place on one of the two dates.
#pragma once

#include <functional>

#include "simulate/construction.hpp"
#include "simulate/noise.hpp"
#include "simulate/phenology.hpp"
#include "simulate/spectra.hpp"

namespace plotwatch::simulate {

// Middle of the district the simulation stands for: latitude, degrees.
inline constexpr double district_latitude = 39.73;

// What a day brings to a lot.
struct LotDay {
  Canopy canopy;
  float wetness = 0;     // of bare soil, [0, 1]
  float vigour = 1;      // of what is green
  float patchiness = 1;  // times the lot's own; below 0 what was dense is thin
};

struct Occasion {
  bool second = false;  // the later date: construction shows, crops may have changed
  Date date;
  double season_change = 0.5;
  std::uint64_t seed = 1;
  std::function<LotDay(const Lot&)> lot_day = {};  // for one date of many; without it the two dates differ by chance
};

// Surface reflectance, without atmosphere. One object a thread: it remembers the lot and noise cells of the last
// position, and never lets them change a result.
class Ground {
 public:
  Ground(const District& district, const Occasion& occasion);
  Spectrum at(double x, double y);  // metres east and south of the top-left corner

 private:
  // What is the same all over a lot on this date.
  struct LotState {
    Spectrum soil, green, dry;
    float green_cover = 0, dry_cover = 0;  // [0, 1]
    float patchiness = 0.2F;               // how much the cover varies inside the lot
    Spectrum yard;                         // of factory lots
    float bias = 0, pitch = 12;
  };

  void enter(int lot);
  Spectrum plants(float cover_texture, float soil_texture) const;
  Spectrum road(double u, double v, float texture) const;
  Spectrum village(const Lot& lot, double u, double v, float texture) const;
  Spectrum open_ground(const Lot& lot, double u, double v, float soil_texture, float cover_texture);
  Spectrum with_buildings(const Lot& lot, double u, double v, Spectrum below, float texture) const;
  Spectrum with_construction(const Lot& lot, double u, double v, Spectrum below, float texture) const;

  const District& district_;
  Occasion occasion_;
  Point to_sun_;  // (u, v) over which the shadow of 1 m of height reaches, towards the sun
  double day_;
  float wetness_;  // of all soil on this date
  FractalNoise soil_, cover_, patches_;
  int lot_ = -1;
  LotState state_;
};

// Where the shadow of something 1 m high starts when seen from its end: (u, v), metres.
Point towards_sun(const Frame& frame, const Date& date);

// The straight way from (u, v) over `step` meets the rectangle.
bool way_meets(const Rect& rect, double u, double v, Point step);

}  // namespace plotwatch::simulate
