#include "simulate/weather.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "simulate/ground.hpp"
#include "simulate/random.hpp"

namespace plotwatch::simulate {

namespace {

using Months = std::array<double, 12>;

// Roughly Beijing's climate: dry, clear winters and a monsoon in July and August. Chosen, not read from one table.
constexpr Months rain_days{.05, .07, .09, .13, .18, .30, .42, .38, .22, .14, .09, .05};  // share of days
constexpr Months cloudiness{.70, .80, .92, 1.0, 1.02, 1.25, 1.42, 1.30, 1.08, .95, .85, .70};
constexpr Months haze_days{.34, .30, .28, .22, .20, .26, .28, .22, .20, .30, .34, .36};

double of_month(const Months& months, const Date& date) { return months[date.month - 1]; }

std::int64_t day_number(const Date& date) { return date.days().time_since_epoch().count(); }

// A sky is clear, has a few clouds, is half covered, or overcast: the share of scenes of each kind follows from the
// mean.
double draw_cloud_share(double mean, const Date& date, Dice& dice) {
  if (mean <= 0) return 0;
  const double season = of_month(cloudiness, date);
  const double few = std::min(0.16, mean);
  const double half = 0.40 * mean * season;
  const double overcast = std::max(0.0, (mean - 0.2 * mean - 0.15 * few) / 0.94) * season;
  const double kind = dice.unit(), share = dice.unit();
  if (kind < overcast) return 0.91 + 0.06 * share;
  if (kind < overcast + half) return 0.30 + 0.40 * share;
  return kind < overcast + half + few ? 0.04 + 0.22 * share : 0;
}

double draw_haze(const Date& date, Dice& dice) {
  const double thin = 0.12 * dice.unit();
  return dice.chance(of_month(haze_days, date)) ? dice.between(0.2, 0.65) : thin;
}

// Snow falls on about two days of a winter, and lies for a week or two.
double snow_on(std::uint64_t seed, const Date& date) {
  const std::int64_t today = day_number(date);
  double amount = 0;
  for (int age = 0; age <= 20; ++age) {
    const Date day = Date::from_days(date.days() - std::chrono::days{age});
    if (day.month != 12 && day.month > 2) continue;
    if (to_unit(hash(seed, today - age, 4)) < 0.022) amount = std::max(amount, std::exp(-age / 6.0));
  }
  return amount < 0.15 ? 0 : amount;
}

// What atmospheric correction leaves: a few percent in gain, a few thousandths in offset, most of it in blue.
Radiometry residual_radiometry(Dice& dice) {
  Radiometry r;
  const double common = 0.025 * dice.normal(), aerosol = 0.006 * dice.normal();
  for (std::size_t b = 0; b < r.gain.size(); ++b) {
    r.gain[b] = static_cast<float>(1 + common + 0.010 * dice.normal());
    r.offset[b] = static_cast<float>(aerosol * std::pow(0.6, static_cast<double>(b)) + 0.001 * dice.normal());
  }
  return r;
}

}  // namespace

double soil_wetness(std::uint64_t seed, const Date& date) {
  const std::int64_t today = day_number(date);
  double wet = 0.05;
  for (int age = 0; age < 30; ++age) {
    const Date day = Date::from_days(date.days() - std::chrono::days{age});
    if (to_unit(hash(seed, today - age, 1)) >= of_month(rain_days, day)) continue;
    const double amount = -0.35 * std::log(1 - to_unit(hash(seed, today - age, 2)));
    wet += amount * std::exp(-age / 5.0);
  }
  return std::min(wet, 0.8);
}

std::vector<Acquisition> plan_acquisitions(const SeasonOptions& o) {
  std::vector<Acquisition> all;
  for (int day = 0; day < o.days; day += o.interval) {
    Acquisition a;
    a.number = static_cast<int>(all.size());
    a.date = Date::from_days(o.from.days() + std::chrono::days{day});
    const bool first_twin = a.number % 2 == 0;
    a.platform = first_twin ? "sentinel-2a" : "sentinel-2b";
    a.id = fmt::format("SIM_S2{}_{:04}{:02}{:02}", first_twin ? 'A' : 'B', a.date.year, a.date.month, a.date.day);
    a.sun = sun_at(a.date, district_latitude);
    a.seed = hash(hash(o.seed, 0x5ea50), day_number(a.date), 0);
    Dice sky(hash(a.seed, 1)), air(hash(a.seed, 2)), place(hash(a.seed, 3));
    a.cloud_share = draw_cloud_share(o.cloud_share, a.date, sky);
    a.haze = draw_haze(a.date, air);
    a.radiometry = residual_radiometry(air);
    a.snow = snow_on(hash(o.seed, 0x5e01), a.date);
    a.shift_x = o.shift_px * place.normal();
    a.shift_y = o.shift_px * place.normal();
    all.push_back(std::move(a));
  }
  return all;
}

int written_scenes(const SeasonOptions& o) {
  int count = 0;
  for (int day = 0; day < o.days; day += o.interval) {
    if (o.until && Date::from_days(o.from.days() + std::chrono::days{day}) > *o.until) break;
    if (o.scenes && count >= *o.scenes) break;
    ++count;
  }
  return count;
}

}  // namespace plotwatch::simulate
