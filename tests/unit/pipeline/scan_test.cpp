// The whole job on small districts: the same bytes however it runs, and an honest word on what was not seen.
#include "pipeline/scan.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <filesystem>
#include <map>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/hash.hpp"
#include "io/atomic_file.hpp"
#include "io/geometry_ops.hpp"
#include "io/raster.hpp"
#include "plots/plot_register.hpp"
#include "simulate/simulate.hpp"
#include "support/expect_error.hpp"
#include "support/make_raster.hpp"
#include "support/make_vector.hpp"
#include "support/read_band.hpp"
#include "support/temporary_folder.hpp"

namespace plotwatch::pipeline {
namespace {
namespace fs = std::filesystem;

const std::string rules = PLOTWATCH_SOURCE_DIR "/configs/rules/soil-plots.toml";

ScanOptions options_for(const fs::path& before, const fs::path& after, const fs::path& plots, const fs::path& out) {
  ScanOptions o;
  o.before.path = before.string();
  o.after.path = after.string();
  o.before.date = Date{2025, 5, 10};
  o.after.date = Date{2026, 5, 12};
  o.plots.path = plots.string();
  o.plots.margin_m = 30;
  o.run.rules = rules;
  o.run.out = out.string();
  o.run.max_chips = 6;
  return o;
}

// Every file of a finished scan but run.json, with the digest of its bytes.
std::map<std::string, std::string> digests(const fs::path& out) {
  std::map<std::string, std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(out))
    if (const std::string name = entry.path().lexically_relative(out).string();
        entry.is_regular_file() && name != "run.json")
      found[name] = sha256_file(entry.path());
  return found;
}

nlohmann::json run_log(const fs::path& out) { return nlohmann::json::parse(io::read_file(out / "run.json")); }

// A district that no tile size divides.
class District : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<test::TemporaryFolder>();
    simulate::DistrictOptions o;
    o.width = 300;
    o.height = 260;
    o.plots = 24;
    o.construction_share = 0.5;
    o.cloud_share = 0.1;
    o.supersample = 2;
    simulate::write_district(folder_->path(), o);
    reference_ = new std::map<std::string, std::string>;
    const ScanOptions scan_options = options("reference");
    candidates_ = scan(scan_options, {}).result.candidates.size();
    *reference_ = digests(scan_options.run.out);
  }
  static void TearDownTestSuite() {
    delete reference_;
    folder_.reset();
  }
  static ScanOptions options(const std::string& out) {
    const fs::path& f = folder_->path();
    ScanOptions o = options_for(f / "before.tif", f / "after.tif", f / "plots.gpkg", f / out);
    o.after.mask = (f / "after_mask.tif").string();
    return o;
  }

  static std::unique_ptr<test::TemporaryFolder> folder_;
  static std::map<std::string, std::string>* reference_;
  static std::size_t candidates_;
};
std::unique_ptr<test::TemporaryFolder> District::folder_;
std::map<std::string, std::string>* District::reference_ = nullptr;
std::size_t District::candidates_ = 0;

TEST_F(District, GivesWhatTheManifestLists) {
  EXPECT_GE(candidates_, 3U);
  for (const char* name : {"candidates.gpkg", "candidates.geojson", "score.tif", "transition.tif", "report.html",
                           "manifest.json", "chips/0001.png"})
    EXPECT_TRUE(reference_->contains(name)) << name;
  for (const auto& [name, digest] : *reference_) EXPECT_FALSE(name.starts_with(".plotwatch")) << name;
}

TEST_F(District, GivesTheSameBytesForAnyWorkersTileSizeAndMemory) {
  struct Way {
    int workers, tile_size;
    std::uint64_t memory_mib;
  };
  for (const Way& way : {Way{1, 512, 768}, Way{2, 64, 768}, Way{2, 100, 256}, Way{1, 64, 256}}) {
    ScanOptions o = options("other");
    o.run.overwrite = true;
    o.run.workers = way.workers;
    o.run.tile_size = way.tile_size;
    o.run.memory_mib = way.memory_mib;
    scan(o, {});
    EXPECT_EQ(digests(o.run.out), *reference_)
        << fmt::format("{} workers, tiles of {}, {} MiB", way.workers, way.tile_size, way.memory_mib);
  }
}

