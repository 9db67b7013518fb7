#include <gtest/gtest.h>

#include "support/read_band.hpp"
#include "support/register_pair.hpp"

namespace plotwatch::registration {
namespace {

using namespace plotwatch::support;

const std::string data = PLOTWATCH_SOURCE_DIR "/../shared/data";

// `size` pixels of 10 m centred at a map position; pixel edges as close to it as the grid allows.
Image around(const Band& band, double map_x, double map_y, int size, Point& top_left) {
  const auto& g = band.geotransform;
  const int left = int(std::lround((map_x - g[0]) / g[1])) - size / 2,
            top = int(std::lround((map_y - g[3]) / g[5])) - size / 2;
  top_left = {g[0] + left * g[1], g[3] + top * g[5]};
  return cut(band.image, left, top, size, size);
}

class Sentinel2Pair : public testing::Test {
 protected:
  static void SetUpTestSuite() {  // decoding takes most of the time: once
    before = read_band(data + "/sentinel2-pair/ref_S2A_20160608T153121_T33UUU_sub.jp2", 1, 0.0f);
    after = read_band(data + "/sentinel2-pair/tgt_S2A_20160529T153631_T33UUU_sub.jp2", 1, 0.0f);
  }
  void SetUp() override {
    if (!before || !after) GTEST_SKIP() << "no imagery in " << data;
  }

  // Tie points of the window of 256 pixels, displacement in metres of the map (x east, y north).
  std::vector<TiePoint> window(double map_x, double map_y) {
    Point b_corner, a_corner;
    const Image b = around(*before, map_x, map_y, 256, b_corner), a = around(*after, map_x, map_y, 256, a_corner);
    EXPECT_NEAR(b_corner.x, a_corner.x, 1e-6);  // both scenes lie on one grid
    EXPECT_NEAR(b_corner.y, a_corner.y, 1e-6);
    return match(window_pair(b, a), {});
  }

  static inline std::optional<Band> before, after;
};

int used(const std::vector<TiePoint>& points) {
  return int(std::count_if(points.begin(), points.end(), [](auto& p) { return p.fate == TiePoint::Fate::used; }));
}

Point median_displacement(const std::vector<TiePoint>& points) {
  std::vector<double> dx, dy;
  for (const TiePoint& p : points)
    if (p.fate == TiePoint::Fate::used) dx.push_back(p.dx), dy.push_back(p.dy);
  std::sort(dx.begin(), dx.end());
  std::sort(dy.begin(), dy.end());
  return {dx[dx.size() / 2], dy[dy.size() / 2]};
}

// Corrections of the target's coordinates in metres, measured by another program (README.md of the data). The ground
// lies in the target at (x + dx, y + dy), so the target must move by minus that: -10 dx east and +10 dy north.
TEST_F(Sentinel2Pair, AgreesWithAnotherProgramWithinTwoMetres) {
  for (const auto& [x, y, east, north] :
       {std::tuple{353810.0, 5840516.0, -6.56, -16.80}, std::tuple{339611.0, 5856426.0, -7.19, -18.90}}) {
    const auto points = window(x, y);
    ASSERT_GT(used(points), 12) << "of " << points.size() << " at " << x;
    const Point d = median_displacement(points);
    EXPECT_NEAR(-10 * d.x, east, 2) << x;
    EXPECT_NEAR(10 * d.y, north, 2) << x;
    std::printf("window (%.0f, %.0f): correction (%.2f, %.2f) m from %d points; other program (%.2f, %.2f)\n", x, y,
                -10 * d.x, 10 * d.y, used(points), east, north);
  }
}

TEST_F(Sentinel2Pair, RefusesCloudAndNothing) {
  EXPECT_LE(used(window(352720, 5856250)), 2);  // thick cloud in the target, which no mask knows
  EXPECT_LE(used(window(352720, 5860090)), 2);
  EXPECT_EQ(used(window(349533, 5818862)), 0);  // outside of the target
}

// Thin haze over part of the target: the fields below it are seen, and lie where those of the other windows lie.
TEST_F(Sentinel2Pair, SeesThroughHaze) {
  const auto points = window(345000, 5855000);
  ASSERT_GT(used(points), 12);
  const Point d = median_displacement(points);
  EXPECT_NEAR(-10 * d.x, -6.9, 1);
  EXPECT_NEAR(10 * d.y, -18, 1);
}

TEST(Taizhou, IsAlignedToAFractionOfAPixel) {
  const auto before = read_band(data + "/landsat-taizhou/2000TM", 4),
             after = read_band(data + "/landsat-taizhou/2003TM", 4);
  if (!before || !after) GTEST_SKIP() << "no imagery in " << data;
  for (const int band : {3, 4, 5}) {
    const auto b = read_band(data + "/landsat-taizhou/2000TM", band),
               a = read_band(data + "/landsat-taizhou/2003TM", band);
    const auto r = register_pair(b->image, a->image, {});
    const Point d = r.registration.field.at(200, 200);
    EXPECT_LT(std::hypot(d.x, d.y), 0.5);
    EXPECT_GT(r.registration.quality.used, 20);
    std::printf("band %d: (%.3f, %.3f) px in the middle, residual %.3f px: %s\n", band, d.x, d.y,
                r.registration.quality.residual_px, r.registration.quality.reason.c_str());
  }
}

class KnownField : public testing::TestWithParam<std::pair<KnownDisplacement, double>> {};

TEST_P(KnownField, IsRecovered) {
  const auto pan = read_band(data + "/landsat8-cloudy/l8_B8.tif", 1, 0.0f);
  if (!pan) GTEST_SKIP() << "no imagery in " << data;
  constexpr int size = 520;
  const auto& [known, limit] = GetParam();
  const ScenePair pair = make_pair(pan->image, 2, size, 38, known);
  const auto r = register_pair(pair.before, pair.after, {}, 2);
  EXPECT_LE(field_rmse(r.registration.field, known, pair.before), limit) << r.registration.quality.reason;
  // The answer does not depend on the number of workers.
  const auto alone = register_pair(pair.before, pair.after, {}, 1);
  EXPECT_EQ(alone.registration.field.a[0], r.registration.field.a[0]);
  EXPECT_EQ(alone.registration.field.local_dx, r.registration.field.local_dx);
}

INSTANTIATE_TEST_SUITE_P(
    FromOneFinerScene, KnownField,
    testing::Values(std::pair{KnownDisplacement{.name = "shift", .shift_x = 0.5, .shift_y = -1.5}, 0.01},
                    std::pair{slightly_affine("affine"), 0.01},
                    std::pair{
                        KnownDisplacement{.name = "far", .shift_x = 19.5, .shift_y = -14, .changed = 0.1, .cloud = 0.1},
                        0.03},
                    std::pair{distorted("distorted"), 0.04}, std::pair{clouded("clouded"), 0.15},
                    std::pair{turned("turned"), 0.03},
                    std::pair{KnownDisplacement{.name = "none", .changed = 0.2}, 0.01}),
    [](const auto& test) { return test.param.first.name; });

}  // namespace
}  // namespace plotwatch::registration
