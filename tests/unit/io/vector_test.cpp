#include "io/vector.hpp"

#include <cstdio>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "io/crs.hpp"
#include "io/geometry_ops.hpp"
#include "support/make_vector.hpp"
#include "support/temporary_folder.hpp"

namespace plotwatch::io {
namespace {

using test::make_vector;
using test::TemporaryFolder;
using test::VectorFile;

constexpr const char* square =
    "POLYGON((39443400 4399700,39443460 4399700,39443460 4399740,39443400 4399740,39443400 4399700))";

std::string input_error_of(const std::string& path, const std::optional<std::string>& layer = std::nullopt) {
  try {
    read_vector(path, layer);
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ExitCode::input);
    EXPECT_FALSE(e.advice().empty());
    return e.what();
  }
  return "no error";
}

TEST(ReadVector, FieldsOfEveryType) {
  const TemporaryFolder folder;
  VectorFile file;
  file.fields = {
      {"code", OFTString}, {"count", OFTInteger64}, {"share", OFTReal}, {"from", OFTDate}, {"seen", OFTDateTime}};
  file.rows = {{{"DX-001", "7", "0.25", "2026/02/28", "2026/02/28 10:30:00+00"}, square}, {{}, square}};
  make_vector(folder.file("a.gpkg"), file);

  const VectorLayer layer = read_vector(folder.file("a.gpkg"));
  EXPECT_EQ(layer.name, "plots");
  EXPECT_EQ(layer.fields, (std::vector<std::string>{"code", "count", "share", "from", "seen"}));
  EXPECT_EQ(epsg_code(layer.crs), 4527);
  ASSERT_EQ(layer.features.size(), 2u);
  const Feature& f = layer.features[0];
  EXPECT_EQ(f.id, 1);
  EXPECT_EQ(f.values[0], FieldValue("DX-001"));
  EXPECT_EQ(f.values[1], FieldValue(7LL));
  EXPECT_EQ(f.values[2], FieldValue(0.25));
  EXPECT_EQ(f.values[3], FieldValue("2026-02-28"));
  EXPECT_EQ(f.values[4], FieldValue("2026-02-28T10:30:00Z"));
  for (const FieldValue& value : layer.features[1].values) EXPECT_TRUE(std::holds_alternative<std::monostate>(value));
  // x is east although EPSG:4527 has its north axis first.
  EXPECT_EQ(bounds(f.geometry), (Box{39443400, 4399700, 39443460, 4399740}));
  EXPECT_TRUE(f.geometry_problem.empty());
}

TEST(ReadVector, EveryKindOfGeometryBecomesValidPolygons) {
  const TemporaryFolder folder;
  VectorFile file;
  file.rows = {{{}, "POLYGON Z((0 0 9,0 2 9,2 2 9,2 0 9,0 0 9))"},  // clockwise, 3-D
               {{}, "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))"},
               {{}, "GEOMETRYCOLLECTION(POLYGON((0 0,1 0,1 1,0 0)),LINESTRING(0 0,9 9))"},
               {{}, "CURVEPOLYGON(CIRCULARSTRING(0 0,1 1,2 0,1 -1,0 0))"},
               {{}, "POLYGON((10 10,12 12,12 10,10 12,10 10))"},                       // bow tie
               {{}, "MULTIPOLYGON(((0 0,2 0,2 2,0 2,0 0)),((1 1,3 1,3 3,1 3,1 1)))"},  // overlapping parts
               {{}, "POLYGON((0 0,1 0,2 0,0 0))"},
               {{}, "POLYGON EMPTY"},
               {{}, ""},
               {{}, "POINT(1 1)"}};
  make_vector(folder.file("a.gpkg"), file);
  const VectorLayer layer = read_vector(folder.file("a.gpkg"));
  ASSERT_EQ(layer.features.size(), 10u);
  const auto& f = layer.features;

  EXPECT_DOUBLE_EQ(signed_area(f[0].geometry.at(0).outer), 4);
  EXPECT_EQ(f[0].geometry_problem, "");
  EXPECT_EQ(f[1].geometry.size(), 2u);
  EXPECT_EQ(f[1].geometry_problem, "");
  EXPECT_DOUBLE_EQ(area(f[2].geometry), 0.5);
  EXPECT_EQ(f[2].geometry_problem, "parts that are no polygons left out");
  EXPECT_NEAR(area(f[3].geometry), 3.14159, 0.01);
  EXPECT_EQ(f[4].geometry_problem, "self-intersection at (11, 11)");
  EXPECT_TRUE(f[4].geometry_repaired);
  EXPECT_DOUBLE_EQ(area(f[4].geometry), 2);
  EXPECT_TRUE(f[5].geometry_repaired);
  EXPECT_DOUBLE_EQ(area(f[5].geometry), 7);  // the overlap belongs to the plot
  EXPECT_EQ(f[6].geometry_problem.substr(0, 20), "geometry has no area");
  EXPECT_EQ(f[7].geometry_problem, "geometry is empty");
  EXPECT_EQ(f[8].geometry_problem, "geometry is missing");
  EXPECT_EQ(f[9].geometry_problem, "geometry is not a polygon but a POINT");
  for (const Feature& feature : f) EXPECT_TRUE(is_valid(feature.geometry));
  for (std::size_t i = 6; i < 10; ++i) EXPECT_TRUE(f[i].geometry.empty());
}

VectorFile shapefile(const std::string& field, const std::string& value, const std::string& encoding) {
  VectorFile file;
  file.driver = "ESRI Shapefile";
  file.type = wkbPolygon;
  file.fields = {{field, OFTString}};
  file.rows = {{{value}, square}, {{"plain"}, square}};
  file.options = {"ENCODING=" + encoding};
  return file;
}

TEST(ReadVector, ShapefileEncodings) {
  const TemporaryFolder folder;
  for (const std::string encoding : {"UTF-8", "GBK", "GB18030"}) {
    make_vector(folder.file(encoding + ".shp"), shapefile("地块名称", "大兴示例地块", encoding));
    for (const bool with_cpg : {true, false}) {
      if (!with_cpg) std::remove(folder.file(encoding + ".cpg").c_str());
      const VectorLayer layer = read_vector(folder.file(encoding + ".shp"));
      EXPECT_EQ(layer.fields.at(0).substr(0, 9), "地块名") << encoding << with_cpg;
      EXPECT_EQ(layer.features.at(0).values.at(0), FieldValue("大兴示例地块")) << encoding << with_cpg;
      EXPECT_EQ(layer.features.at(1).values.at(0), FieldValue("plain"));
      EXPECT_EQ(epsg_code(layer.crs), 4527);
    }
  }
}

// 254 bytes of a dbf field hold 84 characters of three bytes and two thirds of the next.
TEST(ReadVector, ACharacterCutOffByTheFieldWidthDoesNotChangeTheEncoding) {
  const TemporaryFolder folder;
  std::string name;
  for (int i = 0; i < 90; ++i) name += "地";
  make_vector(folder.file("a.shp"), shapefile("name", name, ""));
  std::remove(folder.file("a.cpg").c_str());
  const VectorLayer layer = read_vector(folder.file("a.shp"));
  EXPECT_EQ(layer.features.at(0).values.at(0), FieldValue(name.substr(0, 84 * 3)));
}

TEST(ReadVector, BytesOfNoKnownEncodingAreAnError) {
  const TemporaryFolder folder;
  make_vector(folder.file("a.shp"), shapefile("name", "\xFF\xFE\xFF", ""));
  std::remove(folder.file("a.cpg").c_str());
  EXPECT_NE(input_error_of(folder.file("a.shp")).find("encoding"), std::string::npos);
}

TEST(ReadVector, GeoJsonIsLonLat) {
  const TemporaryFolder folder;
  write_file(folder.file("a.geojson"),
             R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"A"},"geometry":)"
             R"({"type":"Polygon","coordinates":[[[116,39],[117,39],[117,40],[116,39]]]}}]})");
  const VectorLayer layer = read_vector(folder.file("a.geojson"));
  EXPECT_TRUE(same_crs(layer.crs, lonlat_crs()));
  EXPECT_EQ(bounds(layer.features.at(0).geometry), (Box{116, 39, 117, 40}));
}