TEST_F(District, GivesTheSameBytesOfTheWholeSceneForAnyTileSize) {
  std::map<std::string, std::string> first;
  for (const int tile_size : {512, 64}) {
    ScanOptions o = options("whole");
    o.run.overwrite = true;
    o.run.whole_scene = true;
    o.run.tile_size = tile_size;
    scan(o, {});
    if (first.empty()) first = digests(o.run.out);
    EXPECT_EQ(digests(o.run.out), first);
  }
}

TEST_F(District, ShowsBothDatesAsImagesOnTheWorkingGrid) {
  std::map<std::string, std::string> first;
  for (const int tile_size : {512, 64}) {
    ScanOptions o = options("images");
    o.run.overwrite = true;
    o.run.images = true;
    o.run.tile_size = tile_size;
    o.run.workers = tile_size == 64 ? 2 : 1;
    scan(o, {});
    if (first.empty()) first = digests(o.run.out);
    EXPECT_EQ(digests(o.run.out), first);
  }
  const fs::path out = options("images").run.out;
  const auto score = support::read_band(out / "score.tif", 1, 255.0f);
  const auto red_of_scene = support::read_band(options("").before.path, 3);  // blue, green, red, nir
  ASSERT_TRUE(score && red_of_scene);
  for (const char* file : {"before.tif", "after.tif"})
    for (int b = 1; b <= 3; ++b) {
      const auto band = support::read_band(out / file, b);
      ASSERT_TRUE(band);
      ASSERT_EQ(band->geotransform, score->geotransform);
      for (std::size_t i = 0; i < score->image.samples.size(); ++i)
        ASSERT_TRUE(!score->image.usable[i] || band->image.samples[i] > 0) << file << " " << b << " " << i;
    }
  // Brighter ground is shown brighter: the least scene value of each shown byte rises with the byte.
  const auto red = support::read_band(out / "before.tif", 1);
  ASSERT_EQ(red->geotransform, red_of_scene->geotransform);
  std::map<float, std::pair<float, float>> range;  // shown byte -> least and greatest scene value
  for (std::size_t i = 0; i < red->image.samples.size(); ++i)
    if (const float shown = red->image.samples[i]; shown > 0) {
      const float v = red_of_scene->image.samples[i];
      const auto [at, added] = range.try_emplace(shown, v, v);
      at->second = {std::min(at->second.first, v), std::max(at->second.second, v)};
    }
  ASSERT_GT(range.size(), 50U);
  for (auto a = range.begin(), b = std::next(a); b != range.end(); ++a, ++b)
    ASSERT_LE(a->second.second, b->second.first) << a->first;

  ScanOptions without = options("images");
  without.run.overwrite = true;
  scan(without, {});
  EXPECT_EQ(digests(out), *reference_);
}

TEST_F(District, EndsWithTheSameBytesWhenItIsStoppedAndResumed) {
  for (const double stop_at : {0.0, 0.3, 0.9}) {
    ScanOptions o = options(fmt::format("stopped{}", stop_at));
    o.run.tile_size = 64;
    o.run.workers = 1;
    std::atomic<bool> cancelled{false};
    Hooks hooks;
    hooks.cancelled = &cancelled;
    hooks.progress = [&](std::string_view stage, double share) {
      if (stage == "scanning tiles" ? share >= stop_at && stop_at > 0 : stop_at == 0) cancelled = true;
    };
    test::fact_of_error(ExitCode::interrupted, [&] { scan(o, hooks); });
    EXPECT_THAT(digests(o.run.out), ::testing::Each(::testing::Key(::testing::StartsWith(".plotwatch/"))));

    o.run.resume = true;
    EXPECT_FALSE(scan(o, {}).was_complete);
    EXPECT_EQ(digests(o.run.out), *reference_);
    const int resumed = run_log(o.run.out)["tiles_resumed"], tiles = run_log(o.run.out)["tiles"];
    EXPECT_LT(resumed, tiles);
    EXPECT_GE(resumed, static_cast<int>(stop_at * tiles));
  }
}

TEST_F(District, IsLeftAloneWhenItIsResumedAfterItsEnd) {
  ScanOptions o = options("complete");
  scan(o, {});
  const auto written = fs::last_write_time(fs::path(o.run.out) / "manifest.json");
  o.run.resume = true;
  EXPECT_TRUE(scan(o, {}).was_complete);
  EXPECT_EQ(fs::last_write_time(fs::path(o.run.out) / "manifest.json"), written);

  o.change.false_alarm_rate = 0.01;  // another question: it is asked
  EXPECT_FALSE(scan(o, {}).was_complete);
}

