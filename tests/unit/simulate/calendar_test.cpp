// What stands on fields through the years.
#include "simulate/calendar.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace plotwatch::simulate {
namespace {

LotDay on(const Lot& lot, const Date& date) { return FieldCalendar(1, date, 0.1)(lot); }

// A field that bears `crop` in both of two crop years.
Lot field_of(Crop crop) {
  Lot lot;
  for (lot.seed = 1;; ++lot.seed)
    if (FieldCalendar::crop_of(lot, 2024) == crop && FieldCalendar::crop_of(lot, 2025) == crop) return lot;
}

TEST(FieldCalendar, TurnsItsYearWhenWheatIsSown) {
  EXPECT_EQ(FieldCalendar::crop_year({2025, 10, 6}), 2025);
  EXPECT_EQ(FieldCalendar::crop_year({2025, 10, 7}), 2026);
  EXPECT_EQ(FieldCalendar::crop_year({2026, 1, 1}), 2026);
}

TEST(FieldCalendar, GrowsWheatAndMaizeOnOneField) {
  const Lot lot = field_of(Crop::wheat_maize);
  EXPECT_GT(on(lot, {2024, 5, 5}).canopy.green, 0.7F);
  EXPECT_LT(on(lot, {2024, 6, 19}).canopy.green, 0.3F);  // cut
  EXPECT_GT(on(lot, {2024, 8, 10}).canopy.green, 0.7F);
  EXPECT_EQ(on(lot, {2024, 8, 10}).canopy.green_material, Material::maize);
  EXPECT_LT(on(lot, {2024, 10, 9}).canopy.green, 0.3F);
}

TEST(FieldCalendar, RestsVegetablesInWinterButNotUnderFilm) {
  Lot lot = field_of(Crop::vegetables);
  float outside = 0, inside = 0, summer = 0;
  for (int day = 0; day < 75; day += 5) {
    const Date winter = Date::from_days(Date{2024, 12, 10}.days() + std::chrono::days{day % 60});
    lot.use = Use::field;
    outside = std::max(outside, on(lot, winter).canopy.green);
    summer = std::max(summer, on(lot, Date::from_days(Date{2024, 6, 1}.days() + std::chrono::days{day})).canopy.green);
    lot.use = Use::greenhouse;
    inside = std::max(inside, on(lot, winter).canopy.green);
  }
  EXPECT_LT(outside, 0.02F);
  EXPECT_GT(summer, 0.7F);
  EXPECT_GT(inside, 0.5F);
}

TEST(FieldCalendar, NeverJumpsWhereNothingIsCut) {
  for (const Use use : {Use::orchard, Use::wood, Use::vacant, Use::village})
    for (std::uint64_t seed = 1; seed < 20; ++seed) {
      Lot lot;
      lot.use = use;
      lot.seed = seed;
      float last = on(lot, {2024, 1, 1}).canopy.green;
      for (int day = 1; day < 800; ++day) {
        const float now = on(lot, Date::from_days(Date{2024, 1, 1}.days() + std::chrono::days{day})).canopy.green;
        ASSERT_NEAR(now, last, 0.25F) << "use " << static_cast<int>(use) << " seed " << seed << " day " << day;
        last = now;
      }
    }
}

TEST(FieldCalendar, RotatesSomeCropsEachYear) {
  int changed = 0;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    Lot lot;
    lot.seed = seed;
    changed += FieldCalendar::crop_of(lot, 2024) != FieldCalendar::crop_of(lot, 2025) ? 1 : 0;
  }
  // Either year departs from the usual crop with 0.2; what is drawn is the usual one again in about a quarter.
  EXPECT_NEAR(changed, 1000 * 0.26, 60);
}

TEST(FieldCalendar, KeepsWhatItSaysInRange) {
  for (std::uint64_t seed = 0; seed < 50; ++seed)
    for (int day = 0; day < 730; day += 3) {
      Lot lot;
      lot.seed = seed;
      const LotDay d = on(lot, Date::from_days(Date{2024, 1, 1}.days() + std::chrono::days{day}));
      ASSERT_GE(d.wetness, 0);
      ASSERT_LE(d.wetness, 0.9F);
      ASSERT_LE(d.canopy.green + d.canopy.dry, 1.0001F);
      ASSERT_GE(d.vigour, 0.5F);
      ASSERT_LE(d.vigour, 1.1F);
    }
}

}  // namespace
}  // namespace plotwatch::simulate
