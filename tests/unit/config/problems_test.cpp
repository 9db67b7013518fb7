// What a user reads when a configuration is wrong: all of it at once, with place, cause and remedy.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/config.hpp"
#include "config/field_table.hpp"
#include "support/message_of.hpp"
#include "support/temporary_folder.hpp"
#include "support/write_text.hpp"

namespace plotwatch::config {
namespace {

using test::message_of;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string least =
    "[before]\npath = 'a'\n[after]\npath = 'b'\n[plots]\npath = 'p'\n[run]\nout = 'o'\n";  // 8 lines

class ConfigProblems : public testing::Test {
 protected:
  std::string message(const std::string& text, const std::vector<Override>& flags = {}) {
    test::write_text(path_, text);
    return message_of([&] { load(path_, flags); });
  }
  // Every line that the message lists, in order, below the file's name and the count.
  void expect_all(const std::string& text, const std::vector<std::string>& lines,
                  const std::vector<Override>& flags = {}) {
    std::string expected = lines.size() == 1 ? "one problem" : std::to_string(lines.size()) + " problems";
    for (const std::string& line : lines) expected += "\n  " + line;
    EXPECT_EQ(message(text, flags), "[3] " + path_ + ": " + expected +
                                        "\n  docs/configuration.md lists every field with its unit and meaning.");
  }
  std::string at(int line) const { return path_ + ":" + std::to_string(line) + ": "; }

