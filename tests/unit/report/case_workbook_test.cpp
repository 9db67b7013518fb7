#include "report/case_workbook.hpp"

#include <gtest/gtest.h>

#include "io/crs.hpp"
#include "io/zip_archive.hpp"
#include "support/expect_error.hpp"

namespace plotwatch::report {
namespace {

CaseLine line(const std::string& id, Judgement judgement, const std::string& reason, std::int64_t sequence) {
  CaseLine out;
  out.record.id = id;
  out.record.plot_code = "007";
  out.record.plot_name = "=HYPERLINK(\"http://x\")";
  out.record.unit = "黄村镇";
  out.record.geometry = {{{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}, {}}};
  out.record.representative_lonlat = {116.5, 39.5};
  out.record.area_m2 = 100;
  out.record.judgement = judgement;
  out.record.judgement_reason = reason;
  out.sequence = sequence;
  return out;
}

TEST(CaseWorkbook, ComesBackAsItWasWritten) {
  const std::vector<CaseLine> lines{line("DX-1", Judgement::none, "", 3),
                                    line("DX-2", Judgement::false_change, "+1 -1 @x =2", 4711)};
  const std::vector<FilledLine> back = read_case_workbook(case_workbook(lines));
  ASSERT_EQ(back.size(), 2u);
  EXPECT_EQ(back[0].row, 2);
  EXPECT_EQ(back[0].case_id, "DX-1");
  EXPECT_EQ(back[0].judgement, Judgement::none);
  EXPECT_EQ(back[0].sequence, 3);
  EXPECT_EQ(back[1].judgement, Judgement::false_change);
  EXPECT_EQ(back[1].reason, "+1 -1 @x =2");
  EXPECT_EQ(back[1].sequence, 4711);
  EXPECT_EQ(case_workbook(lines), case_workbook(lines));
}

TEST(CaseWorkbook, HasTextAndNoFormulas) {
  const std::string book = case_workbook({line("=1+1", Judgement::permitted, "=cmd|' /C calc'!A0", 1)});
  for (const io::ZipEntry& entry : io::read_zip(book, "book"))
    if (entry.name.starts_with("xl/worksheets/")) {
      EXPECT_EQ(entry.bytes.find("<f>"), std::string::npos) << entry.name;
    }
}

TEST(CaseWorkbook, OtherFilesAreRefused) {
  const auto refused = [](const std::string& bytes) {
    return test::fact_of_error(ExitCode::input, [&] { read_case_workbook(bytes); });
  };
  refused("hello");
  refused(io::make_zip({{"a.txt", true, "x"}}));
  refused(io::make_zip({{"xl/huge.xml", true, std::string(std::size_t{257} << 20, ' ')}}));
}

TEST(CaseKml, HasEachOutlineWithItsId) {
  const std::string kml = case_kml({line("DX-1", Judgement::none, "", 1)}, io::crs_from_user_input("EPSG:32650"));
  EXPECT_NE(kml.find("<coordinates>"), std::string::npos);
  EXPECT_EQ(kml.find("http://x\")"), std::string::npos) << "quotes are escaped";
}

}  // namespace
}  // namespace plotwatch::report
