// Days, skies and soils of a simulated history.
#include "simulate/weather.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulate/season_register.hpp"

namespace plotwatch::simulate {
namespace {

TEST(Acquisitions, ComeEveryFiveDaysFromTwinsInTurn) {
  const std::vector<Acquisition> all = plan_acquisitions({});
  ASSERT_EQ(all.size(), 146U);
  EXPECT_EQ(all[0].id, "SIM_S2A_20240103");
  EXPECT_EQ(all[1].id, "SIM_S2B_20240108");
  EXPECT_EQ(all[12].date, (Date{2024, 3, 3}));  // over the leap day
  EXPECT_EQ(all[145].date, (Date{2025, 12, 28}));
  EXPECT_EQ(all[1].platform, "sentinel-2b");
}

TEST(Acquisitions, AreCutShortByDayOrNumber) {
  SeasonOptions o;
  EXPECT_EQ(written_scenes(o), 146);
  o.until = Date{2024, 1, 13};
  EXPECT_EQ(written_scenes(o), 3);
  o.until = Date{2024, 1, 12};
  EXPECT_EQ(written_scenes(o), 2);
  o.scenes = 1;
  EXPECT_EQ(written_scenes(o), 1);
  o.until.reset();
  o.scenes = 1000;
  EXPECT_EQ(written_scenes(o), 146);
}

TEST(Acquisitions, HaveAsMuchCloudAsAskedAndMostInSummer) {
  for (const double asked : {0.0, 0.25, 0.45}) {
    SeasonOptions o;
    o.cloud_share = asked;
    o.days = 7300;
    double sum = 0, july = 0, july_scenes = 0, january = 0, january_scenes = 0;
    int clear = 0, overcast = 0, scenes = 0;
    for (const Acquisition& a : plan_acquisitions(o)) {
      ++scenes;
      sum += a.cloud_share;
      clear += a.cloud_share == 0 ? 1 : 0;
      overcast += a.cloud_share > 0.9 ? 1 : 0;
      if (a.date.month == 7) july += a.cloud_share, ++july_scenes;
      if (a.date.month == 1) january += a.cloud_share, ++january_scenes;
    }
    EXPECT_NEAR(sum / scenes, asked, 0.03) << asked;
    if (asked == 0.45) {
      EXPECT_GT(clear, scenes / 5);
      EXPECT_GT(overcast, scenes / 5);
      EXPECT_GT(july / july_scenes, 1.5 * january / january_scenes);
    }
  }
}

TEST(Acquisitions, SeeSnowInWinterAlone) {
  SeasonOptions o;
  o.days = 7300;
  int snowy = 0;
  for (const Acquisition& a : plan_acquisitions(o)) {
    if (a.snow == 0) continue;
    ++snowy;
    EXPECT_THAT(a.date.month, testing::AnyOf(12U, 1U, 2U, 3U)) << a.date.iso();
  }
  EXPECT_GT(snowy, 20);   // of 20 winters
  EXPECT_LT(snowy, 200);  // and it is gone most of the time
}

TEST(Soil, IsWetWhenItRainedAndMostlyInJuly) {
  double july = 0, january = 0;
  for (int year = 2000; year < 2040; ++year) {
    const double wet = soil_wetness(1, {year, 7, 25}), dry = soil_wetness(1, {year, 1, 25});
    EXPECT_GE(dry, 0.05);
    EXPECT_LE(wet, 0.8);
    july += wet / 40;
    january += dry / 40;
  }
  EXPECT_GT(july, january + 0.25);
}

TEST(Renewals, AreAtTheEndOfFebruaryAndOfAugust) {
  EXPECT_EQ(renewal_days({2024, 1, 3}, {2025, 8, 31}),
            (std::vector<Date>{{2024, 2, 29}, {2024, 8, 31}, {2025, 2, 28}, {2025, 8, 31}}));
  EXPECT_TRUE(renewal_days({2024, 3, 1}, {2024, 8, 30}).empty());
}

}  // namespace
}  // namespace plotwatch::simulate
