#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "io/crs.hpp"
#include "plots/plot_register.hpp"
#include "support/make_vector.hpp"
#include "support/temporary_folder.hpp"

namespace plotwatch::plots {
namespace {

using test::make_vector;
using test::TemporaryFolder;
using test::VectorFile;

std::string square(double x = 0) {
  const auto p = [&](double dx, double dy) {
    return std::to_string(39443400 + x + dx) + " " + std::to_string(4399700 + dy);
  };
  return "POLYGON((" + p(0, 0) + "," + p(60, 0) + "," + p(60, 40) + "," + p(0, 40) + "," + p(0, 0) + "))";
}

VectorFile english() {
  VectorFile file;
  file.fields = {{"Code", OFTString}, {"NAME", OFTString},      {"status", OFTString},
                 {"unit", OFTString}, {"status_from", OFTDate}, {"status_to", OFTString}};
  return file;
}

RegisterRequest request_for(const std::string& path) {
  RegisterRequest request;
  request.path = path;
  return request;
}

std::vector<std::string> problems(const PlotRegister& plots) {
  std::vector<std::string> result;
  for (const PlotFinding& f : plots.findings) result.push_back(std::to_string(f.row) + " " + f.code + ": " + f.problem);
  return result;
}

using Lines = std::vector<std::string>;

TEST(ReadRegister, TakesEveryColumn) {
  const TemporaryFolder folder;
  VectorFile file = english();
  file.rows = {{{"DX-001", "示例", "listed", "镇政府", "2026/02/28", "2027年2月28日"}, square()}};
  make_vector(folder.file("a.gpkg"), file);
  const PlotRegister plots = read_register(request_for(folder.file("a.gpkg")));
  EXPECT_EQ(problems(plots), Lines{});
  EXPECT_EQ(plots.source, folder.file("a.gpkg"));
  EXPECT_EQ(io::epsg_code(plots.crs), 4527);
  ASSERT_EQ(plots.plots.size(), 1u);
  const Plot& p = plots.plots[0];
  EXPECT_EQ(p.code, "DX-001");
  EXPECT_EQ(p.name, "示例");
  EXPECT_EQ(p.status, "listed");
  EXPECT_EQ(p.unit, "镇政府");
  EXPECT_EQ(p.status_from, (Date{2026, 2, 28}));
  EXPECT_EQ(p.status_to, (Date{2027, 2, 28}));
  EXPECT_EQ(p.row, 1);
  EXPECT_DOUBLE_EQ(area(p.geometry), 2400);
}

TEST(ReadRegister, KnowsChineseColumns) {
  const TemporaryFolder folder;
  for (const auto& [code, name] :
       {std::pair{"DKDM", "DKMC"}, {"dkbm", "dkmc"}, {"地块代码", "地块名称"}, {"地块编码", "地块名称"}}) {
    VectorFile file;
    file.fields = {{name, OFTString}, {code, OFTString}, {"状态", OFTString}, {"责任单位", OFTString}};
    file.rows = {{{"示例", "110115", "名录内", "镇政府"}, square()}};
    const std::string path = folder.file(std::string(code) + ".gpkg");
    make_vector(path, file);
    RegisterRequest request = request_for(path);
    request.status_names = {{"名录内", "listed"}};
    const PlotRegister plots = read_register(request);
    EXPECT_EQ(problems(plots), Lines{});
    EXPECT_EQ(plots.plots.at(0).code, "110115");
    EXPECT_EQ(plots.plots.at(0).name, "示例");
    EXPECT_EQ(plots.plots.at(0).status, "listed");
    EXPECT_EQ(plots.plots.at(0).unit, "镇政府");
  }
}

TEST(ReadRegister, ReportsRowByRow) {
  const TemporaryFolder folder;
  VectorFile file = english();
  file.rows = {{{"A", "", "listed"}, square()},
               {{"A", "", "listed"}, square(100)},
               {{"A", "", "listed"}, square(200)},
               {{"", "", "listed"}, square(300)},
               {{"E", "", "listed"}, ""},
               {{"F", "", "demolished"}, square(400)},
               {{"G", "", ""}, square(500)},
               {{"H", "", "listed", "", "", "soon"}, square(600)},
               {{"I", "", "listed", "", "2026/05/01", "2026-04-01"}, square(700)},
               {{"J", "", "listed"}, "POLYGON((0 0,2 2,2 0,0 2,0 0))"}};
  make_vector(folder.file("a.gpkg"), file);
  const PlotRegister plots = read_register(request_for(folder.file("a.gpkg")));
  EXPECT_EQ(problems(plots),
            (Lines{"2 A#2: code \"A\" is used before, this plot is called \"A#2\"",
                   "3 A#3: code \"A\" is used before, this plot is called \"A#3\"",
                   "4 row-4: code is missing, plot named by its row", "5 E: geometry is missing, plot left out",
                   "6 F: status \"demolished\" is not known; give its meaning under plots.status_names",
                   "7 G: status is missing, only rules for any status apply",
                   "8 H: \"soon\" in column status_to is no date, left open",
                   "9 I: status ends on 2026-04-01, before it begins on 2026-05-01",
                   "10 J: self-intersection at (1, 1), repaired"}));
  EXPECT_EQ(plots.plots.size(), 9u);
  EXPECT_EQ(plots.plots[4].status, "demolished");
}

TEST(ReadRegister, ASuffixNeverMeetsAStatedCode) {
  const TemporaryFolder folder;
  VectorFile file = english();
  file.rows = {{{"A#2", "", "listed"}, square()}, {{"A", "", "listed"}, square()}, {{"A", "", "listed"}, square()}};
  make_vector(folder.file("a.gpkg"), file);
  EXPECT_EQ(read_register(request_for(folder.file("a.gpkg"))).plots.at(2).code, "A#3");
}

TEST(ReadRegister, DefaultStatusFillsGaps) {
  const TemporaryFolder folder;
  VectorFile file;
  file.fields = {{"code", OFTString}};
  file.rows = {{{"A"}, square()}};
  make_vector(folder.file("a.gpkg"), file);
  RegisterRequest request = request_for(folder.file("a.gpkg"));
  EXPECT_EQ(problems(read_register(request)),
            Lines{"0 : no column of plot statuses among: code; only rules for any status apply"});
  request.default_status = "unused";
  const PlotRegister plots = read_register(request);
  EXPECT_EQ(problems(plots), Lines{});
  EXPECT_EQ(plots.plots[0].status, "unused");
}

TEST(ReadRegister, NamedColumnsWinAndMustBeThere) {
  const TemporaryFolder folder;
  VectorFile file = english();
  file.fields.push_back({"Parcel", OFTInteger64});
  file.rows = {{{"A", "", "listed", "", "", "", "77"}, square()}};
  make_vector(folder.file("a.gpkg"), file);
  RegisterRequest request = request_for(folder.file("a.gpkg"));
  request.code_field = "parcel";
  EXPECT_EQ(read_register(request).plots.at(0).code, "77");
  request.code_field = "nowhere";
  try {
    read_register(request);
    FAIL();
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ExitCode::input);
    EXPECT_NE(e.advice().find("Parcel"), std::string::npos);
  }
}

TEST(ReadRegister, NothingUsableIsAnError) {
  const TemporaryFolder folder;
  VectorFile file = english();
  make_vector(folder.file("empty.gpkg"), file);
  EXPECT_THROW(read_register(request_for(folder.file("empty.gpkg"))), Error);
  file.rows = {{{"A"}, ""}};
  make_vector(folder.file("bare.gpkg"), file);
  try {
    read_register(request_for(folder.file("bare.gpkg")));
    FAIL();
  } catch (const Error& e) {
    EXPECT_NE(e.advice().find("geometry is missing"), std::string::npos);
  }
}

TEST(ReportOutside, NamesPlotsThatNoSceneCovers) {
  const TemporaryFolder folder;
  VectorFile file = english();
  file.rows = {
      {{"in", "", "listed"}, square()}, {{"edge", "", "listed"}, square(100)}, {{"out", "", "listed"}, square(400)}};
  make_vector(folder.file("a.gpkg"), file);
  PlotRegister plots = read_register(request_for(folder.file("a.gpkg")));
  // A triangle whose bounding box holds all plots, but not its north-east half.
  const MultiPolygon coverage{
      {{{39443300, 4399600}, {39443900, 4399600}, {39443300, 4400000}, {39443300, 4399600}}, {}}};
  report_outside(plots, coverage);
  EXPECT_EQ(problems(plots), Lines{"3 out: lies outside all scenes, not observable"});
  plots.findings.clear();
  report_outside(plots, {});
  EXPECT_EQ(plots.findings.size(), 3u);
}

TEST(ReadRegister, RealRegisterHasNoFindings) {
  const std::string path = PLOTWATCH_SOURCE_DIR "/../shared/data/landsat-taizhou/plots.gpkg";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no shared imagery beside the project";
  const PlotRegister plots = read_register(request_for(path));
  EXPECT_EQ(plots.plots.size(), 100u);
  EXPECT_EQ(problems(plots), Lines{});
  for (const Plot& p : plots.plots) EXPECT_TRUE(p.status_from.has_value());
}

}  // namespace
}  // namespace plotwatch::plots
