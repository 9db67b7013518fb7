#include <algorithm>
#include <set>

#include <gdal_alg.h>
#include <gdal_priv.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include "io/geometry_ops.hpp"
#include "support/mask_runs.hpp"
#include "vectorise/vectorise.hpp"

namespace plotwatch::vectorise {
namespace {

using test::MaskText;

// Pixel units with y north: corner (x, y) of a mask is (x, -y) on the ground.
const Grid unit_grid{{}, 0, 0, 1, 1, 1000, 1000};

ChangeComponent only_component(const MaskText& mask) { return join(test::runs_in(mask, test::extent(mask)), 1).at(0); }
MultiPolygon outline_of(const MaskText& mask) { return outline(only_component(mask), unit_grid); }

TEST(Outline, OnePixel) {
  EXPECT_EQ(outline_of({"#"}), (MultiPolygon{{{{0, 0}, {0, -1}, {1, -1}, {1, 0}, {0, 0}}, {}}}));
}

TEST(Outline, HasNoCollinearPoints) {
  EXPECT_EQ(outline_of({"###", "###"}), (MultiPolygon{{{{0, 0}, {0, -2}, {3, -2}, {3, 0}, {0, 0}}, {}}}));
  EXPECT_EQ(outline_of({"#..", "##.", "###"}),
            (MultiPolygon{{{{0, 0}, {0, -3}, {3, -3}, {3, -2}, {2, -2}, {2, -1}, {1, -1}, {1, 0}, {0, 0}}, {}}}));
}

TEST(Outline, HolesRunClockwise) {
  const MultiPolygon ring = outline_of({"###", "#.#", "###"});
  ASSERT_EQ(ring.size(), 1u);
  EXPECT_EQ(ring[0].holes, (std::vector<Ring>{{{1, -1}, {2, -1}, {2, -2}, {1, -2}, {1, -1}}}));
  EXPECT_DOUBLE_EQ(signed_area(ring[0].outer), 9);
}

TEST(Outline, CornersBecomeSeparatePolygons) {
  const MultiPolygon two = outline_of({"#.", ".#"});
  ASSERT_EQ(two.size(), 2u);
  EXPECT_EQ(two[0].outer.size(), 5u);
  EXPECT_TRUE(io::is_valid(two));
}

// The four pixels beside the hole's corner are one 4-connected part: the outer ring would touch itself there.
TEST(Outline, ARingThatTouchesItselfIsCutIntoOuterRingAndHole) {
  const MultiPolygon p = outline_of({"##.", "#.#", "###"});
  ASSERT_EQ(p.size(), 1u);
  EXPECT_EQ(p[0].holes.size(), 1u);
  EXPECT_TRUE(io::is_valid(p));
  EXPECT_DOUBLE_EQ(area(p), 7);
}

TEST(Outline, HolesThatTouchAtACornerAreTwo) {
  const MultiPolygon p = outline_of({"####", "#.##", "##.#", "####"});
  ASSERT_EQ(p.size(), 1u);
  EXPECT_EQ(p[0].holes.size(), 2u);
  EXPECT_TRUE(io::is_valid(p));
}

TEST(Outline, AnIslandInAHoleThatTouchesItsRim) {
  const MultiPolygon p = outline_of({"#####", "#...#", "#..#.", "#..#.", "####."});
  EXPECT_TRUE(io::is_valid(p));
  const MultiPolygon island = outline_of({"#####", "##..#", "#.#.#", "#...#", "#####"});
  ASSERT_EQ(island.size(), 2u);
  EXPECT_TRUE(io::is_valid(island));
  EXPECT_DOUBLE_EQ(area(island), 18);
}

TEST(Outline, LiesOnTheGridOfTheGround) {
  const Grid grid{{}, 203325, 3604935, 30, 15, 400, 400};
  const MultiPolygon p = outline(ChangeComponent{{{10, 5, 7, true}}, {5, 10, 2, 1}, 2}, grid);
  EXPECT_EQ(bounds(p), (Box{203325 + 150, 3604935 - 165, 203325 + 210, 3604935 - 150}));
  EXPECT_DOUBLE_EQ(area(p), 2 * 30 * 15);
}

TEST(Outline, RandomMasksAreValidAndExact) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const double density = 0.2 + 0.012 * static_cast<double>(seed);
    const MaskText mask = test::random_mask(40, 35, density, seed, 1);
    for (const ChangeComponent& component : join(test::runs_in(mask, test::extent(mask)), 1)) {
      const MultiPolygon p = outline(component, unit_grid);
      ASSERT_TRUE(io::is_valid(p)) << seed;
      ASSERT_DOUBLE_EQ(area(p), static_cast<double>(component.pixels)) << seed;
      std::int64_t inside = 0;
      for (const ChangeRun& r : component.runs)
        for (int x = r.x0; x < r.x1; ++x) inside += contains(p, {x + 0.5, -(r.y + 0.5)});
      ASSERT_EQ(inside, component.pixels) << seed;
      for (const Polygon& polygon : p) {
        ASSERT_GT(signed_area(polygon.outer), 0);
        for (const Ring& hole : polygon.holes) ASSERT_LT(signed_area(hole), 0);
      }
    }
  }
}

