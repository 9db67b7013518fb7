#include <cmath>
#include <map>
#include <random>
#include <utility>
#include <vector>

#include <gdal_alg.h>
#include <gdal_priv.h>
#include <gtest/gtest.h>
#include <ogr_geometry.h>

#include "core/tile.hpp"
#include "plots/plot_register.hpp"

namespace plotwatch::plots {
namespace {

const Grid grid{{}, 203325, 3604935, 30, 30, 200, 150};

// A point in pixels of the grid, on the ground.
Point at(double x, double y) { return grid.to_map({x, y}); }

MultiPolygon polygon(const std::vector<std::pair<double, double>>& pixels) {
  Ring ring;
  for (const auto& [x, y] : pixels) ring.push_back(at(x, y));
  ring.push_back(ring.front());
  return {{ring, {}}};
}

using Pixels = std::vector<std::pair<int, int>>;  // (y, x)

Pixels pixels(const std::vector<PixelRun>& runs) {
  Pixels result;
  for (const PixelRun& r : runs)
    for (int x = r.x0; x < r.x1; ++x) result.emplace_back(r.y, x);
  return result;
}

TEST(Rasterise, TakesPixelsByTheirCentres) {
  EXPECT_EQ(rasterise(polygon({{1.4, 1.4}, {4.6, 1.4}, {4.6, 2.6}, {1.4, 2.6}}), grid, grid.window()),
            (std::vector<PixelRun>{{1, 1, 5}, {2, 1, 5}}));
  EXPECT_EQ(rasterise(polygon({{1.6, 1.6}, {4.4, 1.6}, {4.4, 3.4}, {1.6, 3.4}}), grid, grid.window()),
            (std::vector<PixelRun>{{2, 2, 4}}));
}

TEST(Rasterise, HolesAndSeveralParts) {
  MultiPolygon p = polygon({{0, 0}, {5, 0}, {5, 3}, {0, 3}});
  p[0].holes = {polygon({{1, 1}, {2, 1}, {2, 2}, {1, 2}})[0].outer};
  p.push_back(polygon({{7, 1}, {8, 1}, {8, 2}, {7, 2}})[0]);
  EXPECT_EQ(rasterise(p, grid, grid.window()),
            (std::vector<PixelRun>{{0, 0, 5}, {1, 0, 1}, {1, 2, 5}, {1, 7, 8}, {2, 0, 5}}));
}

TEST(Rasterise, PartsSideBySideAreOneRun) {
  MultiPolygon p = polygon({{0, 0}, {2, 0}, {2, 1}, {0, 1}});
  p.push_back(polygon({{2, 0}, {4, 0}, {4, 1}, {2, 1}})[0]);
  EXPECT_EQ(rasterise(p, grid, grid.window()), (std::vector<PixelRun>{{0, 0, 4}}));
}

TEST(Rasterise, APlotWithoutACentreGetsThePixelUnderIt) {
  const MultiPolygon small = polygon({{10.6, 20.6}, {10.9, 20.6}, {10.9, 20.9}, {10.6, 20.9}});
  EXPECT_EQ(rasterise(small, grid, grid.window()), (std::vector<PixelRun>{{20, 10, 11}}));
  EXPECT_EQ(rasterise(small, grid, {10, 20, 1, 1}), (std::vector<PixelRun>{{20, 10, 11}}));
  EXPECT_TRUE(rasterise(small, grid, {11, 20, 5, 5}).empty());
  // Its one centre lies in another window: no stand-in here.
  const MultiPolygon across = polygon({{9.4, 20.2}, {10.3, 20.2}, {10.3, 20.8}, {9.4, 20.8}});
  EXPECT_EQ(rasterise(across, grid, {5, 20, 5, 1}).size(), 1u);
  EXPECT_TRUE(rasterise(across, grid, {10, 20, 5, 1}).empty());
}

TEST(Rasterise, OutsideTheWindowIsNothing) {
  EXPECT_TRUE(rasterise(polygon({{-30, -30}, {-20, -30}, {-20, -20}, {-30, -20}}), grid, grid.window()).empty());
  EXPECT_TRUE(rasterise({}, grid, grid.window()).empty());
  EXPECT_TRUE(rasterise(polygon({{0, 0}, {5, 0}, {5, 5}}), grid, {}).empty());
  const MultiPolygon larger = polygon({{-1e6, -1e6}, {1e6, -1e6}, {1e6, 1e6}, {-1e6, 1e6}});
  EXPECT_EQ(pixels(rasterise(larger, grid, {3, 4, 2, 2})), (Pixels{{4, 3}, {4, 4}, {5, 3}, {5, 4}}));
}

// A mesh of triangles whose corners often lie exactly on pixel centres and whose edges run through many of them.
std::vector<MultiPolygon> mesh(int cells, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const int step = 120 / cells;
  std::vector<std::vector<Point>> nodes(static_cast<std::size_t>(cells) + 1);
  for (int j = 0; j <= cells; ++j)
    for (int i = 0; i <= cells; ++i) {
      const bool inner = i > 0 && j > 0 && i < cells && j < cells;
      const auto shift = [&] {
        return inner ? 0.5 * static_cast<double>(random() % static_cast<unsigned>(step)) : 0.0;
      };
      const double dx = shift(), dy = shift();
      nodes[static_cast<std::size_t>(j)].push_back(at(10 + step * i + dx, 10 + step * j + dy));
    }
  std::vector<MultiPolygon> result;
  for (std::size_t j = 0; j < static_cast<std::size_t>(cells); ++j)
    for (std::size_t i = 0; i < static_cast<std::size_t>(cells); ++i) {
      const Point a = nodes[j][i], b = nodes[j][i + 1], c = nodes[j + 1][i + 1], d = nodes[j + 1][i];
      result.push_back({{{a, b, d, a}, {}}});
      result.push_back({{{b, c, d, b}, {}}});
    }
  return result;
}

TEST(Rasterise, APartitionGivesEveryPixelToExactlyOnePlot) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    std::map<std::pair<int, int>, int> owners;
    for (const MultiPolygon& plot : mesh(8, seed))
      for (const auto& pixel : pixels(rasterise(plot, grid, grid.window()))) ++owners[pixel];
    EXPECT_EQ(owners.size(), 120u * 120u) << seed;
    for (const auto& [pixel, count] : owners)
      ASSERT_EQ(count, 1) << seed << ": " << pixel.second << ", " << pixel.first;
  }
}

