#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>
#include <thread>

#include <sys/resource.h>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "io/crs.hpp"
#include "io/vector.hpp"
#include "support/make_vector.hpp"
#include "support/temporary_folder.hpp"

namespace plotwatch::io {
namespace {

using test::TemporaryFolder;

Ring rectangle(double x0, double y0, double x1, double y1) {
  return {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}};
}

std::vector<OutputLayer> two_layers(int features = 40) {
  OutputLayer candidates;
  candidates.name = "candidates";
  candidates.description = "suspected construction";
  candidates.crs = crs_from_user_input("EPSG:4527");
  candidates.fields = {{"id", FieldType::text, "stable for the same inputs"},
                       {"rank", FieldType::integer, "1 = visit first; it's 'the' order"},
                       {"area_m2", FieldType::real, ""}};
  candidates.qgis_style = "<qgis version=\"3.28\"/>";
  for (int i = 0; i < features; ++i) {
    Feature f;
    const double x = 39443400 + 70.0 * i;
    f.values = {"c" + std::to_string(i), static_cast<long long>(i), 0.1 * i};
    f.geometry = {{rectangle(x, 4399700, x + 60, 4399740), {}}};
    candidates.features.push_back(f);
  }
  candidates.features.push_back({0, {std::monostate{}, std::monostate{}, std::monostate{}}, {}, "", false});
  OutputLayer plots = candidates;
  plots.name = "plots";
  plots.fields[0].comment.clear();
  return {candidates, plots};
}

GDALDatasetUniquePtr open(const std::string& path) {
  return GDALDatasetUniquePtr(GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR));
}

// All rows of a query as text, columns parted by '|'.
std::vector<std::string> query(const std::string& path, const std::string& sql) {
  const GDALDatasetUniquePtr dataset = open(path);
  std::vector<std::string> rows;
  OGRLayer* result = dataset->ExecuteSQL(sql.c_str(), nullptr, "SQLITE");
  if (!result) return {};
  while (const OGRFeatureUniquePtr f{result->GetNextFeature()}) {
    std::string row;
    for (int i = 0; i < f->GetFieldCount(); ++i) {
      if (i) row += '|';
      row += f->GetFieldAsString(i);
    }
    rows.push_back(row);
  }
  dataset->ReleaseResultSet(result);
  return rows;
}

// Tables that OGR does not show as layers need GeoPackage's own SQL.
std::vector<std::string> raw_query(const std::string& path, const std::string& sql) {
  const GDALDatasetUniquePtr dataset = open(path);
  std::vector<std::string> rows;
  OGRLayer* result = dataset->ExecuteSQL(sql.c_str(), nullptr, nullptr);
  if (!result) return {};  // no rows
  while (const OGRFeatureUniquePtr f{result->GetNextFeature()}) rows.emplace_back(f->GetFieldAsString(0));
  dataset->ReleaseResultSet(result);
  return rows;
}

TEST(GeoPackage, IsReadBackAsWritten) {
  const TemporaryFolder folder;
  const std::string path = folder.file("out.gpkg");
  const auto layers = two_layers();
  write_geopackage(path, layers);
  for (const OutputLayer& expected : layers) {
    const VectorLayer layer = read_vector(path, expected.name);
    EXPECT_TRUE(same_crs(layer.crs, expected.crs));
    ASSERT_EQ(layer.features.size(), expected.features.size());
    for (std::size_t i = 0; i < layer.features.size(); ++i) {
      EXPECT_EQ(layer.features[i].id, static_cast<long long>(i) + 1);
      EXPECT_EQ(layer.features[i].values, expected.features[i].values);
      EXPECT_EQ(layer.features[i].geometry, expected.features[i].geometry);
    }
  }
}

TEST(GeoPackage, SameLayersGiveTheSameBytesWhenever) {
  const TemporaryFolder folder;
  write_geopackage(folder.file("first.gpkg"), two_layers());
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));
  write_geopackage(folder.file("second.gpkg"), two_layers());
  EXPECT_TRUE(read_file(folder.file("first.gpkg")) == read_file(folder.file("second.gpkg")));
}

