#include "report/exports.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include "io/atomic_file.hpp"
#include "io/table.hpp"
#include "io/zip_archive.hpp"
#include "report/report.hpp"
#include "support/expect_error.hpp"
#include "support/temporary_folder.hpp"
#include "support/write_text.hpp"
#include "unit/report/fake_scan.hpp"

namespace plotwatch::report {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using Chips = std::vector<std::vector<std::uint8_t>>;

Chips chips_of(const ScanResult& scan) {
  Chips chips;
  for (const Candidate& c : scan.candidates) chips.push_back(draw_chip(c, scan, fake_chip(c, scan), {}));
  chips.back().clear();
  return chips;
}

ExportData fake_data() {
  const ScanResult scan = fake_scan();
  return export_data(scan, chips_of(scan));
}

TEST(ParseExports, TakesWordsInAnyOrder) {
  EXPECT_THAT(parse_exports("xlsx, kml,kml"), ElementsAre(ExportFormat::kml, ExportFormat::xlsx));
  EXPECT_EQ(parse_exports("all").size(), 6u);
  EXPECT_TRUE(parse_exports("").empty());
  EXPECT_EQ(test::fact_of_error(ExitCode::config, [] { parse_exports("kml,docx"); }),
            "\"docx\" is no format for export");
}

TEST(Exports, AFolderGivesTheSameFilesAsTheScan) {
  const test::TemporaryFolder out;
  ScanResult scan = fake_scan();
  // Files hold no point twice.
  for (Candidate& c : scan.candidates) {
    Ring& ring = c.geometry.front().outer;
    ring.erase(std::unique(ring.begin(), ring.end()), ring.end());
  }
  const Chips chips = chips_of(scan);
  write_layers(out.file("candidates.gpkg"), out.file("candidates.geojson"), scan);
  test::write_text(out.file("manifest.json"), "{}");
  std::filesystem::create_directories(out.path() / "chips");
  for (std::size_t i = 0; i < chips.size(); ++i)
    if (!chips[i].empty())
      io::write_file(out.path() / "chips" / ("000" + std::to_string(scan.candidates[i].rank) + ".png"),
                     {reinterpret_cast<const char*>(chips[i].data()), chips[i].size()});
  const ExportData here = export_data(scan, chips), there = read_export_data(out.path());
  EXPECT_TRUE(kml_text(here) == kml_text(there));
  EXPECT_TRUE(gpx_text(here) == gpx_text(there));
  EXPECT_TRUE(csv_export(here) == csv_export(there));
  EXPECT_TRUE(xlsx_bytes(here) == xlsx_bytes(there));
  EXPECT_TRUE(patches_zip(here) == patches_zip(there));
  EXPECT_TRUE(sheets_html(here) == sheets_html(there));
}

TEST(Exports, AFolderGivesTheEvidenceBack) {
  const test::TemporaryFolder out;
  const ScanResult scan = fake_scan();
  write_layers(out.file("candidates.gpkg"), out.file("candidates.geojson"), scan);
  test::write_text(out.file("manifest.json"), "{}");
  const ExportData there = read_export_data(out.path());
  const Candidate &first = there.candidates.at(0), &last = there.candidates.at(4);
  EXPECT_EQ(first.stage, Stage::building);
  EXPECT_EQ(first.pixels, 304);
  EXPECT_EQ(first.before.bands, scan.candidates[0].before.bands);
  EXPECT_EQ(first.after.of(GroundIndex::ndvi), 0.0512);
  EXPECT_EQ(first.after.of(GroundIndex::ndbi), std::nullopt);
  EXPECT_EQ(first.after.share(Cover::built), 0.9);
  EXPECT_EQ(first.outline.boundary_m, 4.2);
  EXPECT_EQ(first.outline.holes, 2);
  EXPECT_EQ(last.stage, Stage::unclear);
  EXPECT_TRUE(last.before.bands.empty());
  EXPECT_EQ(last.outline.boundary_m, std::nullopt);
  EXPECT_EQ(there.plots.at(6).observation.cause, PlotObservation::Cause::cloud_shadow);
}

TEST(Exports, AnUnfinishedScanIsRefused) {
  const test::TemporaryFolder out;
  EXPECT_THAT(test::fact_of_error(ExitCode::input, [&] { read_export_data(out.path()); }),
              HasSubstr("no finished scan"));
}

TEST(Exports, BudgetKeepsTheFirst) {
  const test::TemporaryFolder out;
  EXPECT_THAT(write_exports(out.path(), fake_data(), parse_exports("csv,gpx"), 2),
              ElementsAre("candidates.gpx", "candidates.csv"));
  const io::Table table = io::read_table(out.file("candidates.csv"));
  EXPECT_EQ(table.rows.size(), 2u);
}

// Every word that a reader sees: suspected, never illegal but as one of the verdicts that a person may give.
TEST(Exports, SaySuspectedAndMarkWhatNobodyHasRead) {
  const ExportData data = fake_data();
  for (const std::string& text : {kml_text(data), gpx_text(data), csv_export(data), sheets_html(data)}) {
    EXPECT_THAT(text, HasSubstr("疑似"));
    EXPECT_THAT(text, Not(HasSubstr("llegal")));
  }
  for (const std::string& text : {kml_text(data), csv_export(data)}) EXPECT_THAT(text, Not(HasSubstr("违法")));
  for (const std::string& text : {kml_text(data), csv_export(data), sheets_html(data)})
    EXPECT_THAT(text, HasSubstr("未经核实"));
}

TEST(Exports, FilesHoldNoMarkupOfOthers) {
  ScanResult scan = fake_scan();
  scan.candidates[0].plot_name = "</td><script>alert(1)</script>]]>";
  scan.plots[0].plot.name = scan.candidates[0].plot_name;
  const ExportData data = export_data(scan, {});
  for (const std::string& text : {kml_text(data), gpx_text(data), sheets_html(data)})
    EXPECT_THAT(text, Not(HasSubstr("<script>alert")));
}

// Held against other readers.
TEST(ExportKml, IsReadByOtherSoftware) {
  const test::TemporaryFolder out;
  write_exports(out.path(), fake_data(), parse_exports("kml"), std::nullopt);
  GDALAllRegister();
  const GDALDatasetUniquePtr kml(GDALDataset::Open(out.file("candidates.kml").c_str(), GDAL_OF_VECTOR));
  ASSERT_NE(kml, nullptr);
  std::vector<std::string> layers;
  int features = 0;
  for (OGRLayer* layer : kml->GetLayers()) {
    layers.push_back(layer->GetName());
    features += static_cast<int>(layer->GetFeatureCount());
  }
  EXPECT_THAT(layers, ElementsAre("P0 立即核查 act now", "P1 尽快核查 visit soon", "P2 核对 check",
                                  "P3 仅作记录 record only", "登记地块 registered plots"));
  EXPECT_EQ(features, 5 + 12);
}

TEST(ExportGpx, IsReadByOtherSoftware) {
  const test::TemporaryFolder out;
  write_exports(out.path(), fake_data(), parse_exports("gpx"), std::nullopt);
  GDALAllRegister();
  const GDALDatasetUniquePtr gpx(GDALDataset::Open(out.file("candidates.gpx").c_str(), GDAL_OF_VECTOR));
  ASSERT_NE(gpx, nullptr);
  OGRLayer* points = gpx->GetLayerByName("waypoints");
  ASSERT_NE(points, nullptr);
  ASSERT_EQ(points->GetFeatureCount(), 5);
  const OGRFeatureUniquePtr first(points->GetNextFeature());
  EXPECT_STREQ(first->GetFieldAsString("name"), "1 P0 DX-001");
  EXPECT_NEAR(first->GetGeometryRef()->toPoint()->getX(), 116.3481235, 1e-7);
  EXPECT_NEAR(first->GetGeometryRef()->toPoint()->getY(), 39.7391235, 1e-7);
}

TEST(ExportCsv, IsReadBackAndHarmless) {
  const test::TemporaryFolder out;
  ScanResult scan = fake_scan();
  scan.candidates[0].plot_name = "=1+1";
  write_exports(out.path(), export_data(scan, {}), parse_exports("csv"), std::nullopt);
  const io::Table table = io::read_table(out.file("candidates.csv"));
  ASSERT_EQ(table.rows.size(), 5u);
  EXPECT_EQ(table.fields.front(), "序号");
  EXPECT_EQ(table.rows[0][3], io::FieldValue("'=1+1"));
  EXPECT_EQ(table.fields[17], "X(北)39带");
  EXPECT_THAT(std::get<std::string>(table.rows[0][18]), testing::StartsWith("3944"));
}

TEST(ExportXlsx, IsReadByOtherSoftware) {
  const test::TemporaryFolder out;
  write_exports(out.path(), fake_data(), parse_exports("xlsx"), std::nullopt);
  const io::Table table = io::read_table(out.file("candidates.xlsx"), "核查清单");
  ASSERT_EQ(table.rows.size(), 5u);
  EXPECT_EQ(table.rows[0][2], io::FieldValue("DX-001"));
  EXPECT_EQ(io::read_table(out.file("candidates.xlsx"), "地块观测").rows.size(), 12u);
  std::string sheet, drawing;
  int pictures = 0;
  for (const io::ZipEntry& e : io::read_zip(io::read_file(out.file("candidates.xlsx")), "xlsx")) {
    if (e.name == "xl/worksheets/sheet1.xml") sheet = e.bytes;
    pictures += e.name.starts_with("xl/media/");
  }
  EXPECT_EQ(pictures, 4);
  EXPECT_THAT(sheet, HasSubstr("<formula1>\"未核查,合法,违法,其他,实地伪变化,非新增\"</formula1>"));
  EXPECT_THAT(sheet, HasSubstr("state=\"frozen\""));
  EXPECT_THAT(sheet, Not(HasSubstr("<f>")));
}

TEST(ExportPatches, HaveTheNamesOfTheTable) {
  const test::TemporaryFolder out;
  ScanResult scan = fake_scan();
  scan.plots[0].plot.district_code = "110115";
  scan.plots[0].plot.district_name = "大兴区";
  write_exports(out.path(), export_data(scan, {}), parse_exports("patches"), std::nullopt);
  GDALAllRegister();
  const GDALDatasetUniquePtr zip(GDALDataset::Open(("/vsizip/" + out.file("patches.zip")).c_str(), GDAL_OF_VECTOR));
  ASSERT_NE(zip, nullptr);
  OGRLayer& layer = *zip->GetLayer(0);
  std::vector<std::string> names;
  for (int i = 0; i < layer.GetLayerDefn()->GetFieldCount(); ++i)
    names.emplace_back(layer.GetLayerDefn()->GetFieldDefn(i)->GetNameRef());
  EXPECT_THAT(names, ElementsAre("XZQDM", "XMC", "JCBH", "TBLX", "TZ", "QSX", "HSX", "DLBM", "DLMC", "SFYN", "SFHX",
                                 "MJ", "BZ"));
  const OGRFeatureUniquePtr first(layer.GetNextFeature());
  EXPECT_STREQ(first->GetFieldAsString("XZQDM"), "110115");
  EXPECT_STREQ(first->GetFieldAsString("XMC"), "大兴区");
  EXPECT_STREQ(first->GetFieldAsString("JCBH"), "110115202609190001");
  EXPECT_STREQ(first->GetFieldAsString("TBLX"), "20");
  EXPECT_STREQ(first->GetFieldAsString("QSX"), "20250914");
  EXPECT_NEAR(first->GetFieldAsDouble("MJ"), 30400, 0.1);
  const OGRFeatureUniquePtr second(layer.GetNextFeature());
  EXPECT_STREQ(second->GetFieldAsString("TBLX"), "DT");
}

TEST(ExportPatches, TakeTheirTypeFromTheStage) {
  struct Case {
    Stage stage;
    Transition transition;
    const char* type;
  };
  constexpr Transition to_built{Cover::vegetation, Cover::built}, to_bare{Cover::vegetation, Cover::bare};
  constexpr std::array<Case, 9> cases{{{Stage::building, to_built, "20"},
                                       {Stage::road, to_built, "YH"},
                                       {Stage::road, to_bare, "DT"},
                                       {Stage::earthwork, {Cover::bare, Cover::bare}, "DT"},
                                       {Stage::cover_net, {Cover::bare, Cover::vegetation}, "DT"},
                                       {Stage::demolition, {Cover::built, Cover::bare}, "WL"},
                                       {Stage::crop, {Cover::vegetation, Cover::vegetation}, ""},
                                       {Stage::unclear, to_built, "20"},
                                       {Stage::unclear, {Cover::unknown, Cover::unknown}, ""}}};
  for (const Case& c : cases) {
    const test::TemporaryFolder out;
    ScanResult scan = fake_scan();
    scan.candidates[0].stage = c.stage;
    scan.candidates[0].transition = c.transition;
    write_exports(out.path(), export_data(scan, {}), parse_exports("patches"), std::nullopt);
    GDALAllRegister();
    const GDALDatasetUniquePtr zip(GDALDataset::Open(("/vsizip/" + out.file("patches.zip")).c_str(), GDAL_OF_VECTOR));
    ASSERT_NE(zip, nullptr);
    const OGRFeatureUniquePtr first(zip->GetLayer(0)->GetNextFeature());
    EXPECT_STREQ(first->GetFieldAsString("TBLX"), c.type) << name(c.stage) << ", " << name(c.transition);
  }
}

TEST(ExportSheets, TellWhereAndWhat) {
  const std::string html = sheets_html(fake_data());
  EXPECT_THAT(html, HasSubstr("3度带第39带"));
  EXPECT_THAT(html, HasSubstr("116.348124"));
  EXPECT_THAT(html, HasSubstr("116°20′53.2″"));
  EXPECT_THAT(html, HasSubstr("核查要点"));
  std::size_t pages = 0;
  for (std::size_t at = html.find("<section class=\"sheet\">"); at != std::string::npos;
       at = html.find("<section class=\"sheet\">", at + 1))
    ++pages;
  EXPECT_EQ(pages, 5u);
}

TEST(ExportSheets, NothingToCheckIsSaid) {
  ScanResult scan = fake_scan();
  scan.candidates.clear();
  const ExportData data = export_data(scan, {});
  EXPECT_THAT(sheets_html(data), HasSubstr("未能观测的地块不在此列"));
  EXPECT_NO_THROW(xlsx_bytes(data));
  EXPECT_NO_THROW(patches_zip(data));
  EXPECT_NO_THROW(csv_export(data));
}

}  // namespace
}  // namespace plotwatch::report
