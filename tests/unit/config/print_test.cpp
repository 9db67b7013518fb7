#include <map>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/config.hpp"
#include "config/field_table.hpp"
#include "support/temporary_folder.hpp"
#include "support/write_text.hpp"

namespace plotwatch::config {
namespace {

using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;

// Every field set to something that is not its default.
const std::vector<Override> everything{{"before.path", "/d/a.tif", "--x"},
                                       {"before.date", "2000-03-17", "--x"},
                                       {"before.sensor", "a \"b\" \\ \n c", "--x"},
                                       {"before.calibration", "toa-reflectance", "--x"},
                                       {"before.scale", "0.1", "--x"},
                                       {"before.offset", "-1e-7", "--x"},
                                       {"before.nodata", "-9999", "--x"},
                                       {"before.mask", "/d/m.tif", "--x"},
                                       {"before.roles.red", "3", "--x"},
                                       {"before.roles.nir", "b 8.tif:1", "--x"},
                                       {"after.path", "/d/b.tif", "--x"},
                                       {"after.date", "2003-02-06", "--x"},
                                       {"after.sensor", "s", "--x"},
                                       {"after.calibration", "toa-reflectance", "--x"},
                                       {"after.scale", "1", "--x"},
                                       {"after.offset", "0", "--x"},
                                       {"after.nodata", "0", "--x"},
                                       {"after.mask", "/d/n.tif", "--x"},
                                       {"after.roles.red", "3", "--x"},
                                       {"plots.path", "/d/p.gpkg", "--x"},
                                       {"plots.layer", "l", "--x"},
                                       {"plots.code_field", "地块代码", "--x"},
                                       {"plots.name_field", "n", "--x"},
                                       {"plots.status_field", "s", "--x"},
                                       {"plots.unit_field", "u", "--x"},
                                       {"plots.status_from_field", "f", "--x"},
                                       {"plots.status_to_field", "t", "--x"},
                                       {"plots.default_status", "listed", "--x"},
                                       {"plots.margin_m", "12.25", "--x"},
                                       {"plots.status_names.调查中", "survey_pending", "--x"},
                                       {"mask.dilate_m", "0", "--x"},
                                       {"grid.crs", "EPSG:4527", "--x"},
                                       {"grid.pixel_size", "10", "--x"},
                                       {"registration.enabled", "false", "--x"},
                                       {"registration.max_shift", "9", "--x"},
                                       {"registration.window", "64", "--x"},
                                       {"registration.min_tie_points", "5", "--x"},
                                       {"registration.min_reliability", "0.25", "--x"},
                                       {"registration.outlier_px", "0.3", "--x"},
                                       {"registration.held_out_share", "0.3", "--x"},
                                       {"registration.min_improvement", "0", "--x"},
                                       {"registration.seed", "12345678901234567", "--x"},
                                       {"change.false_alarm_rate", "1e-5", "--x"},
                                       {"change.seed_fraction", "0.1234567890123456", "--x"},
                                       {"change.smoothing_px", "0", "--x"},
                                       {"change.search_radius", "0", "--x"},
                                       {"change.search_residual_px", "0.5", "--x"},
                                       {"change.min_pixels", "1", "--x"},
                                       {"change.closing_px", "0", "--x"},
                                       {"change.max_iterations", "3", "--x"},
                                       {"run.out", "/d/out", "--x"},
                                       {"run.rules", "/d/r.toml", "--x"},
                                       {"run.whole_scene", "true", "--x"},
                                       {"run.resume", "true", "--x"},
                                       {"run.overwrite", "false", "--x"},
                                       {"run.workers", "2", "--x"},
                                       {"run.tile_size", "256", "--x"},
                                       {"run.device", "cuda:1", "--x"},
                                       {"run.memory_mib", "99", "--x"},
                                       {"run.min_area_m2", "400", "--x"},
                                       {"run.images", "true", "--x"},
                                       {"run.max_chips", "0", "--x"},
                                       {"run.budget", "30", "--x"},
                                       {"run.preset", "none", "--x"},
                                       {"run.exports", "kml,xlsx", "--x"},
                                       {"plots.table", "/d/状态.xlsx", "--x"},
                                       {"plots.sheet", "表1", "--x"},
                                       {"plots.crs", "EPSG:4548", "--x"},
                                       {"plots.permits", "/d/permits.gpkg", "--x"},
                                       {"plots.surroundings", "/d/near.gpkg", "--x"},
                                       {"plots.observations", "/d/candidates.gpkg", "--x"},
                                       {"change.min_distinctness", "1.25", "--x"},
                                       {"change.outline_weight", "0.5", "--x"},
                                       {"change.false_alarms_per_km2", "2.5", "--x"}};

// Every field of two sets of options, as text.
std::map<std::string, std::string> values_of(const ScanOptions& options) {
  std::map<std::string, std::string> values;
  for (const FieldEntry& entry : field_table()) {
    const std::optional<FieldValue> value = entry.get(options);
    values[entry.path] = value ? to_toml(*value) : "not set";
  }
  return values;
}

TEST(Print, ReadsBackToTheSameOptions) {
  const test::TemporaryFolder folder;
  const LoadedOptions loaded = load(std::nullopt, everything);
  for (const FieldEntry& entry : field_table())
    EXPECT_EQ(loaded.origin.at(entry.path), entry.nightly ? "default" : "--x") << entry.path;
  test::write_text(folder.file("printed.toml"), print(loaded));
  const LoadedOptions again = load(folder.file("printed.toml"), {});
  EXPECT_EQ(values_of(again.options), values_of(loaded.options));
}

TEST(Print, DefaultsReadBackToo) {
  const test::TemporaryFolder folder;
  const LoadedOptions loaded = load(std::nullopt, {{"before.path", "/a", "--b"},
                                                   {"after.path", "/b", "--a"},
                                                   {"plots.path", "/p", "--p"},
                                                   {"run.out", "/o", "--o"}});
  test::write_text(folder.file("printed.toml"), print(loaded));
  EXPECT_EQ(values_of(load(folder.file("printed.toml"), {}).options), values_of(loaded.options));
}

TEST(Print, ShowsValueAndOriginOfEveryField) {
  const std::string text = print(load(std::nullopt, everything));
  EXPECT_THAT(text, HasSubstr("\n[change]\nfalse_alarm_rate = 1e-05                                   # --x\n"));
  EXPECT_THAT(text, HasSubstr("\n[before.roles]\nnir = \"b 8.tif:1\""));
  EXPECT_THAT(text, HasSubstr("\"调查中\" = \"survey_pending\""));
  const std::string bare =
      print(load(std::nullopt, {everything[0], everything[10], everything[19], {"run.out", "/d/out", "--out"}}));
  EXPECT_THAT(bare, HasSubstr("# date is not set\n"));
  EXPECT_THAT(bare, HasSubstr("# default\n"));
  for (const FieldEntry& field : field_table()) {
    if (field.nightly) continue;
    const std::string key = field.path.substr(field.path.find('.') + 1);
    EXPECT_THAT(bare,
                AnyOf(HasSubstr(fmt::format("\n{} = ", key)), HasSubstr(fmt::format("\n# {} is not set\n", key))));
  }
}

TEST(Print, RelativePathsAreWrittenInFull) {
  const std::string text = print(load(std::nullopt, {{"before.path", "a.tif", "--b"},
                                                     {"after.path", "b.tif", "--a"},
                                                     {"plots.path", "p", "--p"},
                                                     {"run.out", "o", "--o"}}));
  EXPECT_THAT(text, HasSubstr("\npath = \"/"));
  EXPECT_THAT(text, HasSubstr("/a.tif\""));
}

// A value that is not the default of each field that a night reads.
std::string night_file() {
  std::string text, section;
  for (const FieldEntry& entry : field_table()) {
    if (!entry.nightly) continue;
    if (section_of(entry.path) != section) text += fmt::format("[{}]\n", section = section_of(entry.path));
    const std::string key = key_of(entry.path);
    const bool secret = key.ends_with("secret") || key.ends_with("password");
    switch (entry.type) {
      case FieldType::boolean:
        text += fmt::format("{} = {}\n", key, entry.path == "notify.mail.starttls" ? "false" : "true");
        break;
      case FieldType::integer: text += key + " = 7\n"; break;
      case FieldType::number: text += key + " = 0.625\n"; break;
      case FieldType::text_map: text += key + " = { one = \"/in/*.SAFE\", two = \"/vsis3/bucket/scenes\" }\n"; break;
      default:
        text += fmt::format("{} = \"{}\"\n", key,
                            secret                        ? "env:SECRET"
                            : key.ends_with("url")        ? "https://example.org/a?b=c"
                            : key == "mail.relay"         ? "smtps://mail.example.org:465"
                            : key == "language"           ? "zh+en"
                            : key == "link"               ? "https://example.org/{}"
                            : entry.path == "ledger.path" ? "postgresql://host/db"
                                                          : "/full/path@x");
    }
  }
  return text + "[plots]\npath = \"/p.gpkg\"\n";
}

TEST(Print, ANightReadsBackToTheSameOptions) {
  const test::TemporaryFolder folder;
  test::write_text(folder.file("night.toml"), night_file());
  const LoadedOptions loaded = load(folder.file("night.toml"), {}, Purpose::nightly);
  for (const FieldEntry& entry : field_table())
    EXPECT_EQ(loaded.origin.at(entry.path) == "default", !entry.nightly && entry.path != "plots.path") << entry.path;
  test::write_text(folder.file("printed.toml"), print(loaded, Purpose::nightly));
  const LoadedOptions again = load(folder.file("printed.toml"), {}, Purpose::nightly);
  EXPECT_EQ(values_of(again.options), values_of(loaded.options));
  EXPECT_EQ(again.options.nightly.notify.mail.starttls, false);
  EXPECT_EQ(again.options.nightly.sources.places.at("one"), "/in/*.SAFE");
}

TEST(Print, AScanDoesNotShowWhatOnlyANightReads) {
  const std::string text = print(load(std::nullopt, everything));
  EXPECT_THAT(text, Not(HasSubstr("[ledger]")));
  EXPECT_THAT(text, Not(HasSubstr("webhook")));
}

TEST(Fields, AreCompleteAndUnique) {
  std::set<std::string> paths;
  for (const Field& field : fields()) {
    EXPECT_TRUE(paths.insert(field.path).second) << field.path;
    EXPECT_FALSE(field.type.empty()) << field.path;
    EXPECT_FALSE(field.meaning.empty()) << field.path;
  }
}

TEST(Fields, DefaultsAreThoseOfTheOptions) {
  std::map<std::string, std::string> defaults;
  for (const Field& field : fields()) defaults[field.path] = field.default_value;
  EXPECT_EQ(defaults.at("plots.margin_m"), "200");
  EXPECT_EQ(defaults.at("registration.enabled"), "true");
  EXPECT_EQ(defaults.at("before.date"), "");
  EXPECT_EQ(defaults.at("run.out"), "");
}

}  // namespace
}  // namespace plotwatch::config
