#include "report/scale_bar.hpp"

#include <limits>

#include <gtest/gtest.h>

#include "io/crs.hpp"

namespace plotwatch::report {
namespace {

TEST(ScaleBar, LongestRoundLengthThatFits) {
  EXPECT_EQ(scale_bar(1, 100).label, "100 m");
  EXPECT_EQ(scale_bar(1, 99.9).label, "50 m");
  EXPECT_EQ(scale_bar(1, 49).label, "20 m");
  EXPECT_EQ(scale_bar(30, 100).label, "2 km");
  EXPECT_EQ(scale_bar(0.005, 104).label, "0.5 m");
  EXPECT_EQ(scale_bar(5.01, 100).label, "500 m");
}

TEST(ScaleBar, LengthOnThePicture) {
  const ScaleBar bar = scale_bar(2.5, 104);
  EXPECT_EQ(bar.metres, 200);
  EXPECT_DOUBLE_EQ(bar.pixels, 80);
}

TEST(ScaleBar, EveryScaleFillsBetweenFourTenthsAndAllOfTheRoom) {
  for (double metres = 1e-3; metres < 1e4; metres *= 1.037) {
    const ScaleBar bar = scale_bar(metres, 120);
    EXPECT_LE(bar.pixels, 120 + 1e-9) << metres;
    EXPECT_GT(bar.pixels, 120 * 0.4 - 1e-9) << metres;
  }
}

TEST(ScaleBar, NoScaleNoBar) {
  EXPECT_EQ(scale_bar(0, 100).metres, 0);
  EXPECT_EQ(scale_bar(-1, 100).metres, 0);
  EXPECT_EQ(scale_bar(std::numeric_limits<double>::quiet_NaN(), 100).metres, 0);
  EXPECT_EQ(scale_bar(std::numeric_limits<double>::infinity(), 100).metres, 0);
}

TEST(MetresPerPixelEast, MetricAndGeographicGrids) {
  Grid grid;
  grid.crs = io::crs_from_user_input("EPSG:4527");
  grid.pixel_width = 10;
  EXPECT_DOUBLE_EQ(metres_per_pixel_east(grid, 39.7), 10);

  // One degree of longitude at 60° north is half of one at the equator: 111.32 km / 2.
  grid.crs = io::crs_from_user_input("EPSG:4490");
  grid.pixel_width = 0.001;
  EXPECT_NEAR(metres_per_pixel_east(grid, 60), 55.66, 0.05);
  EXPECT_NEAR(metres_per_pixel_east(grid, 0), 111.32, 0.1);
}

}  // namespace
}  // namespace plotwatch::report
