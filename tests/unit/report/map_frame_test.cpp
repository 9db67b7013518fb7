#include "report/map_frame.hpp"

#include <gtest/gtest.h>

namespace plotwatch::report {
namespace {

TEST(MapFrame, LongerSideIsAThousandAndNorthIsUp) {
  const MapFrame frame({100, 200, 300, 300});
  EXPECT_EQ(frame.width(), 1000);
  EXPECT_EQ(frame.height(), 500);
  EXPECT_EQ(frame.place({100, 300}), (Point{0, 0}));
  EXPECT_EQ(frame.place({300, 200}), (Point{1000, 500}));
}

TEST(MapFrame, PixelsGoDown) {
  const MapFrame frame({0, 0, 400, 400}, 1, true);
  EXPECT_EQ(frame.place({100, 40}), (Point{250, 100}));
}

TEST(MapFrame, DegreesEastAreShorterThanDegreesNorth) {
  const MapFrame frame({116, 39, 118, 40}, 0.5);
  EXPECT_EQ(frame.width(), 1000);
  EXPECT_EQ(frame.height(), 1000);
}

TEST(MapFrame, ALineOrAPointStillGetsAMap) {
  const MapFrame line({0, 5, 80, 5});
  EXPECT_EQ(line.height(), 250);
  EXPECT_EQ(line.place({0, 5}), (Point{0, 125}));
  const MapFrame point({3, 3, 3, 3});
  EXPECT_EQ(point.place({3, 3}), (Point{125, 125}));
}

TEST(MapFrame, PathDropsVerticesThatFallTogether) {
  const MapFrame frame({0, 0, 1000, 1000});
  const Ring outer{{0, 0}, {0.01, 0.01}, {100, 0}, {100, 100.04}, {0, 0}}, hole{{20, 10}, {30, 10}, {30, 20}, {20, 10}};
  EXPECT_EQ(frame.path({{outer, {hole}}}), "M0,1000L100,1000L100,900L0,1000ZM20,990L30,990L30,980L20,990Z");
  EXPECT_EQ(frame.path({}), "");
}

}  // namespace
}  // namespace plotwatch::report
