// What stands on every lot on one day of a history of years: crops in rotation, sown and cut by farmers who do not
// agree on the day, rain and irrigation.
#pragma once

#include <cstdint>

#include "core/date.hpp"
#include "simulate/ground.hpp"

namespace plotwatch::simulate {

// A pure function of seed, lot and day; safe to use from several threads.
class FieldCalendar {
 public:
  // `wetness`: of bare soil on that day, before what is the lot's own.
  FieldCalendar(std::uint64_t seed, const Date& date, double wetness);
  LotDay operator()(const Lot& lot) const;

  // Fields are sown anew in October: the year that begins then has the number of the year in which it ends.
  static int crop_year(const Date& date);
  static Crop crop_of(const Lot& lot, int crop_year);

 private:
  Canopy canopy_of(const Lot& lot) const;
  double wetness_of(const Lot& lot, const Canopy& canopy) const;

  std::uint64_t seed_;
  Date date_;
  std::int64_t day_number_;
  double day_;
  int crop_year_;
  double wetness_;
};

}  // namespace plotwatch::simulate
