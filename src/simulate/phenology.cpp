#include "simulate/phenology.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>

namespace plotwatch::simulate {

namespace {

struct Stage {
  double day;
  float green, dry;
};

// Linear between the stages, round the year.
Canopy between(std::span<const Stage> stages, double day) {
  day = std::fmod(std::fmod(day, 365.0) + 365.0, 365.0);
  const Stage* after = &stages.front();
  const Stage* before = &stages.back();
  for (const Stage& stage : stages) {
    if (stage.day > day) {
      after = &stage;
      break;
    }
    before = &stage;
    after = &stages.front();
  }
  const double span = std::fmod(after->day - before->day + 365.0, 365.0);
  const double gone = std::fmod(day - before->day + 365.0, 365.0);
  const auto t = static_cast<float>(span > 0 ? gone / span : 0);
  Canopy c;
  c.green = before->green + t * (after->green - before->green);
  c.dry = before->dry + t * (after->dry - before->dry);
  return c;
}

// Days and covers follow the crop calendars of the plain around Beijing; ripening is quick, so is harvest.
constexpr Stage wheat_maize[] = {{20, .18F, .12F},  {65, .25F, .10F},  {95, .60F, .05F},  {125, .90F, .02F},
                                 {145, .75F, .20F}, {160, .10F, .80F}, {168, .02F, .35F}, {185, .20F, .20F},
                                 {215, .88F, .02F}, {250, .75F, .18F}, {272, .15F, .70F}, {280, .02F, .25F},
                                 {300, .25F, .05F}, {335, .32F, .06F}};
constexpr Stage spring_maize[] = {{20, .00F, .20F}, {110, .00F, .08F}, {135, .05F, .03F}, {170, .55F, .0F},
                                  {200, .90F, .0F}, {245, .75F, .15F}, {265, .15F, .75F}, {280, .02F, .35F}};
constexpr Stage peanut[] = {{20, .00F, .10F}, {120, .00F, .04F}, {150, .20F, .0F},
                            {190, .80F, .0F}, {240, .75F, .10F}, {262, .05F, .25F}};
constexpr Stage orchard[] = {{20, .04F, .30F},  {90, .08F, .28F},  {115, .40F, .15F}, {150, .68F, .06F},
                             {260, .62F, .10F}, {310, .15F, .35F}, {330, .05F, .32F}};
constexpr Stage trees[] = {{20, .05F, .75F},  {90, .12F, .70F},  {120, .75F, .15F}, {150, .95F, .02F},
                           {270, .90F, .05F}, {310, .30F, .60F}, {330, .06F, .75F}};
constexpr Stage grass[] = {{20, .05F, .70F},  {80, .12F, .60F},  {120, .55F, .20F}, {170, .72F, .10F},
                           {240, .75F, .08F}, {290, .35F, .40F}, {325, .06F, .68F}};
constexpr Stage fallow[] = {
    {20, .02F, .15F}, {100, .05F, .12F}, {160, .22F, .10F}, {240, .30F, .12F}, {300, .05F, .25F}};

// Sown, grown and cut in 75 days, then bare soil until the next sowing.
Canopy vegetables(double day, double phase) {
  const double t = std::fmod(std::fmod(day + phase * 2.5, 75.0) + 75.0, 75.0);
  Canopy c;
  if (t < 15)
    c.green = 0.03F;
  else if (t < 50)
    c.green = static_cast<float>(0.03 + 0.80 * (t - 15) / 35);
  else if (t < 65)
    c.green = 0.83F;
  else
    c.dry = 0.05F;
  return c;
}

}  // namespace

double day_of_year(const Date& date) {
  return static_cast<double>((date.days() - Date{date.year, 1, 1}.days()).count() + 1);
}

Canopy canopy(Crop crop, double day, double phase) {
  const double d = day + phase;
  Canopy c;
  switch (crop) {
    case Crop::wheat_maize: {
      c = between(wheat_maize, d);
      if (d > 168 && d < 285) c.green_material = Material::maize;
      return c;
    }
    case Crop::spring_maize:
      c = between(spring_maize, d);
      c.green_material = Material::maize;
      return c;
    case Crop::peanut: return between(peanut, d);
    case Crop::vegetables: return vegetables(day, phase);
    case Crop::orchard:
      c = between(orchard, d);
      c.green_material = Material::leafy_trees;
      c.dry_material = Material::bare_trees;
      return c;
    case Crop::trees:
      c = between(trees, d);
      c.green_material = Material::leafy_trees;
      c.dry_material = Material::bare_trees;
      return c;
    case Crop::grass:
      c = between(grass, d);
      c.green_material = Material::green_grass;
      c.dry_material = Material::dry_grass;
      return c;
    case Crop::fallow:
      c = between(fallow, d);
      c.green_material = Material::green_grass;
      c.dry_material = Material::dry_grass;
      return c;
  }
  return c;
}

Sun sun_at(const Date& date, double latitude_deg) {
  constexpr double rad = std::numbers::pi / 180;
  const double declination = 23.45 * rad * std::sin(2 * std::numbers::pi * (284 + day_of_year(date)) / 365);
  const double latitude = latitude_deg * rad;
  const double hour_angle = -17.5 * rad;  // 10:50
  const double sine =
      std::sin(latitude) * std::sin(declination) + std::cos(latitude) * std::cos(declination) * std::cos(hour_angle);
  const double south =
      std::cos(declination) * std::cos(hour_angle) * std::sin(latitude) - std::sin(declination) * std::cos(latitude);
  const double west = std::cos(declination) * std::sin(hour_angle);
  return {std::asin(std::clamp(sine, -1.0, 1.0)) / rad, 180 + std::atan2(west, south) / rad};
}

}  // namespace plotwatch::simulate
