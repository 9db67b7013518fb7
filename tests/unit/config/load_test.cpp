#include <cmath>

#include <gtest/gtest.h>

#include "config/config.hpp"
#include "support/temporary_folder.hpp"
#include "support/write_text.hpp"

namespace plotwatch::config {
namespace {

// The least that a scan needs, as flags.
const std::vector<Override> least{{"before.path", "a.tif", "--before"},
                                  {"after.path", "b.tif", "--after"},
                                  {"plots.path", "p.gpkg", "--plots"},
                                  {"run.out", "out", "--out"}};

std::vector<Override> least_and(std::vector<Override> more) {
  std::vector<Override> all = least;
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

class Load : public testing::Test {
 protected:
  LoadedOptions file(const std::string& text, const std::vector<Override>& flags = {}) {
    test::write_text(path_, text);
    return load(path_, flags);
  }
  std::string at(int line) const { return path_ + ":" + std::to_string(line); }

  test::TemporaryFolder folder_;
  std::string path_ = folder_.file("scan.toml");
};

TEST_F(Load, EveryTypeOfField) {
  const ScanOptions o = file(R"(
[before]
path = "a.tif"
date = 2000-03-17
scale = 0.0001
offset = -0.1
nodata = 0
calibration = "surface-reflectance"
mask = "../mask.tif"
[before.roles]
red = 3
red-edge = "b5.tif:1"
[after]
path = "/data/b.tif"
date = "2003-02-06"
[plots]
path = "plots.gpkg"
default_status = "listed"
[plots.status_names]
"调查中" = "survey_pending"
[mask]
dilate_m = 45.5
[registration]
enabled = false
seed = 7
[change]
smoothing_px = 2
[run]
out = "out"
workers = 3
memory_mib = 1024
budget = 12
)")
                            .options;
  const std::string folder = folder_.path().string();
  EXPECT_EQ(o.before.path, folder + "/a.tif");
  EXPECT_EQ(o.before.date, (Date{2000, 3, 17}));
  EXPECT_EQ(o.before.scale, 0.0001);
  EXPECT_EQ(o.before.offset, -0.1);
  EXPECT_EQ(o.before.nodata, 0.0);
  EXPECT_EQ(o.before.calibration, "surface-reflectance");
  EXPECT_EQ(o.before.mask, folder_.path().parent_path().string() + "/mask.tif");
  EXPECT_EQ(o.before.roles, (std::map<std::string, std::string>{{"red", "3"}, {"red-edge", "b5.tif:1"}}));
  EXPECT_EQ(o.after.path, "/data/b.tif");
  EXPECT_EQ(o.after.date, (Date{2003, 2, 6}));
  EXPECT_FALSE(o.after.scale.has_value());
  EXPECT_EQ(o.plots.default_status, "listed");
  EXPECT_EQ(o.plots.status_names.at("调查中"), "survey_pending");
  EXPECT_EQ(o.mask.dilate_m, 45.5);
  EXPECT_FALSE(o.registration.enabled);
  EXPECT_EQ(o.registration.seed, 7u);
  EXPECT_EQ(o.change.smoothing_px, 2.0);
  EXPECT_EQ(o.run.out, folder + "/out");
  EXPECT_EQ(o.run.workers, 3);
  EXPECT_EQ(o.run.memory_mib, 1024u);
  EXPECT_EQ(o.run.budget, 12);
}

TEST_F(Load, WhatIsNotGivenKeepsItsDefault) {
  const ScanOptions o = load(std::nullopt, least).options, d;
  EXPECT_EQ(o.change.false_alarm_rate, d.change.false_alarm_rate);
  EXPECT_EQ(o.run.memory_mib, d.run.memory_mib);
  EXPECT_EQ(o.registration.window, d.registration.window);
  EXPECT_FALSE(o.run.budget.has_value());
}

TEST_F(Load, FlagsOverrideTheFileAndOriginsSayFromWhere) {
  const LoadedOptions loaded = file("[change]\nfalse_alarm_rate = 0.001\nmin_pixels = 9\n",
                                    least_and({{"change.min_pixels", "2", "--min-pixels"}}));
  EXPECT_EQ(loaded.options.change.false_alarm_rate, 0.001);
  EXPECT_EQ(loaded.options.change.min_pixels, 2);
  EXPECT_EQ(loaded.origin.at("change.false_alarm_rate"), at(2));
  EXPECT_EQ(loaded.origin.at("change.min_pixels"), "--min-pixels");
  EXPECT_EQ(loaded.origin.at("change.closing_px"), "default");
  EXPECT_EQ(loaded.origin.at("before.path"), "--before");
}

TEST_F(Load, PathsAfterAFlagAreRelativeToTheWorkingFolder) { EXPECT_EQ(file("", least).options.before.path, "a.tif"); }

TEST_F(Load, FlagsTakeTextWithAndWithoutQuotes) {
  const ScanOptions o = load(std::nullopt, least_and({{"before.sensor", "Landsat 7 ETM+", "--before-sensor"},
                                                      {"after.sensor", "\"GF-1\"", "--after-sensor"},
                                                      {"before.date", "2000-03-17", "--before-date"},
                                                      {"run.whole_scene", "true", "--whole-scene"},
                                                      {"before.nodata", "nan", "--before-nodata"}}))
                            .options;
  EXPECT_EQ(o.before.sensor, "Landsat 7 ETM+");
  EXPECT_EQ(o.after.sensor, "GF-1");
  EXPECT_EQ(o.before.date, (Date{2000, 3, 17}));
  EXPECT_TRUE(o.run.whole_scene);
  EXPECT_TRUE(std::isnan(*o.before.nodata));
}

TEST_F(Load, RolesOfFileAndFlagsAddUp) {
  const LoadedOptions loaded =
      file("[before]\nroles = { red = 3, nir = 4 }\n",
           least_and({{"before.roles.nir", "8", "--before-role"}, {"before.roles", "{ blue = 1 }", "--before-roles"}}));
  EXPECT_EQ(loaded.options.before.roles,
            (std::map<std::string, std::string>{{"blue", "1"}, {"nir", "8"}, {"red", "3"}}));
  EXPECT_EQ(loaded.origin.at("before.roles.red"), at(2));
  EXPECT_EQ(loaded.origin.at("before.roles.nir"), "--before-role");
}

TEST_F(Load, AWholeSceneNeedsNoPlots) {
  std::vector<Override> flags = least_and({{"run.whole_scene", "true", "--whole-scene"}});
  std::erase_if(flags, [](const Override& o) { return o.field == "plots.path"; });
  EXPECT_NO_THROW(load(std::nullopt, flags));
}

TEST_F(Load, APlanNeedsNoPlaceForResults) {
  std::vector<Override> flags = least;
  std::erase_if(flags, [](const Override& o) { return o.field == "run.out"; });
  EXPECT_NO_THROW(load(std::nullopt, flags, Purpose::plan));
  EXPECT_THROW(load(std::nullopt, flags, Purpose::scan), std::exception);
}

}  // namespace
}  // namespace plotwatch::config