TEST(ReadVector, KmlIsRead) {
  const TemporaryFolder folder;
  write_file(
      folder.file("a.kml"),
      R"(<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>A</name><Polygon>)"
      R"(<outerBoundaryIs><LinearRing><coordinates>116,39,5 117,39,5 117,40,5 116,39,5</coordinates></LinearRing>)"
      R"(</outerBoundaryIs></Polygon></Placemark></Document></kml>)");
  const VectorLayer layer = read_vector(folder.file("a.kml"));
  ASSERT_EQ(layer.features.size(), 1u);
  EXPECT_NEAR(area(layer.features[0].geometry), 0.5, 1e-12);
}

TEST(ReadVector, ChoosesTheOnlyPolygonLayer) {
  const TemporaryFolder folder;
  VectorFile points, plots, others;
  points.layer = "points";
  points.type = wkbPoint;
  plots.type = wkbPolygon;
  plots.rows = {{{}, square}};
  make_vector(folder.file("one.gpkg"), {points, plots});
  EXPECT_EQ(read_vector(folder.file("one.gpkg")).name, "plots");

  others.layer = "others";
  others.type = wkbMultiPolygon;
  make_vector(folder.file("two.gpkg"), {plots, others});
  const std::string message = input_error_of(folder.file("two.gpkg"));
  EXPECT_NE(message.find("plots, others"), std::string::npos) << message;
  EXPECT_EQ(read_vector(folder.file("two.gpkg"), "others").name, "others");
  EXPECT_NE(input_error_of(folder.file("two.gpkg"), "nowhere").find("nowhere"), std::string::npos);

  make_vector(folder.file("none.gpkg"), points);
  EXPECT_NE(input_error_of(folder.file("none.gpkg")).find("no layer with polygons"), std::string::npos);
}

