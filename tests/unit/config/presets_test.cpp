#include "config/presets.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/config.hpp"
#include "support/expect_error.hpp"
#include "support/temporary_folder.hpp"
#include "support/write_text.hpp"

namespace plotwatch::config {
namespace {

using testing::HasSubstr;

const std::string ours = PLOTWATCH_SOURCE_DIR "/configs/sensors";

std::string of(double metres) {
  for (const Preset& p : read_presets(ours))
    if (p.suits(metres)) return p.name;
  return "none";
}

TEST(Presets, EverySensorFindsItsOwn) {
  EXPECT_EQ(of(0.5), "submetre");
  EXPECT_EQ(of(1), "submetre");
  EXPECT_EQ(of(2), "multispectral-3m");
  EXPECT_EQ(of(4), "multispectral-3m");
  EXPECT_EQ(of(10), "sentinel2-10m");
  EXPECT_EQ(of(20), "sentinel2-10m");
  EXPECT_EQ(of(30), "landsat-30m");
  EXPECT_EQ(of(1000), "none");
}

TEST(Presets, LoadAndGiveWayToFileAndFlags) {
  test::TemporaryFolder folder;
  const std::string preset = folder.file("fine.toml"), file = folder.file("scan.toml");
  test::write_text(
      preset,
      "[preset]\ntitle = \"fine\"\ntitle_zh = \"高分\"\nfrom_m = 0\nbelow_m = 2\n[change]\nmin_pixels = 50\n"
      "closing_px = 2\nsmoothing_px = 2.0\n");
  test::write_text(file,
                   "[before]\npath = \"a.tif\"\n[after]\npath = \"b.tif\"\n[plots]\npath = \"p.gpkg\"\n"
                   "[run]\nout = \"o\"\n[change]\nclosing_px = 3\n");
  const LoadedOptions loaded = load(file, {{"change.smoothing_px", "0.5", "--set"}}, Purpose::scan, preset);
  EXPECT_EQ(loaded.options.change.min_pixels, 50);
  EXPECT_EQ(loaded.options.change.closing_px, 3);
  EXPECT_EQ(loaded.options.change.smoothing_px, 0.5);
  EXPECT_THAT(loaded.origin.at("change.min_pixels"), HasSubstr("fine.toml:7"));
  EXPECT_THAT(loaded.origin.at("change.closing_px"), HasSubstr("scan.toml"));
  EXPECT_EQ(loaded.origin.at("change.smoothing_px"), "--set");
}

TEST(Presets, EveryOneThatComesWithPlotwatchLoads) {
  test::TemporaryFolder folder;
  const std::string file = folder.file("scan.toml");
  test::write_text(file,
                   "[before]\npath = \"a.tif\"\n[after]\npath = \"b.tif\"\n[plots]\npath = \"p.gpkg\"\n"
                   "[run]\nout = \"o\"\n");
  for (const Preset& p : read_presets(ours)) EXPECT_NO_THROW(load(file, {}, Purpose::scan, p.file)) << p.name;
}

TEST(Presets, EveryProblemIsTold) {
  test::TemporaryFolder folder;
  const auto refused = [&] {
    return test::fact_of_error(ExitCode::config, [&] { read_presets(folder.path().string()); });
  };
  EXPECT_THAT(refused(), HasSubstr("there is no preset"));
  test::write_text(folder.file("a.toml"), "[preset]\ntitle = \"a\"\ntitle_zh = \"a\"\nfrom_m = 1\nbelow_m = 5\n");
  test::write_text(folder.file("b.toml"), "[preset]\ntitle = \"b\"\ntitle_zh = \"b\"\nfrom_m = 4\nbelow_m = 9\n");
  test::write_text(folder.file("c.toml"), "[preset]\ntitel = \"c\"\nfrom_m = 9\nbelow_m = 9\n");
  test::write_text(folder.file("d.toml"), "[change]\nmin_pixels = 3\n");
  const std::string fact = refused();
  EXPECT_THAT(fact, HasSubstr("its range overlaps that of a"));
  EXPECT_THAT(fact, HasSubstr("did you mean 'title'"));
  EXPECT_THAT(fact, HasSubstr("from_m and below_m"));
  EXPECT_THAT(fact, HasSubstr("there is no [preset] section"));
}

}  // namespace
}  // namespace plotwatch::config
