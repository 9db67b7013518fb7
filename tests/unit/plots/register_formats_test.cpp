// Golden registers in, and every format out and in again.
#include <cmath>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/atomic_file.hpp"
#include "io/crs.hpp"
#include "io/zip_archive.hpp"
#include "plots/plot_register.hpp"
#include "plots/register_diff.hpp"
#include "plots/write_register.hpp"
#include "support/expect_error.hpp"
#include "support/temporary_folder.hpp"
#include "support/write_text.hpp"

namespace plotwatch::plots {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string golden(const std::string& name) {
  return std::string(PLOTWATCH_SOURCE_DIR) + "/tests/golden/plots/" + name;
}

RegisterRequest request_for(const std::string& path) {
  RegisterRequest r;
  r.path = path;
  return r;
}

std::vector<std::string> of_kind(const PlotRegister& plots, const std::string& kind) {
  std::vector<std::string> found;
  for (const PlotFinding& f : plots.findings)
    if (f.kind == kind) found.push_back(std::to_string(f.row) + " " + f.code + ": " + f.problem);
  return found;
}

TEST(RegisterFormats, BoundaryPoints) {
  const PlotRegister plots = read_register(request_for(golden("plain-gb18030.txt")));
  EXPECT_EQ(io::epsg_code(plots.crs), 4527);
  ASSERT_EQ(plots.plots.size(), 2u);
  EXPECT_EQ(plots.plots[0].name, "示例地块");
  EXPECT_EQ(plots.plots[0].row, 13);
  EXPECT_EQ(plots.plots[0].stated_area_m2, 2300);
}

TEST(RegisterFormats, FilesOfOtherPrograms) {
  for (const char* name : {"plots.gpkg", "plots.shp", "no-cpg.shp"}) {
    const PlotRegister plots = read_register(request_for(golden(name)));
    EXPECT_EQ(io::epsg_code(plots.crs), 4527) << name;
    ASSERT_EQ(plots.plots.size(), 2u) << name;
    EXPECT_EQ(plots.plots[0].code, "DX-001") << name;
    EXPECT_EQ(plots.plots[0].name, "示例地块") << name;
    EXPECT_EQ(plots.plots[1].name, "第二块") << name;
    EXPECT_EQ(plots.plots[1].status, "survey_pending") << name;
    EXPECT_EQ(plots.plots[0].stated_area_m2, 2300) << name;
    EXPECT_EQ(plots.plots[0].geometry.at(0).holes.size(), 1u) << name;
    EXPECT_DOUBLE_EQ(area(plots.plots[0].geometry), 2300) << name;
    EXPECT_THAT(plots.findings, IsEmpty()) << name;
  }
}

TEST(RegisterFormats, GeoJsonByHand) {
  const PlotRegister plots = read_register(request_for(golden("plots.geojson")));
  ASSERT_EQ(plots.plots.size(), 2u);
  EXPECT_EQ(plots.plots[0].code, "DX-001");
  EXPECT_EQ(plots.plots[0].status, "listed");
  EXPECT_EQ(plots.plots[1].status, "survey_pending");
  EXPECT_EQ(plots.plots[0].geometry.size(), 2u);
  EXPECT_EQ(plots.plots[0].geometry[0].holes.size(), 1u);
  ASSERT_TRUE(plots.plots[0].stated_area_m2);
  EXPECT_NEAR(*plots.plots[0].stated_area_m2, 2300, 0.01);  // 3.45 mu
  EXPECT_FALSE(plots.plots[1].stated_area_m2);
  EXPECT_THAT(plots.other_fields, ElementsAre("备注"));
}

// Attributes alone go out as a table and come back by code onto the boundaries.
TEST(RegisterFormats, TablesOfAttributesGoThereAndBack) {
  const test::TemporaryFolder folder;
  PlotRegister plots = read_register(request_for(golden("plots.geojson")));
  plots.plots[0].code = "007";  // zeros that a spreadsheet would take away
  plots.plots[0].unit = "=大兴";
  const std::string boundaries = folder.file("boundaries.gpkg");
  PlotRegister bare = plots;
  for (Plot& p : bare.plots) p.name = p.status = p.unit = "", p.stated_area_m2.reset(), p.other.clear();
  bare.other_fields.clear();
  write_register(boundaries, bare, {});
  for (const char* table : {"t.xlsx", "t.csv"}) {
    write_register(folder.file(table), plots, {});
    RegisterRequest request = request_for(boundaries);
    request.table = folder.file(table);
    const PlotRegister back = read_register(request);
    ASSERT_EQ(back.plots.size(), 2u) << table;
    EXPECT_EQ(back.plots[0].code, "007") << table;
    EXPECT_EQ(back.plots[0].name, "示例地块") << table;
    EXPECT_EQ(back.plots[0].status, "listed") << table;
    EXPECT_EQ(back.plots[1].status, "survey_pending") << table;
    EXPECT_NEAR(back.plots[0].stated_area_m2.value_or(0), 2300, 0.01) << table;
    EXPECT_EQ(back.other_fields, plots.other_fields) << table;
    EXPECT_EQ(back.plots[0].other, plots.plots[0].other) << table;
    EXPECT_EQ(back.plots[0].geometry, plots.plots[0].geometry) << table;
  }
}

TEST(RegisterFormats, BoundaryPointsWithoutZoneNeedOne) {
  EXPECT_EQ(test::fact_of_error(ExitCode::input, [] { read_register(request_for(golden("no-zone.txt"))); }),
            "nothing tells in which zone the plots lie: neither 带号 nor the eastings have it");
  RegisterRequest request = request_for(golden("no-zone.txt"));
  request.crs = "EPSG:4548";
  EXPECT_EQ(io::epsg_code(read_register(request).crs), 4548);
}

TEST(RegisterFormats, Xian1980IsRefused) {
  EXPECT_THAT(test::fact_of_error(ExitCode::input, [] { read_register(request_for(golden("xian80.txt"))); }),
              HasSubstr("line 5: the coordinates are of Xi'an 1980"));
}

TEST(RegisterFormats, BoundaryUploadWithGbkNames) {
  const PlotRegister plots = read_register(request_for(golden("初步调查1101150000001.zip")));
  EXPECT_THAT(of_kind(plots, "upload"), IsEmpty());
  ASSERT_EQ(plots.plots.size(), 1u);
  EXPECT_EQ(plots.plots[0].code, "1101150000001");
  EXPECT_EQ(plots.plots[0].name, "示例地块");
  EXPECT_EQ(plots.plots[0].district_name, "大兴区");
  EXPECT_EQ(plots.plots[0].stated_area_m2, 2400);
  EXPECT_DOUBLE_EQ(area(plots.plots[0].geometry), 2400);
}

TEST(RegisterFormats, BoundaryUploadWithoutCpgIsRead) {
  const PlotRegister plots = read_register(request_for(golden("no-cpg.zip")));
  EXPECT_THAT(of_kind(plots, "upload"), ElementsAre("0 : the archive has no .shx", "0 : the archive has no .cpg"));
  EXPECT_EQ(plots.plots.at(0).name, "示例地块");
}

TEST(RegisterFormats, DamagedArchivesAreRefused) {
  const test::TemporaryFolder folder;
  const std::string whole = io::read_file(golden("初步调查1101150000001.zip"));
  const auto refused = [&](const std::string& bytes) {
    test::write_text(folder.file("a.zip"), bytes);
    return test::fact_of_error(ExitCode::input, [&] { read_register(request_for(folder.file("a.zip"))); });
  };
  EXPECT_THAT(refused(whole.substr(0, whole.size() / 2)), HasSubstr("cannot be read as a ZIP archive"));
  EXPECT_THAT(refused("no archive"), HasSubstr("cannot be read as a ZIP archive"));
  EXPECT_EQ(refused(io::make_zip({{"readme.txt", true, "x"}})), "the archive holds no Shapefile, but: readme.txt");
  EXPECT_EQ(refused(io::make_zip({{"a.shp", true, "x"}, {"b.SHP", true, "x"}})),
            "the archive holds several Shapefiles: a.shp, b.SHP");
  EXPECT_EQ(refused(io::make_zip({{"a.shp", true, "x"}, {"a.dbf", true, "x"}})), "the Shapefile \"a.shp\" has no .prj");
  EXPECT_EQ(refused(io::make_zip({{"../a.shp", true, "x"}})), "file 1 has a name that leads out of the archive");
}

TEST(RegisterFormats, KmlAndKmzOfOtherSoftware) {
  for (const char* name : {"plots.kml", "plots.kmz"}) {
    const PlotRegister plots = read_register(request_for(golden(name)));
    ASSERT_EQ(plots.plots.size(), 1u) << name;
    EXPECT_EQ(plots.plots[0].code, "DX-001");
    EXPECT_EQ(plots.plots[0].status, "listed");
    ASSERT_EQ(plots.plots[0].geometry.size(), 1u);
    EXPECT_EQ(plots.plots[0].geometry[0].holes.size(), 1u);
    EXPECT_TRUE(io::is_geographic(plots.crs));
  }
}

TEST(RegisterFormats, TablesAreJoinedByCode) {
  for (const char* table : {"states.csv", "states.xlsx"}) {
    RegisterRequest request = request_for(golden("plain-gb18030.txt"));
    request.table = golden(table);
    request.status_names = {{"名录内", "listed"}, {"调查中", "survey_pending"}};
    const PlotRegister plots = read_register(request);
    ASSERT_EQ(plots.plots.size(), 2u) << table;
    EXPECT_EQ(plots.plots[0].status, "listed");
    EXPECT_EQ(plots.plots[0].unit, "黄村镇");
    EXPECT_EQ(plots.plots[1].status, "survey_pending");
    EXPECT_EQ(plots.plots[1].status_from, (Date{2026, 2, 28})) << table;
    EXPECT_EQ(plots.plots[0].name, "示例地块");
  }
}

TEST(RegisterFormats, CodesOnOneSideOfAJoinAreReported) {
  RegisterRequest request = request_for(golden("irregular-gb18030.txt"));
  request.table = golden("states.csv");
  const std::vector<std::string> found = of_kind(read_register(request), "table");
  EXPECT_EQ(found.size(), 8u);
  EXPECT_EQ(found.front(), "5 DX-010: the table has no row for this plot");
  EXPECT_EQ(found.back(), "4 DX-999: the table has a row for a plot that the register does not hold");
}

// Coordinates of surveys have three decimals; every format must give them back.
PlotRegister surveyed() {
  PlotRegister plots;
  plots.crs = io::crs_from_user_input("EPSG:4527");
  for (int i = 0; i < 40; ++i) {
    const double x = 39430000 + 731.123 * i, y = 4390000 + 517.377 * i;
    Plot p;
    p.code = "DX-" + std::to_string(100 + i);
    p.name = "地块" + std::to_string(i) + " & <附>";
    p.status = i % 2 ? "listed" : "unused";
    p.status_from = Date{2026, 2, 28};
    p.unit = "黄村镇";
    p.use = "工业";
    p.stated_area_m2 = 1234.5 + i;
    const auto at = [&](double dx, double dy) {
      return Point{std::round((x + dx) * 1000) / 1000, std::round((y + dy) * 1000) / 1000};
    };
    p.geometry = {{{at(0, 0), at(61.001, 0.499), at(60.333, 41.777), at(0.123, 40.001), at(0, 0)},
                   {{at(10, 10), at(10, 20.007), at(20.003, 20), at(10, 10)}}}};
    if (i % 3 == 0) p.geometry.push_back({{at(100, 0), at(120, 0), at(120, 20.002), at(100, 0)}, {}});
    plots.plots.push_back(std::move(p));
  }
  return plots;
}

class RoundTrip : public testing::TestWithParam<const char*> {};

TEST_P(RoundTrip, KeepsTheMillimetreAndTheText) {
  const test::TemporaryFolder folder;
  const PlotRegister before = surveyed();
  const std::string path = folder.file(std::string("a") + GetParam());
  write_register(path, before);
  const PlotRegister after = read_register(request_for(path));
  ASSERT_EQ(after.plots.size(), before.plots.size());
  const io::CoordinateTransform back(after.crs, before.crs);
  const bool text = std::string(GetParam()) == ".txt";  // it has no columns for statuses
  for (std::size_t i = 0; i < before.plots.size(); ++i) {
    const Plot &a = before.plots[i], &b = after.plots[i];
    EXPECT_EQ(b.code, a.code);
    EXPECT_EQ(b.name, a.name);
    EXPECT_EQ(b.use, a.use);
    EXPECT_EQ(b.status, text ? "" : a.status);
    EXPECT_EQ(b.status_from, text ? std::nullopt : a.status_from);
    EXPECT_NEAR(b.stated_area_m2.value(), a.stated_area_m2.value(), text ? 0.5 : 1e-6);
    // Half a millimetre: rounded to the millimetre, the same number.
    EXPECT_TRUE(same_boundary(a.geometry, back.apply(b.geometry), 0.0005)) << GetParam() << " plot " << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, RoundTrip,
                         testing::Values(".gpkg", ".shp", ".zip", ".geojson", ".kml", ".kmz", ".txt"),
                         [](const auto& format) { return std::string(format.param).substr(1); });

TEST(WriteRegister, TheSameRegisterGivesTheSameBytes) {
  const test::TemporaryFolder folder;
  for (const char* type : {".gpkg", ".zip", ".kmz", ".csv"}) {
    write_register(folder.file(std::string("a") + type), surveyed());
    write_register(folder.file(std::string("b") + type), surveyed());
    std::string a = io::read_file(folder.file(std::string("a") + type)),
                b = io::read_file(folder.file(std::string("b") + type));
    // The archive's files are called after it.
    if (std::string(type) == ".zip") {
      ASSERT_EQ(a.size(), b.size());
      continue;
    }
    EXPECT_EQ(a, b) << type;
  }
}

TEST(WriteRegister, TextIsGb18030WithCrlfUnlessAskedOtherwise) {
  const test::TemporaryFolder folder;
  write_register(folder.file("a.txt"), surveyed());
  const std::string bytes = io::read_file(folder.file("a.txt"));
  EXPECT_THAT(bytes, HasSubstr("\xD7\xF8\xB1\xEA\xCF\xB5=2000"));  // 坐标系
  EXPECT_EQ(bytes.find("\r\n"), bytes.find('\n') - 1);
  WriteOptions options;
  options.encoding = "UTF-8";
  write_register(folder.file("b.txt"), surveyed(), options);
  EXPECT_THAT(io::read_file(folder.file("b.txt")), HasSubstr("坐标系=2000国家大地坐标系\r\n"));
}

TEST(WriteRegister, ShapefileNamesItsEncoding) {
  const test::TemporaryFolder folder;
  write_register(folder.file("a.shp"), surveyed());
  EXPECT_EQ(io::read_file(folder.file("a.cpg")), "GB18030");
  for (const char* type : {".shx", ".dbf", ".prj"})
    EXPECT_TRUE(std::filesystem::exists(folder.file(std::string("a") + type)));
}

TEST(WriteRegister, FormulasAreMadeHarmless) {
  const test::TemporaryFolder folder;
  PlotRegister plots = surveyed();
  plots.plots.resize(1);
  plots.plots[0].name = "=HYPERLINK(\"http://x\",\"看\")";
  write_register(folder.file("a.csv"), plots);
  const std::string csv = io::read_file(folder.file("a.csv"));
  EXPECT_EQ(csv.substr(0, 3), "\xEF\xBB\xBF");
  EXPECT_THAT(csv, HasSubstr(",\"'=HYPERLINK(\"\"http://x\"\",\"\"看\"\")\","));
}

TEST(WriteRegister, RefusesWhatAFormatCannotHold) {
  const test::TemporaryFolder folder;
  PlotRegister utm = surveyed();
  utm.crs = io::crs_from_user_input("EPSG:32650");
  EXPECT_THAT(test::fact_of_error(ExitCode::input, [&] { write_register(folder.file("a.txt"), utm); }),
              HasSubstr("boundary points hold CGCS2000"));
  EXPECT_THAT(test::fact_of_error(ExitCode::usage, [&] { write_register(folder.file("a.dwg"), utm); }),
              HasSubstr("no format is written under the ending \".dwg\""));
  PlotRegister degrees = surveyed();
  WriteOptions lonlat;
  lonlat.crs = "EPSG:4490";
  EXPECT_THAT(test::fact_of_error(ExitCode::input, [&] { write_register(folder.file("a.zip"), degrees, lonlat); }),
              HasSubstr("projected"));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace plotwatch::plots