TEST(ReadVector, WithoutCrsIsAnError) {
  const TemporaryFolder folder;
  VectorFile file;
  file.crs = "";
  file.rows = {{{}, square}};
  make_vector(folder.file("a.gpkg"), file);
  EXPECT_NE(input_error_of(folder.file("a.gpkg")).find("reference system is missing"), std::string::npos);
  make_vector(folder.file("a.shp"), shapefile("name", "a", "UTF-8"));
  std::remove(folder.file("a.prj").c_str());
  EXPECT_NE(input_error_of(folder.file("a.shp")).find("reference system is missing"), std::string::npos);
}

TEST(ReadVector, MissingAndDamagedFilesAreErrors) {
  const TemporaryFolder folder;
  EXPECT_NE(input_error_of(folder.file("missing.gpkg")).find("missing.gpkg"), std::string::npos);
  write_file(folder.file("text.gpkg"), "no database");
  EXPECT_NE(input_error_of(folder.file("text.gpkg")), "no error");

  VectorFile file;
  file.fields = {{"code", OFTString}};
  for (int i = 0; i < 3000; ++i) file.rows.push_back({{"plot number " + std::to_string(i)}, square});
  make_vector(folder.file("whole.gpkg"), file);
  const std::string bytes = read_file(folder.file("whole.gpkg"));
  write_file(folder.file("cut.gpkg"), bytes.substr(0, bytes.size() / 2));
  EXPECT_NE(input_error_of(folder.file("cut.gpkg")), "no error");
}

TEST(ReadVector, TruncatedShapefileIsAnError) {
  const TemporaryFolder folder;
  VectorFile file = shapefile("name", "a", "UTF-8");
  for (int i = 0; i < 200; ++i) file.rows.push_back({{"b"}, square});
  make_vector(folder.file("a.shp"), file);
  const std::string bytes = read_file(folder.file("a.shp"));
  std::ofstream(folder.file("a.shp"), std::ios::binary | std::ios::trunc) << bytes.substr(0, bytes.size() / 2);
  EXPECT_NE(input_error_of(folder.file("a.shp")), "no error");
}

TEST(ReadVector, RealRegister) {
  const std::string path = PLOTWATCH_SOURCE_DIR "/../shared/data/landsat-taizhou/plots.gpkg";
  if (!std::ifstream(path)) GTEST_SKIP() << "no shared imagery beside the project";
  const VectorLayer layer = read_vector(path);
  EXPECT_EQ(layer.features.size(), 100u);
  EXPECT_EQ(epsg_code(layer.crs), 32651);
  for (const Feature& f : layer.features) EXPECT_EQ(f.geometry_problem, "");
}

}  // namespace
}  // namespace plotwatch::io
