#include "simulate/calendar.hpp"

#include <algorithm>
#include <cmath>

#include "simulate/random.hpp"

namespace plotwatch::simulate {

namespace {

constexpr double sowing_day = 280;  // 7 October: wheat is sown, everything else is off the field

// Roughly what grows south of Beijing: cereals lead, a sixth lies bare.
Crop draw_crop(Dice& dice) {
  const double r = dice.unit();
  if (r < 0.38) return Crop::wheat_maize;
  if (r < 0.60) return Crop::spring_maize;
  if (r < 0.70) return Crop::peanut;
  if (r < 0.85) return Crop::vegetables;
  return Crop::fallow;
}

double ramp(double at, double from, double to) { return std::clamp((at - from) / (to - from), 0.0, 1.0); }

}  // namespace

FieldCalendar::FieldCalendar(std::uint64_t seed, const Date& date, double wetness)
    : seed_(seed),
      date_(date),
      day_number_(date.days().time_since_epoch().count()),
      day_(day_of_year(date)),
      crop_year_(crop_year(date)),
      wetness_(wetness) {}

int FieldCalendar::crop_year(const Date& date) { return date.year + (day_of_year(date) >= sowing_day ? 1 : 0); }

Crop FieldCalendar::crop_of(const Lot& lot, int crop_year) {
  switch (lot.use) {
    case Use::field:
    case Use::greenhouse: break;
    case Use::orchard: return Crop::orchard;
    case Use::wood: return Crop::trees;
    default: return Crop::grass;
  }
  Dice usual(hash(lot.seed, 41)), year(hash(lot.seed, crop_year, 45));
  const Crop crop = draw_crop(usual);
  return year.chance(0.2) ? draw_crop(year) : crop;
}

Canopy FieldCalendar::canopy_of(const Lot& lot) const {
  Dice ground(hash(lot.seed, 42)), year(hash(lot.seed, crop_year_, 46));
  const double phase = 5 * ground.normal() + 4 * year.normal();
  const Crop crop = crop_of(lot, crop_year_);
  if (crop != Crop::vegetables) return canopy(crop, day_, phase);
  // Cycles run on over the turn of the year; under the open sky nothing grows in winter.
  Canopy c = canopy(crop, static_cast<double>(day_number_) + 75 * ground.unit(), 0);
  const double warm = std::min(ramp(day_, 75, 105), 1 - ramp(day_, 305, 330));
  c.green *= static_cast<float>(lot.use == Use::greenhouse ? 1 : warm);
  return c;
}

double FieldCalendar::wetness_of(const Lot& lot, const Canopy& canopy) const {
  double wet = wetness_ + 0.08 * to_normal(hash(lot.seed, 47));
  // Irrigated now and then between March and October, where something grows; a third of the soil's water goes each day.
  if (lot.use == Use::field && canopy.green > 0.1F && day_ > 60 && day_ < 300) {
    const std::int64_t turn = (day_number_ + static_cast<std::int64_t>(hash(lot.seed, 48) % 16)) / 16;
    const std::uint64_t draw = hash(lot.seed, turn, 49);
    const auto age = static_cast<double>((day_number_ + static_cast<std::int64_t>(hash(lot.seed, 48) % 16)) % 16);
    if (to_unit(draw) < 0.3) wet += 0.4 * std::exp(-age / 3);
  }
  return std::clamp(wet, 0.0, 0.9);
}

LotDay FieldCalendar::operator()(const Lot& lot) const {
  LotDay day;
  day.canopy = canopy_of(lot);
  day.wetness = static_cast<float>(wetness_of(lot, day.canopy));
  Dice ground(hash(lot.seed, 61)), year(hash(lot.seed, crop_year_, 62)), today(hash(lot.seed, day_number_, 63));
  day.vigour = static_cast<float>(
      std::clamp(0.95 + 0.08 * ground.normal() + 0.08 * year.normal() + 0.02 * today.normal(), 0.5, 1.1));
  if (lot.use == Use::field) day.patchiness = static_cast<float>(0.6 + 0.6 * year.normal());
  return day;
}

}  // namespace plotwatch::simulate
