#include "plots/check_register.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/crs.hpp"
#include "plots/findings_text.hpp"
#include "plots/write_register.hpp"
#include "support/make_vector.hpp"
#include "support/temporary_folder.hpp"

namespace plotwatch::plots {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr double x0 = 39443400, y0 = 4399700;

MultiPolygon box(double x, double y, double width, double height) {
  const auto at = [&](double dx, double dy) { return Point{x0 + x + dx, y0 + y + dy}; };
  return {{{at(0, 0), at(width, 0), at(width, height), at(0, height), at(0, 0)}, {}}};
}

Plot plot(const std::string& code, MultiPolygon geometry) {
  Plot p;
  p.code = code;
  p.status = "listed";
  p.geometry = std::move(geometry);
  return p;
}

PlotRegister with(std::vector<Plot> plots) {
  PlotRegister r;
  r.crs = io::crs_from_user_input("EPSG:4527");
  r.plots = std::move(plots);
  for (std::size_t i = 0; i < r.plots.size(); ++i) r.plots[i].row = static_cast<long long>(i) + 1;
  return r;
}

std::vector<std::string> lines(const std::vector<PlotFinding>& findings) {
  std::vector<std::string> all;
  for (const PlotFinding& f : findings) {
    all.push_back(f.kind + " " + f.code + ": " + f.problem);
    EXPECT_FALSE(f.fix.empty()) << f.problem;
  }
  return all;
}

TEST(CheckNeighbours, FindsOverlapsSliversAndGaps) {
  const PlotRegister plots =
      with({plot("A", box(0, 0, 100, 100)), plot("B", box(90, 0, 100, 100)), plot("C", box(0, 99.9, 100, 100)),
            plot("D", box(190.2, 0, 100, 100)), plot("E", box(0, 300, 50, 50)), plot("F", box(50, 300, 50, 50))});
  std::vector<PlotFinding> findings;
  check_neighbours(plots, {}, findings);
  EXPECT_THAT(
      lines(findings),
      testing::UnorderedElementsAre(
          "overlap A: overlaps plot B (row 2) by 1000.0 m², 10.0 % of the smaller, at (39443495.000, 4399750.000)",
          "overlap A: overlaps plot C (row 3) by 10.0 m², 0.1 % of the smaller, at (39443450.000, 4399799.950); a "
          "sliver, 0.10 m wide on average",
          "gap B: a gap of 0.200 m lies between it and plot D (row 4), along about 100 m"));
}

TEST(CheckNeighbours, AgreesWithEveryPairComparedPlainly) {
  std::vector<Plot> many;
  unsigned state = 12345;
  const auto next = [&](int range) { return static_cast<int>((state = state * 1664525u + 1013904223u) >> 16) % range; };
  for (int i = 0; i < 120; ++i)
    many.push_back(plot(std::to_string(i), box(next(1500), next(1500), 40 + next(60), 40 + next(60))));
  const PlotRegister plots = with(many);
  std::size_t pairs = 0;
  for (std::size_t i = 0; i < many.size(); ++i)
    for (std::size_t j = i + 1; j < many.size(); ++j) {
      const Box c = bounds(many[i].geometry).intersection(bounds(many[j].geometry));
      pairs += !c.empty() && c.width() * c.height() > 1;
    }
  std::vector<PlotFinding> findings;
  CheckOptions options;
  options.gap_m = 0;
  check_neighbours(plots, options, findings);
  EXPECT_GT(pairs, 20u);
  EXPECT_EQ(findings.size(), pairs);
}

TEST(CheckAreas, ComparesStatedWithMeasured) {
  PlotRegister plots = with({plot("A", box(0, 0, 100, 100)), plot("B", box(0, 0, 100, 100)),
                             plot("C", box(0, 0, 100, 100)), plot("D", box(0, 0, 100, 0.5))});
  plots.plots[0].stated_area_m2 = 10050;
  plots.plots[1].stated_area_m2 = 1;
  plots.plots[2].stated_area_m2 = 11000;
  std::vector<PlotFinding> findings;
  check_areas(plots, {}, findings);
  ASSERT_EQ(findings.size(), 3u);
  EXPECT_THAT(findings[0].problem, HasSubstr("the stated area is 1.0 m², the boundary encloses 9999.2 m²"));
  EXPECT_THAT(findings[0].fix, HasSubstr("read as hectares"));
  EXPECT_THAT(findings[1].problem, HasSubstr("(+10.0 %)"));
  EXPECT_EQ(findings[2].kind, "sliver");
}

class CheckFile : public testing::Test {
 protected:
  test::TemporaryFolder folder_;