TEST(Rasterise, DoesNotDependOnTheWindow) {
  for (const int size : {7, 32, 64}) {
    for (const MultiPolygon& plot : mesh(12, 5)) {
      Pixels tiled;
      for (const Tile& tile : cut(grid, {size, 0, 3, 1}))
        for (const auto& pixel : pixels(rasterise(plot, grid, tile.core))) tiled.push_back(pixel);
      std::sort(tiled.begin(), tiled.end());
      EXPECT_EQ(tiled, pixels(rasterise(plot, grid, grid.window())));
    }
  }
}

// The outside program. Corners at odd places: on exact ties the two rules may differ.
TEST(Rasterise, AgreesWithGdal) {
  GDALAllRegister();
  std::mt19937_64 random(11);
  std::uniform_real_distribution<double> angle(0, 6.283), radius(1, 40), centre(30, 100);
  for (int k = 0; k < 40; ++k) {
    std::vector<double> angles;
    for (int i = 0; i < 12; ++i) angles.push_back(angle(random));
    std::sort(angles.begin(), angles.end());
    const double cx = centre(random), cy = centre(random);
    std::vector<std::pair<double, double>> star;
    for (const double a : angles) {
      const double r = radius(random);
      star.emplace_back(cx + r * std::cos(a), cy + r * std::sin(a));
    }
    const MultiPolygon plot = polygon(star);
    OGRPolygon ogr;
    OGRLinearRing ring;
    for (const Point& p : plot[0].outer) ring.addPoint(p.x, p.y);
    ogr.addRing(&ring);

    const GDALDatasetUniquePtr raster(
        GetGDALDriverManager()->GetDriverByName("MEM")->Create("", grid.width, grid.height, 1, GDT_Byte, nullptr));
    double transform[6] = {grid.left, grid.pixel_width, 0, grid.top, 0, -grid.pixel_height};
    raster->SetGeoTransform(transform);
    int bands[1] = {1};
    OGRGeometryH shapes[1] = {OGRGeometry::ToHandle(&ogr)};
    double value[1] = {1};
    ASSERT_EQ(
        GDALRasterizeGeometries(raster.get(), 1, bands, 1, shapes, nullptr, nullptr, value, nullptr, nullptr, nullptr),
        CE_None);
    std::vector<std::uint8_t> burnt(static_cast<std::size_t>(grid.width) * static_cast<std::size_t>(grid.height));
    ASSERT_EQ(raster->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, grid.width, grid.height, burnt.data(), grid.width,
                                                 grid.height, GDT_Byte, 0, 0, nullptr),
              CE_None);
    Pixels expected;
    for (int y = 0; y < grid.height; ++y)
      for (int x = 0; x < grid.width; ++x)
        if (burnt[static_cast<std::size_t>(y * grid.width + x)]) expected.emplace_back(y, x);
    EXPECT_EQ(pixels(rasterise(plot, grid, grid.window())), expected) << k;
  }
}

}  // namespace
}  // namespace plotwatch::plots