  test::TemporaryFolder folder_;
  std::string path_ = folder_.file("scan.toml");
};

TEST_F(ConfigProblems, TheLeastFileHasNone) { EXPECT_EQ(message(least), "nothing thrown"); }

TEST_F(ConfigProblems, AllAreToldInTheOrderOfTheFile) {
  expect_all(
      "[before]\npth = 'a'\ndate = 'yesterday'\n[chnage]\nfalse_alarm_rate = 1\n[change]\nfalse_alarm_rate = 0.9\n"
      "min_pixels = 'four'\n[run]\nout = 'o'\nworkers = 1.5\n",
      {at(2) + "'before.pth' is no known field, did you mean 'path'?",
       at(3) + "before.date is 'yesterday' and must be a date as 2026-11-23",
       at(4) + "'chnage' is no known section, did you mean 'change'?",
       at(8) + "change.min_pixels must be a whole number, is text",
       at(11) + "run.workers must be a whole number, is a number",
       "before.path is missing: scene: a raster file, a product folder, its metadata file or a STAC item",
       "after.path is missing: scene: a raster file, a product folder, its metadata file or a STAC item",
       "plots.path is missing: register of plots: GeoPackage, Shapefile, GeoJSON, KML, boundary points, upload ZIP",
       path_ + ":7: change.false_alarm_rate must be above 0 and below 0.5"});
}

TEST_F(ConfigProblems, AFieldInTheWrongSectionIsLedHome) {
  expect_all(least + "min_pixels = 4\n",
             {at(9) + "'run.min_pixels' is no known field, did you mean 'change.min_pixels'?"});
  expect_all("path = 'x'\n" + least, {at(1) + "'path' is no known field, did you mean 'before.path'?"});
}

TEST_F(ConfigProblems, SectionsAndValuesAreNotMixedUp) {
  expect_all("change = 3\n" + least, {at(1) + "'change' is a section: write [change]"});
  expect_all("[before.path]\nx = 1\n" + least.substr(19), {at(1) + "before.path must be a path, is a table"});
}

TEST_F(ConfigProblems, RolesAreChecked) {
  expect_all(
      least + "[before.roles]\nrde = 3\n",
      {at(10) + "before.roles 'rde' is none of blue, green, red, red-edge, nir, swir16, swir22, pan, vv, vh, did "
                "you mean 'red'?"});
  expect_all(least + "[before.roles]\nred = 0\n",
             {at(10) + "before.roles red = '0' is neither a band number (3) nor a file and band (\"file.tif:1\")"});
  expect_all(least + "[before.roles]\nred = true\n", {at(10) + "before.roles 'red' must be text or a whole number"});
}

TEST_F(ConfigProblems, RangesAreChecked) {
  expect_all(least + "workers = -1\ntile_size = 4\nmemory_mib = 0\nbudget = 0\nmax_chips = 99999999999\n",
             {at(9) + "run.workers must be 0 to 1024", at(10) + "run.tile_size must be 32 to 16384",
              at(11) + "run.memory_mib must be at least 1", at(12) + "run.budget must be at least 1",
              at(13) + "run.max_chips is 99999999999, which is out of range"});
  for (const char* device : {"gpu", "cuda:x", "simt"})
    expect_all(least + "device = '" + device + "'\n",
               {at(9) + "run.device is '" + device + "' and must be auto, cpu, cuda or cuda:N"});
  expect_all(least + "[grid]\npixel_size = 0\n[mask]\ndilate_m = nan\n",
             {at(10) + "grid.pixel_size must be above 0", at(12) + "mask.dilate_m must be at least 0"});
  expect_all(least + "[registration]\nwindow = 33\nseed = -1\n",
             {at(11) + "registration.seed is -1, which is out of range",
              path_ + ":10: registration.window must be an even number of pixels from 32 to 512"});
}

TEST_F(ConfigProblems, OneOfManyIsSpeltOut) {
  expect_all(least + "[change]\n[mask]\n[grid]\ncrs = ''\n",
             {at(12) + "grid.crs is empty; leave the line out instead"});
  EXPECT_THAT(
      message("[before]\ncalibration = 'surface_reflectance'\n"),
      HasSubstr("before.calibration is 'surface_reflectance' and must be one of digital-number, toa-reflectance, "
                "surface-reflectance, did you mean 'surface-reflectance'?"));
}

TEST_F(ConfigProblems, FieldsMayContradictEachOther) {
  const std::string dated = "[before]\npath = 'a'\ndate = 2003-02-06\n[after]\npath = 'a'\ndate = 2003-02-06\n";
  expect_all(dated + "[plots]\npath = 'p'\n[run]\nout = 'o'\nresume = true\noverwrite = true\n",
             {path_ + ":5: after.path is the before scene too",
              path_ + ":6: after.date 2003-02-06 must be later than before.date 2003-02-06",
              path_ + ":12: run.overwrite and run.resume exclude each other"});
}

TEST_F(ConfigProblems, ARefusedValueDoesNotCountAsMissing) {
  const std::string text = message("[before]\npath = 3\n");
  EXPECT_THAT(text, HasSubstr(at(2) + "before.path must be a path, is a whole number"));
  EXPECT_THAT(text, Not(HasSubstr("before.path is missing")));
}

TEST_F(ConfigProblems, FlagsAreNamedAsTheUserWroteThem) {
  expect_all(
      least,
      {"--after-date: after.date is '2003-13-01' and must be a date as 2026-11-23",
       "--min-pixels: change.min_pixels is 'many' and must be a whole number",
       "--set: 'change.min_pixel' is no field, did you mean 'change.min_pixels'?",
       "--before-role: before.roles 'rad' is none of blue, green, red, red-edge, nir, swir16, swir22, pan, vv, vh, "
       "did you mean 'red'?"},
      {{"after.date", "2003-13-01", "--after-date"},
       {"change.min_pixels", "many", "--min-pixels"},
       {"change.min_pixel", "3", "--set"},
       {"before.roles.rad", "3", "--before-role"}});
}

TEST_F(ConfigProblems, SyntaxErrorsHaveALine) {
  EXPECT_THAT(message("[before]\npath = \n"), StartsWith("[3] " + path_ + ":2: is no valid TOML: "));
  EXPECT_THAT(message("[before]\npath = 'a'\npath = 'b'\n"), StartsWith("[3] " + path_ + ":3: is no valid TOML: "));
}

TEST_F(ConfigProblems, AMissingFileIsSaid) {
  EXPECT_EQ(message_of([&] { load(folder_.file("none.toml"), {}); }),
            "[3] " + folder_.file("none.toml") + ": cannot be read\n  Check the path; configs/ holds worked examples.");
}

TEST_F(ConfigProblems, WithoutAFileTheCommandLineIsNamed) {
  EXPECT_THAT(message_of([&] { load(std::nullopt, {}); }),
              StartsWith("[3] command line: 4 problems\n  before.path is"));
}

// A stage's check names the field it is about; the name must be one of the table, or the line cannot be told.
TEST(StageChecks, BeginWithAFieldOfTheTable) {
  ChangeOptions change;
  change.false_alarm_rate = change.smoothing_px = -1;
  change.seed_fraction = -2;
  change.search_radius = change.min_pixels = change.closing_px = change.max_iterations = -1;
  RegistrationOptions registration;
  registration.max_shift = registration.window = registration.min_tie_points = -1;
  registration.min_reliability = registration.outlier_px = registration.held_out_share = registration.min_improvement =
      -1;
  std::vector<std::string> all = change.problems();
  for (const std::string& problem : registration.problems()) all.push_back(problem);
  EXPECT_GE(all.size(), 14u);
  for (const std::string& problem : all)
    EXPECT_NE(find_field(problem.substr(0, problem.find(' '))), nullptr) << problem;
}

}  // namespace
}  // namespace plotwatch::config