TEST(GeoPackage, CarriesIndexDescriptionsAndStyle) {
  const TemporaryFolder folder;
  const std::string path = folder.file("out.gpkg");
  write_geopackage(path, two_layers());
  EXPECT_EQ(raw_query(path, "SELECT count(*) FROM rtree_candidates_geom").at(0), "40");
  EXPECT_EQ(raw_query(path, "SELECT description FROM gpkg_contents WHERE table_name = 'candidates'").at(0),
            "suspected construction");
  EXPECT_EQ(
      raw_query(path,
                "SELECT description FROM gpkg_data_columns WHERE table_name = 'candidates' AND column_name = 'rank'")
          .at(0),
      "1 = visit first; it's 'the' order");
  EXPECT_EQ(raw_query(path, "SELECT count(*) FROM gpkg_data_columns").at(0), "3");
  EXPECT_EQ(raw_query(path, "SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = 'plots'").at(0), "4527");
  EXPECT_EQ(raw_query(path, "SELECT data_type FROM gpkg_contents WHERE table_name = 'layer_styles'").at(0),
            "attributes");
  // The question QGIS asks for a layer's default style.
  EXPECT_EQ(query(path,
                  "SELECT styleName, styleQML, useAsDefault FROM layer_styles WHERE f_table_schema = '' AND "
                  "f_table_name = 'plots' "
                  "AND f_geometry_column = 'geom' ORDER BY useAsDefault DESC, update_time DESC")
                .at(0),
            "plotwatch|<qgis version=\"3.28\"/>|1");
  EXPECT_EQ(raw_query(path, "PRAGMA integrity_check").at(0), "ok");
  EXPECT_EQ(raw_query(path, "PRAGMA foreign_key_check").size(), 0u);
}

TEST(GeoPackage, ReplacesAndLeavesNothingBeside) {
  const TemporaryFolder folder;
  const std::string path = folder.file("out.gpkg");
  write_file(path, "an older file");
  write_geopackage(path, two_layers());
  EXPECT_EQ(read_vector(path, "plots").features.size(), 41u);
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) files += entry.exists();
  EXPECT_EQ(files, 1);
}

TEST(GeoPackage, LayersWithoutFeaturesAreLayersToo) {
  const TemporaryFolder folder;
  OutputLayer layer;
  layer.name = "candidates";
  layer.crs = crs_from_user_input("EPSG:32651");
  layer.fields = {{"id", FieldType::text, ""}};
  write_geopackage(folder.file("out.gpkg"), {layer});
  const VectorLayer back = read_vector(folder.file("out.gpkg"));
  EXPECT_TRUE(back.features.empty());
  EXPECT_EQ(back.fields, std::vector<std::string>{"id"});
}

TEST(GeoPackage, UnregisteredCrsSurvives) {
  const TemporaryFolder folder;
  auto layers = two_layers(1);
  layers.resize(1);
  layers[0].crs = crs_from_user_input("+proj=tmerc +lon_0=116.3503 +k=1 +x_0=500000 +ellps=GRS80 +units=m");
  write_geopackage(folder.file("out.gpkg"), layers);
  EXPECT_TRUE(same_crs(read_vector(folder.file("out.gpkg")).crs, layers[0].crs));
}

void expect_output_error(const std::string& path, const std::vector<OutputLayer>& layers) {
  try {
    write_geopackage(path, layers);
    FAIL() << "written to " << path;
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ExitCode::output) << e.what();
    EXPECT_EQ(e.where(), path);
  }
}

TEST(GeoPackage, UnwritablePlaceIsAnOutputError) {
  const TemporaryFolder folder;
  expect_output_error(folder.file("missing/out.gpkg"), two_layers());
  write_file(folder.file("plain"), "a file");
  expect_output_error(folder.file("plain/out.gpkg"), two_layers());
}

// A limit on file size stands for a full disk: writes begin to fail half way.
TEST(GeoPackage, FullDiskIsAnOutputErrorAndLeavesNothing) {
  const TemporaryFolder folder;
  const auto layers = two_layers(3000);
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  for (const rlim_t limit : {rlim_t{4096}, rlim_t{65536}, rlim_t{300000}}) {
    const rlimit small{limit, before.rlim_max};
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
    expect_output_error(folder.file("out.gpkg"), layers);
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path())) << limit;
  }
  std::signal(SIGXFSZ, handler);
}

TEST(GeoPackage, WrongNumberOfValuesIsADefect) {
  const TemporaryFolder folder;
  auto layers = two_layers(1);
  layers[0].features[0].values.pop_back();
  EXPECT_THROW(write_geopackage(folder.file("out.gpkg"), layers), Error);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace plotwatch::io
