#include <filesystem>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "io/crs.hpp"
#include "io/vector.hpp"
#include "support/temporary_folder.hpp"

namespace plotwatch::io {
namespace {

using test::TemporaryFolder;

OutputLayer layer_with(const MultiPolygon& geometry, const Crs& crs) {
  OutputLayer layer;
  layer.name = "candidates";
  layer.crs = crs;
  layer.fields = {{"id", FieldType::text, ""}, {"rank", FieldType::integer, ""}, {"share", FieldType::real, ""}};
  layer.features = {{0, {std::string("a \"b\"\n地"), 1LL, 0.25}, geometry, "", false}};
  return layer;
}

TEST(GeoJson, IsWrittenToTheLetter) {
  const TemporaryFolder folder;
  const Ring outer{{0, 0}, {3, 0}, {3, 3}, {0, 3}, {0, 0}}, hole{{1, 1}, {1, 2}, {2, 2}, {1, 1}};
  OutputLayer layer = layer_with({{outer, {hole}}}, lonlat_crs());
  layer.features.push_back(
      {0, {std::monostate{}, std::monostate{}, std::numeric_limits<double>::quiet_NaN()}, {}, "", false});
  write_geojson(folder.file("a.geojson"), layer);
  EXPECT_EQ(
      read_file(folder.file("a.geojson")),
      "{\"type\":\"FeatureCollection\",\"features\":[\n"
      "{\"type\":\"Feature\",\"id\":1,\"properties\":{\"id\":\"a "
      "\\\"b\\\"\\n地\",\"rank\":1,\"share\":0.25},\"geometry\":"
      "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[3,0],[3,3],[0,3],[0,0]],[[1,1],[1,2],[2,2],[1,1]]]}},\n"
      "{\"type\":\"Feature\",\"id\":2,\"properties\":{\"id\":null,\"rank\":null,\"share\":null},\"geometry\":null}\n"
      "],\"bbox\":[0,0,3,3]}\n");
}

TEST(GeoJson, BringsCoordinatesToLonLatWithSevenDecimals) {
  const TemporaryFolder folder;
  const double x = 39443418.473, y = 4399758.681;
  write_geojson(folder.file("a.geojson"),
                layer_with({{{{x, y}, {x + 60, y}, {x + 60, y + 40}, {x, y}}, {}}}, crs_from_user_input("EPSG:4527")));
  const std::string text = read_file(folder.file("a.geojson"));
  EXPECT_NE(text.find("[[[116.34,39.73],[116.3406998,39.730004],"), std::string::npos) << text;
  EXPECT_EQ(text.find("crs"), std::string::npos);
  const VectorLayer back = read_vector(folder.file("a.geojson"));
  EXPECT_NEAR(back.features.at(0).geometry.at(0).outer.at(0).x, 116.34, 1e-12);
}

TEST(GeoJson, OuterRingsRunCounterClockwiseWhateverCame) {
  const TemporaryFolder folder;
  write_geojson(folder.file("a.geojson"), layer_with({{{{0, 0}, {0, 3}, {3, 3}, {0, 0}}, {}}}, lonlat_crs()));
  EXPECT_NE(read_file(folder.file("a.geojson")).find("[[[0,0],[3,3],[0,3],[0,0]]]"), std::string::npos);
}

TEST(GeoJson, SeveralPartsAreAMultiPolygonAndSliversVanish) {
  const TemporaryFolder folder;
  const Ring a{{0, 0}, {1, 0}, {1, 1}, {0, 0}}, b{{5, 5}, {6, 5}, {6, 6}, {5, 5}},
      sliver{{7, 7}, {7 + 1e-9, 7}, {7, 7 + 1e-9}, {7, 7}};
  write_geojson(folder.file("a.geojson"), layer_with({{a, {}}, {b, {}}, {sliver, {}}}, lonlat_crs()));
  EXPECT_NE(
      read_file(folder.file("a.geojson"))
          .find(
              "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0,0],[1,0],[1,1],[0,0]]],[[[5,5],[6,5],[6,6],[5,5]]]]}"),
      std::string::npos);
}

TEST(GeoJson, NoFeaturesIsAnEmptyCollection) {
  const TemporaryFolder folder;
  OutputLayer layer = layer_with({}, lonlat_crs());
  layer.features.clear();
  write_geojson(folder.file("a.geojson"), layer);
  EXPECT_EQ(read_file(folder.file("a.geojson")), "{\"type\":\"FeatureCollection\",\"features\":[\n\n]}\n");
}

TEST(GeoJson, ErrorsAreTyped) {
  const TemporaryFolder folder;
  const OutputLayer layer = layer_with({}, lonlat_crs());
  try {
    write_geojson(folder.file("missing/a.geojson"), layer);
    FAIL();
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ExitCode::output);
  }
  const double far = 1e12;
  try {
    write_geojson(folder.file("a.geojson"),
                  layer_with({{{{far, 0}, {far + 1, 0}, {far, 1}, {far, 0}}, {}}}, crs_from_user_input("EPSG:4527")));
    FAIL();
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ExitCode::mismatch);
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace plotwatch::io
