#include "report/layers.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "report/report.hpp"
#include "support/temporary_folder.hpp"
#include "unit/report/fake_scan.hpp"

namespace plotwatch::report {
namespace {

using testing::ElementsAre;

// Layers make their features from the scan, which has to outlive them.
const ScanResult& the_scan() {
  static const ScanResult scan = fake_scan();
  return scan;
}

std::vector<io::Feature> features_of(const io::OutputLayer& layer) {
  std::vector<io::Feature> all;
  layer.each_feature([&](const io::Feature& f, std::size_t) { all.push_back(f); });
  return all;
}

std::vector<std::string> names(const io::OutputLayer& layer) {
  std::vector<std::string> all;
  for (const io::OutputField& f : layer.fields) all.push_back(f.name);
  return all;
}

io::FieldValue value(const io::OutputLayer& layer, std::size_t feature, std::string_view field) {
  const auto at = std::ranges::find(layer.fields, field, &io::OutputField::name) - layer.fields.begin();
  return features_of(layer).at(feature).values.at(static_cast<std::size_t>(at));
}

std::string contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(CandidateLayer, HasTheFieldsThatFormatsPromise) {
  EXPECT_THAT(
      names(candidate_layer(the_scan())),
      ElementsAre("candidate_id", "rank", "severity", "plot_code", "plot_name", "plot_status", "plot_unit",
                  "transition", "transition_zh", "transition_share", "stage", "stage_zh", "first_date", "last_date",
                  "area_m2", "plot_share", "rarity", "distinctness", "mean_score", "peak_score", "confidence",
                  "registration_applied", "registration_residual_px", "rule_id", "reason", "reason_zh", "basis",
                  "basis_verified", "permit", "deadline", "check_unit", "before_scene", "after_scene", "lon", "lat",
                  "pixels", "compactness", "elongation", "width_m", "parts", "holes", "inside_share", "boundary_m",
                  "ndvi_before", "ndvi_after", "ndbi_before", "ndbi_after", "water_before", "water_after",
                  "greenness_before", "greenness_after", "brightness_before", "brightness_after", "contrast_before",
                  "contrast_after", "spectrum_before", "spectrum_after", "cover_before", "cover_after"));
}

TEST(CandidateLayer, ValuesAreRoundedToWhatIsKnown) {
  const ScanResult scan = fake_scan();
  const io::OutputLayer layer = candidate_layer(scan);
  ASSERT_EQ(features_of(layer).size(), 5u);
  EXPECT_EQ(value(layer, 0, "rank"), io::FieldValue(1LL));
  EXPECT_EQ(value(layer, 0, "severity"), io::FieldValue("P0"));
  EXPECT_EQ(value(layer, 0, "plot_code"), io::FieldValue("DX-001"));
  EXPECT_EQ(value(layer, 0, "transition"), io::FieldValue("bare->built"));
  EXPECT_EQ(value(layer, 0, "transition_zh"), io::FieldValue("裸地→建筑或硬化"));
  EXPECT_EQ(value(layer, 0, "transition_share"), io::FieldValue(0.8712));
  EXPECT_EQ(value(layer, 0, "first_date"), io::FieldValue("2025-09-14"));
  EXPECT_EQ(value(layer, 0, "area_m2"), io::FieldValue(30400.0));
  EXPECT_EQ(value(layer, 0, "mean_score"), io::FieldValue(0.6923));
  EXPECT_EQ(value(layer, 0, "basis_verified"), io::FieldValue(1LL));
  EXPECT_EQ(value(layer, 0, "lon"), io::FieldValue(116.3481235));
  EXPECT_EQ(value(layer, 0, "stage"), io::FieldValue("building"));
  EXPECT_EQ(value(layer, 0, "stage_zh"), io::FieldValue("建筑或硬化地面"));
  EXPECT_EQ(value(layer, 0, "compactness"), io::FieldValue(0.7123));
  EXPECT_EQ(value(layer, 0, "boundary_m"), io::FieldValue(4.2));
  EXPECT_EQ(value(layer, 0, "ndvi_after"), io::FieldValue(0.0512));
  EXPECT_EQ(value(layer, 0, "ndbi_after"), io::FieldValue());  // no short-wave infrared band
  EXPECT_EQ(value(layer, 0, "spectrum_before"), io::FieldValue("red=0.0812 nir=0.31"));
  EXPECT_EQ(value(layer, 0, "cover_after"), io::FieldValue("bare=0.10 built=0.90"));
  EXPECT_EQ(value(layer, 4, "spectrum_before"), io::FieldValue());
  EXPECT_EQ(features_of(layer)[0].geometry, scan.candidates[0].geometry);
}

TEST(CandidateLayer, UnknownIsNullNeverZero) {
  ScanResult scan = fake_scan();
  scan.candidates[4].first_date.reset();
  scan.candidates[4].confidence = std::numeric_limits<double>::quiet_NaN();
  const io::OutputLayer layer = candidate_layer(scan);
  for (const char* field : {"plot_code", "plot_unit", "first_date", "confidence", "basis"})
    EXPECT_EQ(value(layer, 4, field), io::FieldValue()) << field;
}

TEST(PlotLayer, HasTheFieldsThatFormatsPromise) {
  EXPECT_THAT(
      names(plot_layer(the_scan())),
      ElementsAre("code", "name", "status", "unit", "status_from", "district_code", "district_name", "observable",
                  "cause", "cause_zh", "clear_share", "changed_share", "candidates", "before_clear_share",
                  "after_clear_share", "last_clear", "days_since_clear", "vegetation_before", "bare_before",
                  "built_before", "water_before", "vegetation_after", "bare_after", "built_after", "water_after",
                  "vegetation_change", "bare_change", "built_change", "water_change", "pixels"));
}

TEST(PlotLayer, WhatWasNotSeenHasNoChangedShare) {
  const io::OutputLayer layer = plot_layer(the_scan());
  ASSERT_EQ(features_of(layer).size(), 12u);
  EXPECT_EQ(value(layer, 0, "changed_share"), io::FieldValue(0.12));
  EXPECT_EQ(value(layer, 0, "cause"), io::FieldValue());
  EXPECT_EQ(value(layer, 6, "observable"), io::FieldValue(0LL));
  EXPECT_EQ(value(layer, 6, "cause"), io::FieldValue("cloud shadow"));
  EXPECT_EQ(value(layer, 6, "cause_zh"), io::FieldValue("云影遮挡"));
  EXPECT_EQ(value(layer, 6, "changed_share"), io::FieldValue());
}

TEST(PlotLayer, SharesOfCoverAndTheirChange) {
  ScanResult scan = fake_scan();
  scan.plots[0].observation.before_cover = {0, 0.75, 0.25, 0, 0};
  scan.plots[0].observation.after_cover = {0, 0.25, 0.25, 0.5, 0};
  const io::OutputLayer layer = plot_layer(scan);
  EXPECT_EQ(value(layer, 0, "vegetation_before"), io::FieldValue(0.75));
  EXPECT_EQ(value(layer, 0, "built_after"), io::FieldValue(0.5));
  EXPECT_EQ(value(layer, 0, "vegetation_change"), io::FieldValue(-0.5));
  EXPECT_EQ(value(layer, 0, "water_change"), io::FieldValue(0.0));
  EXPECT_EQ(value(layer, 6, "built_after"), io::FieldValue());
  EXPECT_EQ(value(layer, 6, "built_change"), io::FieldValue());
}

TEST(Layers, EveryFeatureHasAValueAFieldOfTheFieldsType) {
  for (const io::OutputLayer& layer : {candidate_layer(the_scan()), plot_layer(the_scan())})
    for (const io::Feature& feature : features_of(layer)) {
      ASSERT_EQ(feature.values.size(), layer.fields.size());
      for (std::size_t i = 0; i < layer.fields.size(); ++i) {
        const std::size_t held = feature.values[i].index();
        EXPECT_TRUE(held == 0 || held == 1 + static_cast<std::size_t>(layer.fields[i].type)) << layer.fields[i].name;
      }
    }
}

class WrittenLayers : public testing::Test {
 protected:
  test::TemporaryFolder folder;
};

TEST_F(WrittenLayers, GeoPackageHoldsBothLayersAndTheirStyles) {
  const auto path = folder.path() / "candidates.gpkg";
  write_layers(path, folder.path() / "other.geojson", fake_scan());
  const io::VectorLayer candidates = io::read_vector(path.string(), "candidates"),
                        plots = io::read_vector(path.string(), "plots");
  ASSERT_EQ(candidates.features.size(), 5u);
  ASSERT_EQ(plots.features.size(), 12u);
  EXPECT_EQ(candidates.fields, names(candidate_layer(the_scan())));
  EXPECT_EQ(plots.fields, names(plot_layer(the_scan())));
  EXPECT_NE(contents(path).find("categorizedSymbol"), std::string::npos);
}

TEST_F(WrittenLayers, SameScanSameBytes) {
  write_layers(folder.path() / "a.gpkg", folder.path() / "a.geojson", fake_scan());
  write_layers(folder.path() / "b.gpkg", folder.path() / "b.geojson", fake_scan());
  EXPECT_EQ(contents(folder.path() / "a.gpkg"), contents(folder.path() / "b.gpkg"));
}

TEST_F(WrittenLayers, GeoJsonHasTheSamePropertiesInDegrees) {
  const auto path = folder.path() / "candidates.geojson";
  write_layers(folder.path() / "other.gpkg", path, fake_scan());
  const auto json = nlohmann::json::parse(contents(path));
  ASSERT_EQ(json.at("features").size(), 5u);
  const auto& first = json.at("features").at(0);
  for (const std::string& field : names(candidate_layer(the_scan())))
    EXPECT_TRUE(first.at("properties").contains(field)) << field;
  EXPECT_EQ(first.at("properties").at("reason_zh"), "名录内地块修复目标未达成，疑似出现建筑或硬化地面。");
  EXPECT_TRUE(json.at("features").at(4).at("properties").at("plot_code").is_null());
  auto at = first.at("geometry").at("coordinates");
  while (at.at(0).is_array()) at = at.at(0);
  EXPECT_NEAR(at.at(0).get<double>(), 116.34, 0.02);
  EXPECT_NEAR(at.at(1).get<double>(), 39.74, 0.02);
}

}  // namespace
}  // namespace plotwatch::report
