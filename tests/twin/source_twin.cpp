// Decoded blocks resampled and masked on a device, against what the reader of the processor gives: every bit, for grids
// and sample types that differ, for holes, quality bands and windows that reach beyond a scene.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "change/device_source.hpp"
#include "kernels/device/device.hpp"
#include "kernels/device/queue.hpp"
#include "pipeline/pair_reader.hpp"
#include "support/make_raster.hpp"
#include "support/temporary_folder.hpp"
#include "twin/twin.hpp"
#include "unit/pipeline/read_scene.hpp"

namespace plotwatch::pipeline {
namespace {

using kernels::View;

constexpr int width = 90, height = 70, bands = 2;

class Source : public test::Twin {
 protected:
  // A scene of two bands with holes where its samples are 0, or not a number.
  template <class T>
  Scene scene(const std::string& name, double pixel_size, double offset_m, bool quality) {
    const double ratio = 10 / pixel_size;
    const int w = static_cast<int>(width * ratio), h = static_cast<int>(height * ratio);
    const auto samples = test::make_samples<T>(w, h, bands, [&](int b, int x, int y) -> double {
      if ((x - 30) * (x - 30) + (y - 20) * (y - 20) < 40 || (b == 1 && x == 3 * y))
        return std::is_floating_point_v<T> && x % 2 ? std::numeric_limits<double>::quiet_NaN() : 0;
      return 20 + 60 * b + 15 * std::sin(0.3 * x) + 10 * std::cos(0.23 * y) + (x * 7 + y * 13) % 11;
    });
    io::GeoTiffOptions options;
    options.nodata = 0;
    const std::string path = folder_.file(name + ".tif");
    io::write_geotiff(path, test::utm_grid(w, h, pixel_size, 440000 + offset_m, 4400000 - offset_m), samples.planes(),
                      options);
    Scene s = scene_of(path, bands);
    if (quality) {
      const std::string mask = folder_.file(name + "_quality.tif");
      const auto codes = test::make_samples<std::uint16_t>(30, 20, 1, [](int, int x, int y) -> double {
        if (x == 12 && y == 9) return 2;
        if (x == 16 && y == 12) return 3;
        return x == 20 ? 1 : x == 24 && y > 14 ? 4 : 0;
      });
      io::write_geotiff(mask, test::utm_grid(30, 20, 30), codes.planes(), {});
      s.rasters.push_back(scene_of(mask).rasters.at(0));
      s.quality.push_back({mask,
                           1,
                           static_cast<int>(s.rasters.size()) - 1,
                           "test",
                           {{0, 8, 2, 2, "cloud", true, QualityTest::Hides::cloud},
                            {0, 8, 3, 3, "cloud shadow", true, QualityTest::Hides::cloud_shadow},
                            {0, 8, 4, 4, "thin cloud", false, QualityTest::Hides::cloud},
                            {0, 8, 1, 1, "fill", false}}});
    }
    return s;
  }

  template <class T>
  void expect_same_view(View<T> device, View<const T> host, const std::string& what) {
    std::vector<T> down(static_cast<std::size_t>(host.width) * static_cast<std::size_t>(host.height));
    const std::size_t row = static_cast<std::size_t>(host.width) * sizeof(T);
    kernels::Queue& queue = kernels::thread_queue(test::twin_backend());
    queue.download(down.data(), row, device.data, static_cast<std::size_t>(device.stride) * sizeof(T), row,
                   static_cast<std::size_t>(host.height));
    queue.wait();
    EXPECT_TRUE(test::same_samples(View<const T>{down.data(), host.width, host.height, host.width}, host)) << what;
  }

  void expect_same(const Scene& before, const Scene& after, const DisplacementField& field) {
    Inputs in;
    in.before = before;
    in.after = after;
    in.roles = {BandRole::red, BandRole::nir};
    in.grid = test::utm_grid(width, height);
    io::BlockCache cache(std::size_t{16} << 20);
    const PairReader reader(in, in.roles, cache, {25});
    const Coverage coverage = Coverage::around(in.grid, {{440000, 4399400, 440500, 4399990}}, 0);
    PairReader::Worker worker(reader);
    FetchedPair fetched;
    PairTile tile;
    kernels::Queue& queue = kernels::thread_queue(test::twin_backend());
    kernels::ResampleScratch scratch;
    for (const PixelWindow& window : {PixelWindow{-6, -5, 70, 50}, {40, 30, 60, 47}, {0, 0, 90, 70}, {17, 3, 1, 1}}) {
      reader.read(window, field, tile, worker);
      coverage.restrict(tile.usable, window.x, window.y);
      reader.fetch(window, field, coverage, fetched, worker);
      change::Stage counted{nullptr, change::Layout(nullptr), change::Layout(nullptr)};
      change::resample_on_device(counted, fetched.source, scratch);
      auto* const device = static_cast<char*>(queue.allocate(counted.device.used()));
      auto* const pinned = static_cast<char*>(queue.allocate_pinned(counted.pinned.used()));
      change::Stage stage{&queue, change::Layout(device), change::Layout(pinned)};
      const change::ResampledPair pair = change::resample_on_device(stage, fetched.source, scratch);
      EXPECT_EQ(stage.device.used(), counted.device.used());
      EXPECT_EQ(stage.pinned.used(), counted.pinned.used());
      const std::string where = "window at " + std::to_string(window.x) + ", " + std::to_string(window.y);
      expect_same_view<std::uint8_t>(pair.before_usable, tile.before_usable, "before_usable, " + where);
      expect_same_view<std::uint8_t>(pair.after_usable, tile.after_usable, "after_usable, " + where);
      expect_same_view<std::uint8_t>(pair.usable, tile.usable, "usable, " + where);
      expect_same_view<std::uint8_t>(pair.cloudless, tile.cloudless, "cloudless, " + where);
      expect_same_view<std::uint8_t>(pair.unshadowed, tile.unshadowed, "unshadowed, " + where);
      for (int b = 0; b < bands; ++b) {
        if (fetched.source.before.covered)
          expect_same_view<float>(pair.before.band(b), tile.before.band(b), "before, " + where);
        if (fetched.source.after.covered)
          expect_same_view<float>(pair.after.band(b), tile.after.band(b), "after, " + where);
      }
      queue.release(device);
      queue.release_pinned(pinned);
    }
  }

  const test::TemporaryFolder folder_;
};

DisplacementField bent() {
  DisplacementField f = shift(1.3, -0.7);
  f.a[1] = 0.01;
  f.b[2] = -0.008;
  return f;
}

TEST_F(Source, IsResampledAndMaskedAsOnTheProcessor) {
  expect_same(scene<std::uint16_t>("a", 10, 0, true), scene<std::uint16_t>("b", 10, 4, true), bent());
}

TEST_F(Source, FromGridsAndSampleTypesThatDiffer) {
  expect_same(scene<float>("a", 5, 3, false), scene<std::uint8_t>("b", 20, -7, true), bent());
}

// Pixel on pixel nothing is interpolated.
TEST_F(Source, WithoutAShift) {
  expect_same(scene<std::uint8_t>("a", 10, 0, true), scene<float>("b", 10, 0, false), {});
}

TEST_F(Source, ThatDoesNotReachTheTile) {
  expect_same(scene<std::uint16_t>("a", 10, 0, false), scene<std::uint16_t>("b", 10, 300, false), bent());
}

}  // namespace
}  // namespace plotwatch::pipeline
