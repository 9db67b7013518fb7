#include "simulate/ground.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "simulate/truth.hpp"

namespace plotwatch::simulate {
namespace {

float ndvi(const Spectrum& s) { return (s[3] - s[2]) / (s[3] + s[2]); }

TEST(Phenology, FollowsTheCalendarOfThePlain) {
  const auto green = [](Crop crop, int month, int day) {
    return canopy(crop, day_of_year({2025, static_cast<unsigned>(month), static_cast<unsigned>(day)}), 0).green;
  };
  EXPECT_GT(green(Crop::wheat_maize, 5, 8), 0.85F);   // wheat in May
  EXPECT_LT(green(Crop::wheat_maize, 6, 18), 0.10F);  // cut in June
  EXPECT_GT(green(Crop::wheat_maize, 8, 10), 0.80F);  // maize after it
  EXPECT_LT(green(Crop::spring_maize, 5, 1), 0.10F);  // just sown while wheat stands
  EXPECT_GT(green(Crop::spring_maize, 8, 1), 0.80F);
  EXPECT_GT(green(Crop::trees, 7, 1), 0.90F);
  EXPECT_LT(green(Crop::trees, 1, 15), 0.10F);
  for (const Crop crop : {Crop::wheat_maize, Crop::spring_maize, Crop::peanut, Crop::vegetables, Crop::orchard,
                          Crop::trees, Crop::grass, Crop::fallow})
    for (double day = -30; day < 400; day += 0.5) {
      const Canopy c = canopy(crop, day, 3);
      ASSERT_GE(c.green, 0);
      ASSERT_GE(c.dry, 0);
      ASSERT_LE(c.green + c.dry, 1.0001F);
    }
}

TEST(Sun, StandsWhereAlmanacsPutIt) {
  // Noon elevation would be 90 - latitude + declination: 73.7 in June and 26.9 in December; 10:50 is a little less.
  const Sun june = sun_at({2025, 6, 21}, 39.73), december = sun_at({2025, 12, 21}, 39.73);
  EXPECT_NEAR(june.elevation_deg, 67.4, 1.0);
  EXPECT_NEAR(december.elevation_deg, 24.8, 1.0);
  EXPECT_GT(june.azimuth_deg, 110);
  EXPECT_LT(june.azimuth_deg, 180);
  EXPECT_NEAR(december.azimuth_deg, 162, 3);
}

TEST(Frame, TurnsBackExactly) {
  for (std::uint64_t seed = 1; seed < 6; ++seed) {
    const Frame frame(seed);
    for (double x = -500; x < 90000; x += 7777)
      for (double y = -500; y < 90000; y += 9999) {
        const Point back = frame.to_xy(frame.to_uv(x, y));
        ASSERT_NEAR(back.x, x, 1e-5);
        ASSERT_NEAR(back.y, y, 1e-5);
      }
  }
}

TEST(Layout, PutsEveryPlaceOnARoadOrInTheLotThatHoldsIt) {
  const Layout layout(3, {0, 0, 4000, 3000});
  int roads = 0, places = 0, guess = -1;
  for (double v = 5; v < 3000; v += 13)
    for (double u = 5; u < 4000; u += 11) {
      const int lot = layout.lot_at(u, v, guess);
      ASSERT_EQ(lot, layout.lot_at(u, v, -1)) << "the guess must not change the answer";
      ++places;
      if (lot < 0)
        ++roads;
      else
        ASSERT_TRUE(layout.lots()[static_cast<std::size_t>(lot)].rect.contains(u, v));
      guess = lot;
    }
  EXPECT_GT(roads, places / 200);
  EXPECT_LT(roads, places / 8);
}

TEST(WayMeets, IsTrueWhereAShadowFalls) {
  const Rect house{10, 10, 20, 20};
  EXPECT_TRUE(way_meets(house, 15, 8, {0, 5}));    // north of it, the sun in the south
  EXPECT_FALSE(way_meets(house, 15, 4, {0, 5}));   // too far
  EXPECT_FALSE(way_meets(house, 15, 22, {0, 5}));  // on the sunny side
  EXPECT_TRUE(way_meets(house, 8, 8, {4, 4}));
  EXPECT_FALSE(way_meets(house, 8, 12, {0, 30}));  // beside it
}

TEST(District, HasPlotsOfTheAskedNumberAndSizeInsideTheScene) {
  DistrictOptions o;
  o.seed = 4;
  const District district = build_district(o);
  ASSERT_EQ(district.plots.size(), 60U);
  ASSERT_EQ(district.sites.size(), 24U);
  for (const PlotSite& plot : district.plots) {
    const double m2 = ring_area(plot.ring);
    EXPECT_GT(m2, 3000);
    EXPECT_LT(m2, 80000);
    for (const Point& p : on_ground(district.frame, plot.ring)) {
      EXPECT_GT(p.x, 0);
      EXPECT_LT(p.x, 5120);
      EXPECT_LT(p.y, 0);
      EXPECT_GT(p.y, -5120);
    }
  }
  for (const ConstructionSite& site : district.sites) {
    const PlotSite& plot = district.plots[static_cast<std::size_t>(site.plot)];
    EXPECT_LE(site.area_m2, ring_area(plot.ring) * 1.0001);
    EXPECT_GT(site.area_m2, 250);
    EXPECT_GE(site.contrast, 0.025);  // what nobody could see is not asked for
    if (site.parts.front().ring != plot.ring) {
      EXPECT_TRUE(lies_in(site.parts.front().ring, [&](Point p) { return inside_ring(plot.ring, p.x, p.y); }));
    }
  }
}

TEST(District, SaysHowManyPlotsThereIsRoomFor) {
  DistrictOptions o;
  o.width = o.height = 64;
  o.plots = 500;
  try {
    build_district(o);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::config);
    EXPECT_NE(std::string(error.what()).find("500"), std::string::npos);
  }
}

TEST(Ground, ChangesWithConstructionAndDoesNotDependOnTheWayThere) {
  DistrictOptions o;
  o.seed = 2;
  o.season_change = 0;
  const District district = build_district(o);
  Ground before(district, {false, o.before, 0, o.seed}), after(district, {true, o.before, 0, o.seed});
  Ground wandering(district, {true, o.before, 0, o.seed});
  for (int i = 0; i < 3000; ++i) wandering.at((i * 7919) % 5000, (i * 104729) % 5000);
  int outside_changed = 0;
  for (int i = 0; i < 2000; ++i) {
    const double x = 100 + (i * 1237) % 4900, y = 100 + (i * 3571) % 4900;
    ASSERT_EQ(after.at(x, y), wandering.at(x, y));
    for (const float r : after.at(x, y)) {
      ASSERT_GE(r, 0);
      ASSERT_LE(r, 1);
    }
    outside_changed += std::abs(ndvi(before.at(x, y)) - ndvi(after.at(x, y))) > 0.25F ? 1 : 0;
  }
  EXPECT_LT(outside_changed, 60);  // same day, same crops: only construction and the texture of leaves differ
}

}  // namespace
}  // namespace plotwatch::simulate
