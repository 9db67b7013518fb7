#include "io/crs.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "core/error.hpp"

namespace plotwatch::io {
namespace {

// As ENVI wrote it for a Landsat scene: no EPSG code, Esri's names, no axes.
const Crs envi_utm51{
    R"(PROJCS["UTM_Zone_51N",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],)"
    R"(PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],)"
    R"(PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",123.0],)"
    R"(PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]])"};

// As in the .prj of a Shapefile.
const Crs esri_gk39{
    R"(PROJCS["CGCS2000_3_Degree_GK_Zone_39",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",)"
    R"(DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],)"
    R"(UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",39500000.0],)"
    R"(PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",1.0],)"
    R"(PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]])"};

TEST(Crs, FindsTheCodeOfADefinitionWithoutOne) {
  EXPECT_EQ(epsg_code(envi_utm51), 32651);
  EXPECT_EQ(epsg_code(esri_gk39), 4527);
  EXPECT_EQ(epsg_code(crs_from_user_input("+proj=utm +zone=50 +datum=WGS84")), 32650);
  EXPECT_EQ(epsg_code(crs_from_user_input("EPSG:4490")), 4490);
}

TEST(Crs, StatesNoCodeForASystemOfOnesOwn) {
  EXPECT_EQ(epsg_code(crs_from_user_input("+proj=tmerc +lon_0=116.3503 +ellps=GRS80 +x_0=500000")), std::nullopt);
}

TEST(Crs, ComparesByMeaning) {
  EXPECT_TRUE(same_crs(envi_utm51, crs_from_user_input("EPSG:32651")));
  EXPECT_TRUE(same_crs(esri_gk39, crs_from_user_input("EPSG:4527")));
  EXPECT_TRUE(same_crs(crs_from_user_input("OGC:CRS84"), crs_from_user_input("EPSG:4326")));
  EXPECT_FALSE(same_crs(envi_utm51, crs_from_user_input("EPSG:32650")));
  EXPECT_FALSE(same_crs(esri_gk39, crs_from_user_input("EPSG:4548")));  // the same zone without its number
  EXPECT_FALSE(same_crs(crs_from_user_input("EPSG:4490"), crs_from_user_input("EPSG:4326")));
  EXPECT_FALSE(same_crs(Crs{}, envi_utm51));
}

TEST(Crs, NamesItAsTheRegistryDoes) { EXPECT_EQ(crs_name(envi_utm51), "WGS 84 / UTM zone 51N (EPSG:32651)"); }

TEST(Crs, KnowsUnits) {
  EXPECT_TRUE(is_geographic(lonlat_crs()));
  EXPECT_FALSE(is_geographic(envi_utm51));
  EXPECT_DOUBLE_EQ(metres_per_unit(envi_utm51), 1);
  EXPECT_NEAR(metres_per_unit(lonlat_crs()), 111319.49, 0.01);
  EXPECT_NEAR(metres_per_unit(crs_from_user_input("EPSG:2263")), 0.3048006, 1e-7);  // US survey feet
}

TEST(Crs, RefusesWhatIsNone) {
  for (const char* text : {"", "EPSG:999999", "somewhere", "/etc/passwd"}) {
    try {
      crs_from_user_input(text);
      FAIL() << text;
    } catch (const Error& e) {
      EXPECT_EQ(e.code(), ExitCode::input);
    }
  }
  EXPECT_THROW(epsg_code(Crs{"PROJCS[\"broken\""}), Error);
  EXPECT_THROW(epsg_code(Crs{}), Error);
}

// The check point is the same in the registry's and in the Shapefile's words: x east, y north.
TEST(CoordinateTransform, MeetsTheGaussKruegerCheckPoint) {
  for (const Crs& gk : {crs_from_user_input("EPSG:4527"), esri_gk39}) {
    const CoordinateTransform forward(crs_from_user_input("EPSG:4490"), gk);
    const Point p = forward.apply(Point{116.34, 39.73});
    EXPECT_NEAR(p.x, 39443418.473, 0.001);
    EXPECT_NEAR(p.y, 4399758.681, 0.001);
    const CoordinateTransform back(gk, lonlat_crs());
    const Point lonlat = back.apply(Point{39443418.473, 4399758.681});
    EXPECT_NEAR(lonlat.x, 116.34, 1e-8);
    EXPECT_NEAR(lonlat.y, 39.73, 1e-8);
  }
}

TEST(CoordinateTransform, IsTheIdentityBetweenEqualSystems) {
  const CoordinateTransform same(envi_utm51, crs_from_user_input("EPSG:32651"));
  EXPECT_TRUE(same.identity());
  EXPECT_EQ(same.apply(Point{1.25, 2.5}), (Point{1.25, 2.5}));
  EXPECT_EQ(same.apply(Box{1, 2, 3, 4}), (Box{1, 2, 3, 4}));
  EXPECT_FALSE(CoordinateTransform(envi_utm51, lonlat_crs()).identity());
}

TEST(CoordinateTransform, TurnsPointsWithoutAnImageIntoNaN) {
  const CoordinateTransform forward(lonlat_crs(), envi_utm51);
  std::vector<Point> points{{123, 32}, {std::numeric_limits<double>::infinity(), 0}, {120, 95}};
  forward.apply(points);
  EXPECT_NEAR(points[0].x, 500000, 1e-6);
  EXPECT_TRUE(std::isnan(points[1].x) && std::isnan(points[1].y));
  EXPECT_TRUE(std::isnan(points[2].x) && std::isnan(points[2].y));
}

// A parallel bows towards the pole in Gauss-Krüger: the corners alone would miss its southernmost point.
TEST(CoordinateTransform, BoundsCoverBowedEdges) {
  const Crs gk = crs_from_user_input("EPSG:4527");
  const CoordinateTransform forward(crs_from_user_input("EPSG:4490"), gk);
  const Box box = forward.apply(Box{115.5, 39, 118.5, 40});
  const double corner = forward.apply(Point{115.5, 39}).y, middle = forward.apply(Point{117, 39}).y;
  EXPECT_GT(corner, middle + 500);
  EXPECT_NEAR(box.min_y, middle, 1);
  EXPECT_NEAR(box.max_y, forward.apply(Point{115.5, 40}).y, 1);
}

TEST(CoordinateTransform, TransformsRingsAndHoles) {
  const Ring outer{{0, 0}, {1, 0}, {1, 1}, {0, 0}}, hole{{.5, .2}, {.6, .3}, {.6, .2}, {.5, .2}};
  const CoordinateTransform forward(lonlat_crs(), crs_from_user_input("EPSG:3857"));
  const MultiPolygon image = forward.apply(MultiPolygon{{outer, {hole}}});
  ASSERT_EQ(image.size(), 1u);
  ASSERT_EQ(image[0].holes.size(), 1u);
  EXPECT_NEAR(image[0].outer[1].x, 111319.4908, 1e-3);
  EXPECT_NEAR(image[0].holes[0][0].x, 55659.7454, 1e-3);
}

TEST(CoordinateTransform, RefusesAnEmptySystem) { EXPECT_THROW(CoordinateTransform(Crs{}, lonlat_crs()), Error); }

}  // namespace
}  // namespace plotwatch::io