// The outside program: GDAL's own polygoniser, 4-connected, gives the parts; together they must be our outline.
std::multiset<double> areas_by_gdal(const MaskText& mask) {
  GDALAllRegister();
  const PixelWindow whole = test::extent(mask);
  const GDALDatasetUniquePtr raster(
      GetGDALDriverManager()->GetDriverByName("MEM")->Create("", whole.width, whole.height, 1, GDT_Byte, nullptr));
  for (int y = 0; y < whole.height; ++y) {
    std::vector<std::uint8_t> row;
    for (const char pixel : mask[static_cast<std::size_t>(y)]) row.push_back(pixel != '.');
    EXPECT_EQ(raster->GetRasterBand(1)->RasterIO(GF_Write, 0, y, whole.width, 1, row.data(), whole.width, 1, GDT_Byte,
                                                 0, 0, nullptr),
              CE_None);
  }
  const GDALDatasetUniquePtr vector(
      GetGDALDriverManager()->GetDriverByName("Memory")->Create("", 0, 0, 0, GDT_Unknown, nullptr));
  OGRLayer* layer = vector->CreateLayer("polygons", nullptr, wkbPolygon, nullptr);
  GDALRasterBand* band = raster->GetRasterBand(1);
  EXPECT_EQ(GDALPolygonize(band, band, OGRLayer::ToHandle(layer), -1, nullptr, nullptr, nullptr), CE_None);
  std::multiset<double> areas;
  for (auto& feature : *layer) areas.insert(feature->GetGeometryRef()->toPolygon()->get_Area());
  return areas;
}

TEST(Outline, PartsAgreeWithGdal) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const MaskText mask = test::random_mask(60, 50, 0.55, seed, 1);
    std::multiset<double> areas;
    for (const ChangeComponent& component : join(test::runs_in(mask, test::extent(mask)), 1))
      for (const Polygon& polygon : outline(component, unit_grid)) areas.insert(area({polygon}));
    EXPECT_EQ(areas, areas_by_gdal(mask)) << seed;
  }
}

// A thin diagonal across a bounding box of 10^10 pixels: where that counted, this would not end.
TEST(Outline, CostFollowsTheRunsNotTheBoundingBox) {
  std::vector<ChangeRun> runs;
  for (int i = 0; i < 100000; ++i) runs.push_back({i, i, i + 2, true});
  const ChangeComponent component = join(runs, 1).at(0);
  EXPECT_DOUBLE_EQ(area(outline(component, unit_grid)), 200000);
}

TEST(Outline, EmptyComponent) { EXPECT_TRUE(outline({}, unit_grid).empty()); }

}  // namespace
}  // namespace plotwatch::vectorise