TEST_F(District, IsScannedAgainWhenAnInputHasChanged) {
  const fs::path& f = folder_->path();
  ScanOptions o = options("changed-input");
  o.after.path = (f / "later.tif").string();
  fs::copy_file(f / "after.tif", o.after.path);
  scan(o, {});
  o.run.resume = true;
  EXPECT_TRUE(scan(o, {}).was_complete);
  fs::copy_file(f / "before.tif", o.after.path, fs::copy_options::overwrite_existing);
  EXPECT_FALSE(scan(o, {}).was_complete);
}

TEST_F(District, RemovesWhatAKilledScanLeftUnderTemporaryNames) {
  const ScanOptions o = options("abandoned");
  fs::create_directories(o.run.out);
  for (const char* name : {".score.4711.part.tif", ".candidates.4711.part.gpkg", ".candidates.4711.part.gpkg-journal"})
    io::write_file(fs::path(o.run.out) / name, "half");
  io::write_file(fs::path(o.run.out) / "notes.part.txt", "the user's own");
  scan(o, {});
  auto found = digests(o.run.out);
  EXPECT_EQ(found.erase("notes.part.txt"), 1U);
  EXPECT_EQ(found, *reference_);
}

TEST_F(District, IsNotReplacedUnlessAsked) {
  ScanOptions o = options("finished");
  scan(o, {});
  EXPECT_EQ(test::fact_of_error(ExitCode::output, [&] { scan(o, {}); }), "holds a finished scan already");
  EXPECT_EQ(digests(o.run.out), *reference_);
  o.run.overwrite = true;
  EXPECT_FALSE(scan(o, {}).was_complete);
}

// Scenes that tests put together from the bands of a simulated district.
class MadeScenes : public ::testing::Test {
 protected:
  void SetUp() override {
    simulate::DistrictOptions o;
    o.width = o.height = 256;
    o.plots = 16;
    o.construction_share = 0.5;
    o.supersample = 2;
    simulate::write_district(folder_.path(), o);
    grid_ = io::describe_raster(folder_.file("before.tif")).grid;
  }

  // The bands of a scene inside `window`, stated to lie (dx, dy) pixels from where they do.
  std::string part_of(const std::string& scene, const PixelWindow& window, int dx, int dy, const std::string& name) {
    test::Samples<std::uint16_t> samples{window.width, window.height, 4, {}};
    for (int b = 1; b <= 4; ++b) {
      const auto band = support::read_band(folder_.file(scene), b);
      for (int y = window.y; y < window.bottom(); ++y)
        for (int x = window.x; x < window.right(); ++x)
          samples.values.push_back(static_cast<std::uint16_t>(band->image.at(x, y)));
    }
    io::GeoTiffOptions options;
    options.descriptions = {"blue", "green", "red", "nir"};
    options.nodata = 0;
    io::write_geotiff(folder_.file(name), grid_.crop({window.x + dx, window.y + dy, window.width, window.height}),
                      samples.planes(), options);
    return folder_.file(name);
  }

  test::TemporaryFolder folder_;
  Grid grid_;
};

TEST_F(MadeScenes, GiveTheSameCandidatesWhenOneIsDisplacedByWholePixels) {
  // The before scene lies well inside the after scene, so that the grid and what is seen on it stay the same.
  const std::string before = part_of("before.tif", {16, 16, 224, 224}, 0, 0, "inner.tif");
  const auto candidates_with_shift = [&](int dx, int dy) {
    const std::string name = fmt::format("after{}_{}", dx, dy);
    const std::string after = part_of("after.tif", grid_.window(), dx, dy, name + ".tif");
    const ScanSummary s = scan(options_for(before, after, folder_.file("plots.gpkg"), folder_.file(name)), {});
    EXPECT_TRUE(s.result.registration.quality.applied);
    const Point centre = s.result.registration.field.at(112, 112);
    EXPECT_NEAR(centre.x, dx + 0.3, 0.15);
    EXPECT_NEAR(centre.y, dy - 0.2, 0.15);
    return s.result.candidates;
  };
  const std::vector<Candidate> still = candidates_with_shift(0, 0);
  EXPECT_GE(still.size(), 3U);
  for (const auto& [dx, dy] : {std::pair{5, -3}, std::pair{-8, 7}}) {
    const std::vector<Candidate> moved = candidates_with_shift(dx, dy);
    ASSERT_EQ(moved.size(), still.size());
    for (std::size_t i = 0; i < still.size(); ++i) {
      EXPECT_EQ(moved[i].id, still[i].id);
      EXPECT_EQ(moved[i].geometry, still[i].geometry);
      EXPECT_EQ(moved[i].mean_score, still[i].mean_score);
    }
  }
}

