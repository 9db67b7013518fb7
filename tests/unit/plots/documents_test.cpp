#include "plots/documents.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/expect_error.hpp"
#include "support/make_vector.hpp"
#include "support/temporary_folder.hpp"

namespace plotwatch::plots {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* square =
    "POLYGON((39443400 4399700,39443460 4399700,39443460 4399740,39443400 4399740,39443400 4399700))";

class Documents : public testing::Test {
 protected:
  test::TemporaryFolder folder_;

  std::string file(const std::vector<std::string>& columns, const std::vector<std::string>& values,
                   const std::string& wkt = square) {
    test::VectorFile f;
    for (const std::string& c : columns) f.fields.emplace_back(c, OFTString);
    f.rows = {{values, wkt}};
    const std::string path = folder_.file("d.gpkg");
    std::filesystem::remove(path);
    test::make_vector(path, f);
    return path;
  }
};

TEST_F(Documents, PermitsInChinese) {
  const PermitLayer layer =
      read_permits(file({"类型", "文号", "地块代码", "开始日期", "截止日期", "允许"},
                        {"修复方案", "京兴〔2026〕1号", "DX-001", "2026年1月1日", "2026-12-31", "开挖、堆土；拆除"}));
  ASSERT_EQ(layer.permits.size(), 1u);
  const Permit& p = layer.permits[0];
  EXPECT_EQ(p.kind, "remediation_plan");
  EXPECT_EQ(p.name, "京兴〔2026〕1号");
  EXPECT_EQ(p.plot_code, "DX-001");
  EXPECT_EQ(p.from, (Date{2026, 1, 1}));
  EXPECT_EQ(p.to, (Date{2026, 12, 31}));
  std::vector<std::string> allows;
  for (const Transition t : p.allows) allows.emplace_back(name(t));
  EXPECT_THAT(allows, ElementsAre("vegetation->bare", "built->bare", "water->bare", "vegetation->bare", "built->bare",
                                  "water->bare", "built->bare"));
  EXPECT_DOUBLE_EQ(area(p.geometry), 2400);
}

TEST_F(Documents, PermitsInEnglishMayAllowAnything) {
  const PermitLayer layer =
      read_permits(file({"kind", "name", "allows"}, {"permit", "No. 9", "*->built; other change"}));
  EXPECT_EQ(layer.permits.at(0).allows.size(), 4u);
  EXPECT_TRUE(read_permits(file({"kind", "name"}, {"permit", "No. 9"})).permits.at(0).allows.empty());
}

TEST_F(Documents, WhatCannotBeUnderstoodLowersNothing) {
  const auto refused = [&](const std::vector<std::string>& columns, const std::vector<std::string>& values,
                           const std::string& wkt = square) {
    return test::fact_of_error(ExitCode::input, [&] { read_permits(file(columns, values, wkt)); });
  };
  EXPECT_EQ(refused({"name"}, {"x"}), "there is no column kind");
  EXPECT_EQ(refused({"kind", "name"}, {"permit", ""}), "row 1: the document has no kind or no name");
  EXPECT_EQ(refused({"kind", "name", "from"}, {"permit", "x", "soon"}), "row 1: \"soon\" is no date");
  EXPECT_EQ(refused({"kind", "name", "allows"}, {"permit", "x", "dancing"}),
            "row 1: \"dancing\" names no kind of change");
  EXPECT_THAT(refused({"kind", "name"}, {"permit", "x"}, ""), HasSubstr("geometry is missing"));
}

TEST_F(Documents, ThingsByKind) {
  const std::vector<KindLayer> layers = read_kinds(file({"类型"}, {"水源"}));
  ASSERT_EQ(layers.size(), 1u);
  ASSERT_EQ(layers[0].things.size(), 1u);
  EXPECT_EQ(layers[0].things[0].kind, "水源");
  EXPECT_EQ(layers[0].things[0].polygons.size(), 1u);
}

TEST_F(Documents, ThingsMayBeLinesAndPoints) {
  const std::vector<KindLayer> road = read_kinds(file({"kind"}, {"road"}, "LINESTRING (0 0, 30 40)")),
                               wells = read_kinds(file({"kind"}, {"well"}, "MULTIPOINT ((7 8), (9 10))"));
  EXPECT_TRUE(road[0].things.at(0).polygons.empty());
  EXPECT_EQ(road[0].things.at(0).paths, (std::vector<std::vector<Point>>{{{0, 0}, {30, 40}}}));
  EXPECT_EQ(wells[0].things.at(0).paths, (std::vector<std::vector<Point>>{{{7, 8}}, {{9, 10}}}));
  EXPECT_THAT(test::fact_of_error(ExitCode::input, [&] { read_kinds(file({"kind"}, {"road"}, "")); }),
              HasSubstr("row 1: geometry is missing"));
  EXPECT_THAT(test::fact_of_error(ExitCode::input, [&] { read_kinds(file({"kind"}, {""}, "POINT (1 2)")); }),
              HasSubstr("row 1: it has no kind"));
}

}  // namespace
}  // namespace plotwatch::plots
