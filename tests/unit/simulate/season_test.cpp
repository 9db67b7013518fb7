// The files of a simulated history.
#include "simulate/season.hpp"

#include <cmath>
#include <map>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tbb/global_control.h>
#include <nlohmann/json.hpp>

#include "catalogue/catalogue.hpp"
#include "core/hash.hpp"
#include "io/atomic_file.hpp"
#include "io/block_cache.hpp"
#include "io/raster.hpp"
#include "io/vector.hpp"
#include "simulate/acquisition_files.hpp"
#include "simulate/history.hpp"
#include "simulate/outline.hpp"
#include "simulate/scene_class.hpp"
#include "simulate/scene_format.hpp"
#include "simulate/season_camera.hpp"
#include "simulate/season_truth.hpp"
#include "support/expect_error.hpp"
#include "support/temporary_folder.hpp"

namespace plotwatch::simulate {
namespace {

namespace fs = std::filesystem;

// 40 days with a work on every other plot.
SeasonOptions small() {
  SeasonOptions o;
  o.seed = 5;
  o.width = 150;
  o.height = 130;
  o.supersample = 1;
  o.plots = 12;
  o.site_share = 0.5;
  o.from = {2025, 4, 1};
  o.days = 60;
  o.interval = 10;
  return o;
}

std::map<std::string, std::string> digests(const fs::path& folder) {
  std::map<std::string, std::string> all;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) all[fs::relative(entry.path(), folder).string()] = sha256_file(entry.path());
  return all;
}

template <class T>
std::vector<T> read(const std::string& path, int band = 1) {
  const io::RasterInfo info = io::describe_raster(path);
  io::BlockCache cache(std::size_t{32} << 20);
  const int source = cache.add(path, {band});
  io::PixelBuffer buffer;
  cache.read(source, info.grid.window(), buffer);
  const auto plane = std::as_const(buffer).planes<T>().band(0);
  return {plane.data, plane.data + info.grid.window().pixels()};
}

Acquisition clear_sky(const Date& date, std::uint64_t seed = 1) {
  Acquisition a;
  a.date = date;
  a.id = "clear";
  a.sun = sun_at(date, 39.73);
  a.radiometry.gain.fill(1);
  a.radiometry.offset.fill(0);
  a.seed = seed;
  return a;
}

TEST(Season, WritesScenesThatTheCatalogueKnows) {
  test::TemporaryFolder folder;
  SeasonOptions o = small();
  o.bands = 6;
  o.scenes = 2;
  write_season(folder.path(), o);
  for (const char* path : {"scenes/SIM_S2A_20250401", "scenes/SIM_S2B_20250411/SIM_S2B_20250411.json"}) {
    catalogue::SceneRequest request;
    request.path = folder.file(path);
    const Scene scene = catalogue::describe(request);
    EXPECT_EQ(scene.bands.size(), 6U);
    ASSERT_NE(scene.find(BandRole::nir), nullptr);
    EXPECT_EQ(scene.find(BandRole::nir)->band, 4);
    EXPECT_DOUBLE_EQ(scene.find(BandRole::nir)->scale, 1e-4);
    EXPECT_EQ(scene.calibration, Calibration::surface_reflectance);
    ASSERT_EQ(scene.quality.size(), 1U);
    EXPECT_EQ(scene.quality[0].kind, "Sentinel-2 SCL");
    EXPECT_EQ(scene.grid.width, 150);
    EXPECT_DOUBLE_EQ(scene.grid.pixel_width, 10);
    EXPECT_TRUE(scene.sun_elevation_deg);
  }
  catalogue::SceneRequest request;
  request.path = folder.file("scenes/SIM_S2B_20250411");
  EXPECT_EQ(catalogue::describe(request).date, (Date{2025, 4, 11}));
  EXPECT_EQ(catalogue::describe(request).sensor, "Sentinel-2B MSI");
  EXPECT_EQ(io::describe_raster(folder.file("scenes/SIM_S2A_20250401/SIM_S2A_20250401.tif")).bands.size(), 6U);
}

TEST(Season, IsTheSameWithOneThreadAndMany) {
  test::TemporaryFolder one, many;
  SeasonOptions o = small();
  o.scenes = 3;
  {
    const tbb::global_control alone(tbb::global_control::max_allowed_parallelism, 1);
    write_season(one.path(), o);
  }
  write_season(many.path(), o);
  EXPECT_EQ(digests(one.path()), digests(many.path()));
  o.seed = 6;
  test::TemporaryFolder other;
  write_season(other.path(), o);
  EXPECT_NE(digests(one.path()), digests(other.path()));
}

TEST(Season, CarriesOnWhereItStopped) {
  test::TemporaryFolder whole, parts;
  SeasonOptions o = small();
  o.until = Date{2025, 5, 5};  // four scenes
  write_season(whole.path(), o);
  o.scenes = 2;
  write_season(parts.path(), o);
  const auto half = digests(parts.path());
  fs::remove(parts.path() / "scenes/SIM_S2B_20250411/SIM_S2B_20250411.json");  // as if killed before
  o.scenes.reset();
  int shown = 0;
  write_season(parts.path(), o, [&shown](int written, int all) {
    EXPECT_EQ(written, shown++);
    EXPECT_EQ(all, 4);
  });
  EXPECT_EQ(shown, 4);
  const auto all = digests(parts.path());
  EXPECT_EQ(all, digests(whole.path()));
  for (const auto& [name, digest] : half)  // a longer one begins with a shorter one
    if (name.rfind("scenes", 0) == 0) {
      EXPECT_EQ(all.at(name), digest) << name;
    }
}

TEST(Season, RefusesAFolderOfAnotherSeason) {
  test::TemporaryFolder folder;
  SeasonOptions o = small();
  o.scenes = 2;
  write_season(folder.path(), o);
  const auto before = digests(folder.path());
  o.noise = 0.01;
  EXPECT_THAT(test::fact_of_error(ExitCode::config, [&] { write_season(folder.path(), o); }),
              testing::HasSubstr("other options"));
  o = small();
  o.scenes = 1;
  EXPECT_THAT(test::fact_of_error(ExitCode::config, [&] { write_season(folder.path(), o); }),
              testing::HasSubstr("more scenes"));
  EXPECT_EQ(digests(folder.path()), before);
  test::TemporaryFolder strange;
  fs::create_directories(strange.path() / "scenes/other");
  EXPECT_THAT(test::fact_of_error(ExitCode::config, [&] { write_season(strange.path(), o); }),
              testing::HasSubstr("something else"));
}

TEST(Season, NamesEveryOptionThatIsWrong) {
  SeasonOptions o;
  o.width = 3;
  o.bands = 5;
  o.interval = 0;
  o.cloud_share = 0.9;
  o.scenes = 0;
  o.until = Date{2020, 1, 1};
  EXPECT_EQ(o.problems().size(), 6U);
  EXPECT_TRUE(SeasonOptions{}.problems().empty());
}

TEST(Season, ShowsWorkWhereTruthSaysItIsAndOnlyThen) {
  SeasonOptions o = small();
  o.width = o.height = 256;
  o.plots = 30;
  o.days = 730;
  o.noise = 0;
  o.supersample = 2;
  const History history(o);
  int seen = 0, large = 0;
  for (const Work& work : history.works()) {
    if (work.area_m2 < 2500) continue;
    ++large;
    // Photographed a day before the start and twice the time to grow after it, under the same sky.
    const Date before = Date::from_days(work.start().days() - std::chrono::days{1});
    const Date after = Date::from_days(work.start().days() + std::chrono::days{2 * work.growth_days});
    const ScenePixels a = photograph(history, clear_sky(before), o), b = photograph(history, clear_sky(after), o);
    const Part& part = work.stages.front().parts.front();
    const Frame& frame = history.base().frame;
    double inside = 0, pixels = 0;
    for (int y = 0; y < o.height; ++y)
      for (int x = 0; x < o.width; ++x) {
        const Point p = frame.to_uv((x + 0.5) * 10, (y + 0.5) * 10);
        if (!inside_ring(part.ring, p.x, p.y)) continue;
        double square = 0;
        for (int band = 0; band < 4; ++band) {
          const std::size_t i = static_cast<std::size_t>((band * o.height + y) * o.width + x);
          square += std::pow((a.reflectance[i] - b.reflectance[i]) / 1e4, 2) / 4;
        }
        inside += square;
        ++pixels;
      }
    seen += std::sqrt(inside / pixels) > 0.015 ? 1 : 0;
  }
  ASSERT_GE(large, 5);
  EXPECT_EQ(seen, large);
}

TEST(Season, ShowsTheSameGroundInEveryScene) {
  SeasonOptions o = small();
  o.site_share = o.event_share = 0;
  const History history(o);
  o.noise = 0;
  const ScenePixels a = photograph(history, clear_sky({2025, 1, 10}, 1), o),
                    b = photograph(history, clear_sky({2025, 1, 15}, 2), o);
  double difference = 0, spread = 0, mean = 0;
  const auto n = static_cast<double>(a.reflectance.size());
  for (const auto v : a.reflectance) mean += v / n;
  for (std::size_t i = 0; i < a.reflectance.size(); ++i) {
    difference += std::pow(a.reflectance[i] - b.reflectance[i], 2) / n;
    spread += std::pow(a.reflectance[i] - mean, 2) / n;
  }
  EXPECT_LT(difference, 0.02 * spread);
  EXPECT_GT(difference, 0);  // the soil dried, the sun rose
}

TEST(Season, MasksMostOfTheCloudsAndSnow) {
  const SeasonOptions o = small();
  const History history(o);
  Acquisition a = clear_sky({2025, 6, 1});
  const auto count = [&](SceneClass wanted) {
    const ScenePixels pixels = photograph(history, a, o);
    return static_cast<double>(
               std::count(pixels.classes.begin(), pixels.classes.end(), static_cast<std::uint8_t>(wanted))) /
           static_cast<double>(pixels.classes.size());
  };
  EXPECT_EQ(count(SceneClass::cloud_high), 0);
  EXPECT_GT(count(SceneClass::vegetation), 0.2);
  EXPECT_GT(count(SceneClass::not_vegetated), 0.2);
  a.cloud_share = 0.5;
  EXPECT_NEAR(count(SceneClass::cloud_high) + count(SceneClass::cloud_medium), 0.5, 0.12);
  EXPECT_GT(count(SceneClass::cloud_shadow), 0.02);
  a = clear_sky({2025, 1, 10});
  a.snow = 1;
  EXPECT_GT(count(SceneClass::snow), 0.9);
}

TEST(Season, CountsTheClearShareOfEachPlot) {
  test::TemporaryFolder folder;
  SeasonOptions o = small();
  o.cloud_share = 0;
  o.scenes = 2;
  write_season(folder.path(), o);
  std::istringstream views(io::read_file(folder.file("views.csv")));
  std::string line;
  std::getline(views, line);
  EXPECT_EQ(line, "plot_code,date,clear_share");
  int rows = 0;
  for (; std::getline(views, line); ++rows) EXPECT_THAT(line, testing::EndsWith(",1.000"));
  EXPECT_EQ(rows, 24);
  const History history(o);
  const Grid grid = district_grid(o.width, o.height, o.pixel_size);
  const auto pixels = plot_pixels(history.base(), grid);
  for (std::size_t i = 0; i < pixels.size(); ++i)
    EXPECT_NEAR(static_cast<double>(pixels[i].size()) * 100, ring_area(history.base().plots[i].ring),
                0.12 * ring_area(history.base().plots[i].ring));
  Acquisition overcast = clear_sky({2025, 6, 1});
  overcast.cloud_share = 0.97;
  for (const double share : clear_shares(pixels, overcast, grid)) EXPECT_LT(share, 0.4);
}

TEST(Season, WritesTruthOfWhatHasBegun) {
  test::TemporaryFolder folder;
  SeasonOptions o = small();
  write_season(folder.path(), o);
  const History history(o);
  const io::VectorLayer sites = io::read_vector(folder.file("truth.gpkg"), "sites");
  const auto json = nlohmann::json::parse(io::read_file(folder.file("truth.json")));
  std::vector<std::string> started;
  for (const Work& work : history.works())
    if (work.start() <= Date{2025, 5, 21}) started.push_back(work.start().iso());
  ASSERT_GE(started.size(), 4U);
  ASSERT_EQ(sites.features.size(), started.size());
  ASSERT_EQ(json["sites"].size(), started.size());
  EXPECT_EQ(json["scenes"].size(), 6U);
  const auto column = [&](const char* name) {
    return static_cast<std::size_t>(std::find(sites.fields.begin(), sites.fields.end(), name) - sites.fields.begin());
  };
  for (std::size_t i = 0; i < started.size(); ++i) {
    const auto& values = sites.features[i].values;
    EXPECT_EQ(std::get<std::string>(values[column("start")]), started[i]);
    EXPECT_EQ(json["sites"][i]["start"], started[i]);
    EXPECT_EQ(json["sites"][i]["stages"][0]["from"], started[i]);
    EXPECT_NEAR(std::get<double>(values[column("pixels")]) * 100, area(sites.features[i].geometry), 1);
  }
  // Cut short, it tells nothing of what comes later.
  test::TemporaryFolder one;
  o.scenes = 1;
  write_season(one.path(), o);
  EXPECT_TRUE(nlohmann::json::parse(io::read_file(one.file("truth.json")))["sites"].empty());
}

}  // namespace
}  // namespace plotwatch::simulate