MultiPolygon ground_of(const std::vector<Candidate>& candidates) {
  MultiPolygon all;
  for (const Candidate& c : candidates) all = io::unite(all, c.geometry);
  return all;
}

// The same district seen from 3.3 pixels away. Without registration hardly a candidate would be found again, and less
// than a fifth of the ground.
TEST(DisplacedPair, GivesTheCandidatesOfTheUndisplacedPair) {
  const auto candidates_with_shift = [](double dx, double dy, bool registered) {
    const test::TemporaryFolder folder;
    simulate::DistrictOptions o;
    o.seed = 5;
    o.width = o.height = 320;
    o.plots = 30;
    o.supersample = 3;
    o.shift_x = dx;
    o.shift_y = dy;
    simulate::write_district(folder.path(), o);
    ScanOptions options =
        options_for(folder.file("before.tif"), folder.file("after.tif"), folder.file("plots.gpkg"), folder.file("out"));
    options.registration.enabled = registered;
    const ScanSummary s = scan(options, {});
    const Point middle = s.result.registration.field.at(160, 160);
    if (registered) {
      EXPECT_NEAR(middle.x, dx, 0.02);
      EXPECT_NEAR(middle.y, dy, 0.02);
    }
    return std::pair(s.result.candidates, s.result.grid.crs);
  };
  const auto [still, crs] = candidates_with_shift(0, 0, true);
  ASSERT_GE(still.size(), 8U);
  const MultiPolygon still_ground = ground_of(still);
  const auto overlap = [&, &system = crs](const std::vector<Candidate>& moved) {
    const MultiPolygon ground = ground_of(moved);
    return io::ellipsoidal_area(io::intersection(ground, still_ground), system) /
           io::ellipsoidal_area(io::unite(ground, still_ground), system);
  };
  for (const auto& [dx, dy] : {std::pair{3.3, 0.0}, std::pair{-2.33, 2.33}}) {
    const std::vector<Candidate> moved = candidates_with_shift(dx, dy, true).first;
    const MultiPolygon moved_ground = ground_of(moved);
    const auto again = std::count_if(still.begin(), still.end(),
                                     [&](const Candidate& c) { return io::intersects(c.geometry, moved_ground); });
    std::printf("displaced by (%.2f, %.2f): %zu candidates, %zu without it; %td of them again; overlap %.3f\n", dx, dy,
                moved.size(), still.size(), again, overlap(moved));
    EXPECT_GE(double(again), 0.85 * double(still.size()));
    EXPECT_GE(overlap(moved), 0.8);
  }
  EXPECT_LE(overlap(candidates_with_shift(3.3, 0, false).first), 0.3);
}

// Bands of a scene as a STAC item of a Sentinel-2 level-2A product with its scene classification.
std::string stac_item(const test::TemporaryFolder& folder, const std::string& scene, const Grid& grid,
                      const std::string& date, const PixelWindow& cloud, const PixelWindow& shadow = {}) {
  std::string assets;
  for (int b = 1; b <= 4; ++b) {
    const char* const role = std::array{"blue", "green", "red", "nir"}[static_cast<std::size_t>(b - 1)];
    const auto band = support::read_band(folder.file(scene), b);
    const auto samples = test::make_samples<std::uint16_t>(grid.width, grid.height, 1,
                                                           [&](int, int x, int y) { return band->image.at(x, y); });
    const std::string file = fmt::format("{}_{}", role, scene);
    io::write_geotiff(folder.file(file), grid, samples.planes(), {});
    assets += fmt::format(
        R"("{}": {{"href": "{}", "eo:bands": [{{"common_name": "{}"}}], "raster:bands": [{{"scale": 0.0001, "nodata": 0}}]}}, )",
        role, file, role);
  }
  constexpr int vegetation = 4, cloud_shadow = 3, cloud_high = 9;
  const auto classes = test::make_samples<std::uint8_t>(grid.width, grid.height, 1, [&](int, int x, int y) {
    return cloud.contains({x, y, 1, 1}) ? cloud_high : shadow.contains({x, y, 1, 1}) ? cloud_shadow : vegetation;
  });
  io::write_geotiff(folder.file("scl_" + scene), grid, classes.planes(), {});
  assets += fmt::format(R"("scl": {{"href": "scl_{}"}})", scene);
  const std::string path = folder.file(scene + ".json");
  io::write_file(path, fmt::format(R"({{"stac_version": "1.0.0", "type": "Feature", "id": "{}", "properties": )"
                                   R"({{"datetime": "{}T03:00:00Z", "platform": "sentinel-2b", )"
                                   R"("s2:product_type": "S2MSI2A"}}, "assets": {{{}}}}})",
                                   scene, date, assets));
  return path;
}