  CheckResult check(const std::string& name, const CheckOptions& options = {}) {
    RegisterRequest request;
    request.path = folder_.file(name);
    return check_register(request, options);
  }
};

TEST_F(CheckFile, CrossingEdgesAreNamed) {
  test::VectorFile file;
  file.fields = {{"code", OFTString}, {"status", OFTString}};
  file.rows = {{{"A", "listed"},
                "POLYGON((39443400 4399700,39443500 4399800,39443500 4399700,39443400 4399800,39443400 4399700))"}};
  test::make_vector(folder_.file("a.gpkg"), file);
  const CheckResult result = check("a.gpkg");
  EXPECT_FALSE(result.passed());
  EXPECT_THAT(lines(result.findings),
              ElementsAre(HasSubstr("geometry A: self-intersection at (39443450, 4399750), repaired")));
  EXPECT_THAT(to_text(result), HasSubstr("-> Correct the boundary there"));
  EXPECT_THAT(to_json(result), HasSubstr("\"passed\": false"));
}

TEST_F(CheckFile, GroundOutsideTheDistrict) {
  write_register(folder_.file("a.gpkg"), with({plot("A", box(0, 0, 100, 100)), plot("B", box(150, 0, 100, 100)),
                                               plot("C", box(500, 0, 100, 100))}));
  write_register(folder_.file("district.geojson"), with({plot("D", box(-10, -10, 210, 200))}));
  CheckOptions options;
  options.district = folder_.file("district.geojson");
  EXPECT_THAT(lines(check("a.gpkg", options).findings),
              ElementsAre("outside B: reaches over the district's boundary with 50.0 % of its area",
                          "outside C: lies outside the district"));
}

PlotRegister upload() {
  PlotRegister plots = with({plot("1101150000001", box(0, 0, 60, 40))});
  Plot& p = plots.plots[0];
  p.name = "示例地块";
  p.district_code = "110115", p.district_name = "大兴区";
  p.stated_area_m2 = 2400;
  return plots;
}

TEST_F(CheckFile, AnUploadAsItShouldBePasses) {
  write_register(folder_.file("初步调查1101150000001.zip"), upload());
  CheckOptions options;
  options.upload = true;
  const CheckResult result = check("初步调查1101150000001.zip", options);
  EXPECT_THAT(lines(result.findings), IsEmpty());
  EXPECT_TRUE(result.passed());
  EXPECT_THAT(to_text(result), HasSubstr("no problems"));
}

TEST_F(CheckFile, AnUploadIsHeldAgainstEveryTest) {
  PlotRegister plots = upload();
  plots.plots[0].code = "11011500001";
  plots.plots[0].district_name.clear();
  plots.plots[0].stated_lonlat = Point{116.5, 39.73};
  write_register(folder_.file("upload.zip"), plots);
  CheckOptions options;
  options.upload = true;
  EXPECT_THAT(
      lines(check("upload.zip", options).findings),
      ElementsAre("upload : the file is called \"upload.zip\", not 初步调查 and the 13-digit code of the plot",
                  "upload : column XZQMC (行政区名称) is missing or empty",
                  "upload 11011500001: the code \"11011500001\" is not 13 digits",
                  "upload 11011500001: the registered place 116.500000, 39.730000 (EPSG:4490) is not inside the "
                  "boundary"));
}

TEST_F(CheckFile, RegistersInDegreesAreMeasuredInMetres) {
  write_register(folder_.file("a.geojson"), with({plot("A", box(0, 0, 100, 100)), plot("B", box(90, 0, 100, 100))}));
  const CheckResult result = check("a.geojson");
  ASSERT_EQ(result.findings.size(), 1u);
  EXPECT_THAT(result.findings[0].problem, HasSubstr("by 1000.0 m²"));
}

}  // namespace
}  // namespace plotwatch::plots
