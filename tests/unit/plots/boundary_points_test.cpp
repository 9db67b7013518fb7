#include "plots/boundary_points.hpp"

#include <cmath>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/text_encoding.hpp"

namespace plotwatch::plots {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string golden(const std::string& name) {
  std::ifstream file(std::string(PLOTWATCH_SOURCE_DIR) + "/tests/golden/plots/" + name, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  EXPECT_FALSE(bytes.str().empty()) << name;
  return bytes.str();
}

BoundaryPointFile parse_file(const std::string& name) {
  return parse_boundary_points(io::decode_text(golden(name)).value().text);
}

std::vector<std::string> problems(const BoundaryPointFile& file) {
  std::vector<std::string> lines;
  for (const TextProblem& p : file.problems) {
    lines.push_back(std::to_string(p.line) + " " + p.code + ": " + p.problem);
    EXPECT_FALSE(p.fix.empty()) << p.problem;
  }
  return lines;
}

TEST(BoundaryPoints, ReadsTheTextOfTheDescription) {
  for (const char* name : {"plain-gb18030.txt", "plain-utf8-bom.txt"}) {
    const BoundaryPointFile file = parse_file(name);
    EXPECT_FALSE(file.refusal);
    EXPECT_THAT(problems(file), IsEmpty()) << name;
    EXPECT_EQ(file.system.epsg(), 4527);
    EXPECT_THAT(file.header, Contains(std::pair<std::string, std::string>("数据产生单位", "大兴区测绘所")));
    ASSERT_EQ(file.parcels.size(), 2u);
    const BoundaryParcel& p = file.parcels[0];
    EXPECT_EQ(p.line, 13);
    EXPECT_EQ(p.code, "DX-001");
    EXPECT_EQ(p.name, "示例地块");
    EXPECT_EQ(p.use, "工业");
    EXPECT_DOUBLE_EQ(p.stated_area_m2.value(), 2300);
    ASSERT_EQ(p.polygons.size(), 1u);
    EXPECT_EQ(p.polygons[0].outer.front(), (Point{39443400, 4399700}));
    ASSERT_EQ(p.polygons[0].holes.size(), 1u);
    EXPECT_DOUBLE_EQ(area(p.polygons), 60 * 40 - 100);
    EXPECT_EQ(file.parcels[1].sheet, "J50G001");
    EXPECT_EQ(file.parcels[1].land_class, "0701");
    EXPECT_DOUBLE_EQ(area(file.parcels[1].polygons), 600);
  }
}

TEST(BoundaryPoints, BearsWhatPeopleWrite) {
  const BoundaryPointFile file = parse_file("irregular-gb18030.txt");
  EXPECT_FALSE(file.refusal);
  EXPECT_THAT(problems(file),
              ElementsAre("1 : the header says zone 38, the eastings say zone 39; the eastings are believed",
                          "5 DX-010: the area \"0.7655公顷\" carries a unit, taken as it says",
                          "5 DX-010: 3 points are stated, 4 stand up to the next plot",
                          "6 DX-010: ring 1 is not closed; it is closed to its first point",
                          "11 DX-011: X and Y are swapped: the easting stands first; they are put right",
                          "23 DX-013: rings share a number; they are told apart where they close",
                          "34 DX-014: the plot is a line (线) and has no area, left out",
                          "40 DX-015: \"J3,1,九十,39444410.000\" is neither a plot nor a point, left out"));
}

TEST(BoundaryPoints, TakesTheRightGroundWhateverIsWritten) {
  const BoundaryPointFile file = parse_file("irregular-gb18030.txt");
  ASSERT_EQ(file.parcels.size(), 5u);
  EXPECT_NEAR(area(file.parcels[0].polygons), 7655.025, 1e-3);
  EXPECT_DOUBLE_EQ(file.parcels[0].stated_area_m2.value(), 7655);
  EXPECT_EQ(bounds(file.parcels[1].polygons), (Box{39444200, 4400000, 39444240, 4400060}));
  EXPECT_EQ(bounds(file.parcels[2].polygons), (Box{39444300, 4400000, 39444340, 4400060}));
  EXPECT_EQ(file.parcels[2].land_class, "");  // the ninth field of a longer line
  EXPECT_DOUBLE_EQ(area(file.parcels[3].polygons), 60 * 40 - 100);
  EXPECT_DOUBLE_EQ(area(file.parcels[4].polygons), 100);
}

TEST(BoundaryPoints, NeedsNoHeader) {
  const BoundaryPointFile file = parse_file("no-header.txt");
  EXPECT_THAT(problems(file), IsEmpty());
  EXPECT_EQ(file.system.epsg(), 4527);
  ASSERT_EQ(file.parcels.size(), 1u);
}

TEST(BoundaryPoints, SaysThatNothingTellsTheZone) {
  const BoundaryPointFile file = parse_file("no-zone.txt");
  EXPECT_EQ(file.system.epsg(), std::nullopt);
  EXPECT_EQ(file.parcels.size(), 1u);
}

TEST(BoundaryPoints, RefusesOtherDatums) {
  const BoundaryPointFile file = parse_file("xian80.txt");
  ASSERT_TRUE(file.refusal);
  EXPECT_EQ(file.refusal->line, 5);
  EXPECT_THAT(file.refusal->problem, HasSubstr("Xi'an 1980"));
  EXPECT_THAT(file.parcels, IsEmpty());
  for (const char* datum :
       {"1980西安坐标系", "西安80", "80坐标系", "北京54坐标系", "1954年北京坐标系", "WGS84", "地方坐标系"})
    EXPECT_TRUE(
        parse_boundary_points(std::string("坐标系=") + datum + "\n4,,A,a,面,,,,@\n1,1,4399800,39443400\n").refusal)
        << datum;
  for (const char* datum : {"2000国家大地坐标系", "CGCS2000", "国家2000", ""})
    EXPECT_FALSE(
        parse_boundary_points(std::string("坐标系=") + datum + "\n4,,A,a,面,,,,@\n1,1,4399800,39443400\n").refusal)
        << datum;
}

struct ZoneCase {
  const char *header, *east;
  std::optional<int> epsg;
};

TEST(BoundaryPoints, KnowsEveryWayToSayAZone) {
  for (const auto& [header, east, epsg] :
       {ZoneCase{"带号=39", "39443400", 4527}, ZoneCase{"带号=39", "443400", 4548}, ZoneCase{"带号=", "38443400", 4526},
        ZoneCase{"带号=38", "443400", 4547}, ZoneCase{"几度分带=6\n带号=20", "20443400", 4498},
        ZoneCase{"几度分带=6\n带号=20", "443400", 4509}, ZoneCase{"带号=99", "443400", std::nullopt}}) {
    const BoundaryPointFile file =
        parse_boundary_points(std::string(header) + "\n4,,A,a,面,,,,@\nJ1,1,4399800," + east + "\nJ2,1,4399900," +
                              east + "\nJ3,1,4399900," + east + ".5\n");
    EXPECT_EQ(file.system.epsg(), epsg) << header << " " << east;
  }
}

TEST(BoundaryPoints, TakesDegrees) {
  const BoundaryPointFile file =
      parse_boundary_points("4,,A,a,面,,,,@\n1,1,39.73,116.34\n2,1,39.73,116.35\n3,1,39.74,116.35\n1,1,39.73,116.34\n");
  EXPECT_EQ(file.system.epsg(), 4490);
  ASSERT_EQ(file.parcels.size(), 1u);
  EXPECT_EQ(bounds(file.parcels[0].polygons), (Box{116.34, 39.73, 116.35, 39.74}));
}

TEST(BoundaryPoints, RefusesSeveralZones) {
  const BoundaryPointFile file = parse_boundary_points("4,,A,a,面,,,,@\n1,1,4399800,39443400\n2,1,4399800,38443400\n");
  ASSERT_TRUE(file.refusal);
  EXPECT_EQ(file.refusal->problem, "the plots lie in several zones (38, 39)");
}

TEST(BoundaryPoints, NestsIslandsInHoles) {
  std::string text = "15,,A,a,面,,,,@\n";
  for (const int margin : {0, 10, 20})
    for (const auto& [x, y] : {std::pair{0, 0}, {0, 100}, {100, 100}, {100, 0}, {0, 0}}) {
      const auto inset = [&](int v) { return v == 0 ? margin : v - margin; };
      text += "J,1," + std::to_string(4399000 + inset(y)) + "," + std::to_string(39443000 + inset(x)) + "\n";
    }
  const BoundaryPointFile file = parse_boundary_points(text);
  ASSERT_EQ(file.parcels.size(), 1u);
  const MultiPolygon& shape = file.parcels[0].polygons;
  ASSERT_EQ(shape.size(), 2u);
  EXPECT_EQ(shape[0].holes.size(), 1u);
  EXPECT_TRUE(shape[1].holes.empty());
  EXPECT_DOUBLE_EQ(area(shape), 100 * 100 - 80 * 80 + 60 * 60);
}

TEST(BoundaryPoints, WritesWhatItReads) {
  const std::string text = io::decode_text(golden("plain-gb18030.txt")).value().text;
  const BoundaryPointFile file = parse_boundary_points(text);
  BoundaryText out;
  out.producer = "大兴区测绘所";
  out.date = "2026-11-23";
  out.system = file.system;
  out.parcels = file.parcels;
  // The second plot is written clockwise in the golden file and counter-clockwise by us; all else is the same.
  const std::string written = format_boundary_points(out);
  EXPECT_EQ(written.substr(0, written.find("[地块坐标]")), text.substr(0, text.find("[地块坐标]")));
  const BoundaryPointFile again = parse_boundary_points(written);
  EXPECT_THAT(problems(again), IsEmpty());
  ASSERT_EQ(again.parcels.size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(again.parcels[i].polygons, file.parcels[i].polygons);
    EXPECT_EQ(again.parcels[i].name, file.parcels[i].name);
    EXPECT_EQ(again.parcels[i].stated_area_m2, file.parcels[i].stated_area_m2);
  }
}

TEST(BoundaryPoints, WritesNothingThatEndsAField) {
  BoundaryText out;
  out.system.zone = 39;
  out.parcels = {{.line = 0,
                  .code = "A,1",
                  .name = "a@b\r\nc",
                  .sheet = "",
                  .use = "",
                  .land_class = "",
                  .stated_area_m2 = {},
                  .polygons = {}}};
  EXPECT_THAT(format_boundary_points(out), HasSubstr("0,,A，1,a＠bc,面,,,,@\r\n"));
}

}  // namespace
}  // namespace plotwatch::plots