TEST_F(MadeScenes, SayWhyAPlotWasNotSeen) {
  const Grid grid = test::utm_grid(256, 256);
  const std::string before = stac_item(folder_, "before.tif", grid, "2025-05-10", {}),
                    after = stac_item(folder_, "after.tif", grid, "2026-05-12", {100, 100, 60, 60}, {100, 180, 60, 60});
  const auto square = [&](double x, double y, double side) {  // pixels from the grid's corner
    const Point a = grid.to_map({x, y}), b = grid.to_map({x + side, y + side});
    return fmt::format("POLYGON (({0} {1}, {2} {1}, {2} {3}, {0} {3}, {0} {1}))", a.x, a.y, b.x, b.y);
  };
  test::VectorFile plots;
  plots.crs = "EPSG:32650";
  plots.fields = {{"code", OFTString}, {"status", OFTString}};
  plots.rows = {{{"under-cloud", "listed"}, square(110, 110, 30)}, {{"in-shadow", "listed"}, square(110, 190, 30)},
                {{"half-clouded", "listed"}, square(90, 120, 20)}, {{"in-the-dilation", "listed"}, square(162, 120, 2)},
                {{"clear", "listed"}, square(20, 20, 20)},         {{"outside", "listed"}, square(900, 900, 20)}};
  test::make_vector(folder_.file("plots-of-test.gpkg"), plots);

  const ScanSummary s = scan(options_for(before, after, folder_.file("plots-of-test.gpkg"), folder_.file("out")), {});
  using Cause = PlotObservation::Cause;
  std::map<std::string, PlotObservation> seen;
  for (const PlotResult& p : s.result.plots) seen[p.plot.code] = p.observation;
  ASSERT_EQ(seen.size(), 6U);
  EXPECT_FALSE(seen["under-cloud"].observable);
  EXPECT_EQ(seen["under-cloud"].cause, Cause::cloud);
  EXPECT_EQ(seen["under-cloud"].clear_share, 0);
  EXPECT_FALSE(seen["in-shadow"].observable);
  EXPECT_EQ(seen["in-shadow"].cause, Cause::cloud_shadow);
  EXPECT_FALSE(seen["in-the-dilation"].observable);  // 60 m: 6 px around the cloud
  EXPECT_EQ(seen["in-the-dilation"].cause, Cause::cloud);
  EXPECT_TRUE(seen["half-clouded"].observable);
  EXPECT_GT(seen["half-clouded"].clear_share, 0.1);
  EXPECT_LT(seen["half-clouded"].clear_share, 0.4);
  EXPECT_TRUE(seen["clear"].observable);
  EXPECT_EQ(seen["clear"].clear_share, 1);
  EXPECT_EQ(seen["clear"].pixels, 400);
  EXPECT_FALSE(seen["outside"].observable);
  EXPECT_EQ(seen["outside"].cause, Cause::outside_scene);
  for (const Candidate& c : s.result.candidates) EXPECT_TRUE(seen[c.plot_code].observable) << c.id;
}

// The before scene is not resampled, so its medians are those of the file's own samples.
TEST_F(MadeScenes, TellWhatEachDateShowsOfACandidate) {
  ScanOptions o = options_for(folder_.file("before.tif"), folder_.file("after.tif"), folder_.file("plots.gpkg"),
                              folder_.file("told"));
  const ScanResult result = scan(o, {}).result;
  ASSERT_GE(result.candidates.size(), 3U);
  const auto red = support::read_band(folder_.file("before.tif"), 3),
             nir = support::read_band(folder_.file("before.tif"), 4);
  const SceneBand* band = result.before.find(BandRole::red);
  ASSERT_TRUE(red && nir && band);
  for (const Candidate& c : result.candidates) {
    std::vector<double> samples;
    for (const PixelRun& run : plots::rasterise(c.geometry, grid_, grid_.window()))
      for (int x = run.x0; x < run.x1; ++x) samples.push_back(red->image.at(x, run.y) * band->scale + band->offset);
    ASSERT_EQ(static_cast<std::int64_t>(samples.size()), c.pixels) << c.id;
    std::sort(samples.begin(), samples.end());
    ASSERT_EQ(c.before.bands.size(), 4U);
    EXPECT_EQ(c.before.bands[2].role, BandRole::red);
    EXPECT_NEAR(c.before.bands[2].value, samples[(samples.size() - 1) / 2], 1e-6) << c.id;
    for (const GroundSeen* g : {&c.before, &c.after}) {
      EXPECT_TRUE(g->of(GroundIndex::ndvi) && g->of(GroundIndex::water) && g->of(GroundIndex::brightness)) << c.id;
      EXPECT_FALSE(g->of(GroundIndex::ndbi)) << c.id;  // no short-wave infrared band
      EXPECT_NEAR(std::accumulate(g->cover.begin(), g->cover.end(), 0.0), 1, 1e-9) << c.id;
    }
    EXPECT_GT(c.outline.inside_share, 0) << c.id;
    EXPECT_LE(c.outline.inside_share, 1) << c.id;
    ASSERT_TRUE(c.outline.boundary_m) << c.id;
    // What does not reach the plot's boundary lies on the plot whole.
    if (*c.outline.boundary_m > 1) {
      EXPECT_GT(c.outline.inside_share, 0.97) << c.id;
    }
  }
}

// A georeference that is 190 pixels off, further than a scan looks.
TEST_F(MadeScenes, AreNotComparedWhereTheyDoNotShowTheSameGround) {
  const Grid grid = test::utm_grid(256, 256);
  Grid wrong = grid;
  wrong.left += 110 * grid.pixel_width;
  wrong.top -= 110 * grid.pixel_height;
  const auto bands = test::make_samples<std::uint16_t>(256, 256, 4, [&](int b, int x, int y) {
    static const std::array<decltype(support::read_band("", 1))::value_type, 4> after{
        *support::read_band(folder_.file("after.tif"), 1), *support::read_band(folder_.file("after.tif"), 2),
        *support::read_band(folder_.file("after.tif"), 3), *support::read_band(folder_.file("after.tif"), 4)};
    return after[static_cast<std::size_t>(b)].image.at(x, y);
  });
  io::write_geotiff(folder_.file("wrong.tif"), wrong, bands.planes(), {});
  ScanOptions o = options_for(folder_.file("before.tif"), folder_.file("wrong.tif"), folder_.file("plots.gpkg"),
                              folder_.file("apart"));
  o.after.roles = {{"blue", "1"}, {"green", "2"}, {"red", "3"}, {"nir", "4"}};
  const ScanSummary failed = scan(o, {});
  EXPECT_TRUE(failed.result.registration.quality.failed);
  EXPECT_TRUE(failed.result.candidates.empty());
  int on_both = 0;
  for (const PlotResult& p : failed.result.plots) {
    EXPECT_FALSE(p.observation.observable) << p.plot.code;
    const bool both = p.observation.before_clear_share > 0 && p.observation.after_clear_share > 0;
    EXPECT_EQ(p.observation.cause == PlotObservation::Cause::registration, both) << p.plot.code;
    on_both += both;
  }
  EXPECT_GT(on_both, 0);
  const auto score = support::read_band(folder_.file("apart/score.tif"), 1);
  ASSERT_TRUE(score);
  EXPECT_EQ(score->image.at(200, 200), 255);  // not observable, not 0: "no change"

  // Whoever knows the coordinates to be right may say so.
  o.registration.enabled = false;
  o.run.out = folder_.file("apart-and-trusted");
  EXPECT_FALSE(scan(o, {}).result.registration.quality.failed);
}

TEST_F(MadeScenes, AreRefusedWhenNoPlotLiesOnThem) {
  test::VectorFile plots;
  plots.fields = {{"code", OFTString}, {"status", OFTString}};
  plots.crs = "EPSG:32650";
  plots.rows = {{{"far", "listed"}, "POLYGON ((0 0, 100 0, 100 100, 0 100, 0 0))"}};
  test::make_vector(folder_.file("far.gpkg"), plots);
  test::fact_of_error(ExitCode::mismatch, [&] {
    scan(options_for(folder_.file("before.tif"), folder_.file("after.tif"), folder_.file("far.gpkg"),
                     folder_.file("out")),
         {});
  });
  EXPECT_FALSE(fs::exists(folder_.file("out/manifest.json")));
}

}  // namespace
}  // namespace plotwatch::pipeline
