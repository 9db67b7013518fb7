#include "io/table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/kml.hpp"
#include "io/table_text.hpp"
#include "io/table_xlsx.hpp"
#include "io/text_encoding.hpp"
#include "support/expect_error.hpp"
#include "support/temporary_folder.hpp"
#include "support/write_text.hpp"

namespace plotwatch::io {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ReadTable : public testing::Test {
 protected:
  Table csv(const std::string& bytes) {
    test::write_text(folder_.file("t.csv"), bytes);
    return read_table(folder_.file("t.csv"));
  }
  test::TemporaryFolder folder_;
};

const std::string text = "代码,名称,面积\r\n007,\"甲,乙\",1.50\r\n008,,\r\n";

TEST_F(ReadTable, CellsAreTextAndZerosStay) {
  const Table t = csv(text);
  EXPECT_THAT(t.fields, ElementsAre("代码", "名称", "面积"));
  ASSERT_EQ(t.rows.size(), 2u);
  EXPECT_EQ(t.rows[0][0], FieldValue("007"));
  EXPECT_EQ(t.rows[0][1], FieldValue("甲,乙"));
  EXPECT_EQ(t.rows[0][2], FieldValue("1.50"));
  EXPECT_EQ(t.rows[1][1], FieldValue());
}

TEST_F(ReadTable, EveryEncodingOfSpreadsheets) {
  std::string utf16 = "\xFF\xFE";
  for (const char c : std::string("a,b\r\n1,2\r\n")) utf16 += {c, '\0'};
  EXPECT_THAT(csv(utf16).fields, ElementsAre("a", "b"));
  for (const std::string& bytes : {"\xEF\xBB\xBF" + text, gb18030_from_utf8(text), text}) {
    const Table t = csv(bytes);
    EXPECT_EQ(t.fields[0], "代码");
    EXPECT_EQ(t.rows[0][1], FieldValue("甲,乙"));
  }
  EXPECT_EQ(csv("a;b\n1;2\n").rows[0][1], FieldValue("2"));
  EXPECT_EQ(csv("a\tb\n1\t2\n").rows[0][1], FieldValue("2"));
}

TEST_F(ReadTable, WorkbooksComeBackAsTheyWereWritten) {
  OutputLayer layer;
  layer.name = "plots";
  layer.fields = {{"code", FieldType::text, ""},
                  {"地块名称", FieldType::text, ""},
                  {"area", FieldType::real, ""},
                  {"days", FieldType::integer, ""}};
  layer.features = {{1, {"007", "=1+1，“甲”", 1234.56, 30LL}, {}, "", false}, {2, {"-5", {}, {}, {}}, {}, "", false}};
  test::write_text(folder_.file("t.xlsx"), xlsx_bytes(layer));
  const Table t = read_table(folder_.file("t.xlsx"));
  EXPECT_THAT(t.fields, ElementsAre("code", "地块名称", "area", "days"));
  ASSERT_EQ(t.rows.size(), 2u);
  EXPECT_EQ(t.rows[0], (std::vector<FieldValue>{"007", "=1+1，“甲”", 1234.56, 30LL}));
  EXPECT_EQ(t.rows[1], (std::vector<FieldValue>{"-5", {}, {}, {}}));
  EXPECT_EQ(xlsx_bytes(layer), xlsx_bytes(layer));
}

TEST_F(ReadTable, WhatIsNoTableIsRefused) {
  const auto refused = [&](const std::string& path) {
    return test::fact_of_error(ExitCode::input, [&] { read_table(path); });
  };
  test::write_text(folder_.file("a.xlsx"), "no workbook");
  EXPECT_THAT(refused(folder_.file("a.xlsx")), HasSubstr("cannot be read as a table"));
  EXPECT_THAT(refused(folder_.file("none.csv")), HasSubstr("cannot be read"));
  test::write_text(folder_.file("b.csv"), "a,b\n\xFF\xFF,\x80\n");
  EXPECT_THAT(refused(folder_.file("b.csv")), HasSubstr("encoding"));
}

TEST_F(ReadTable, WhatIsWrittenIsReadBack) {
  const Table t = csv(csv_text({"代码", "名称"},
                               {{FieldValue("007"), FieldValue("他说\"好\",\n走")}, {FieldValue(1.25), FieldValue()}}));
  EXPECT_EQ(t.rows[0][1], FieldValue("他说\"好\",\n走"));
  EXPECT_EQ(t.rows[1][0], FieldValue("1.25"));
}

TEST(CsvText, RunsNoFormula) {
  for (const char* cell : {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠a"})
    EXPECT_EQ(without_formula(cell), std::string("'").append(cell));
  for (const char* cell : {"", "a=1", "甲", "1-2", "'x"}) EXPECT_EQ(without_formula(cell), cell);
  // A number is no text.
  EXPECT_EQ(csv_text({"a"}, {{FieldValue(-1.5)}}),
            "\xEF\xBB\xBF"
            "a\r\n-1.5\r\n");
}

TEST(DecodeText, TellsTheEncoding) {
  EXPECT_EQ(decode_text("\xEF\xBB\xBF"
                        "甲")
                .value()
                .text,
            "甲");
  EXPECT_EQ(decode_text("甲").value().encoding, "UTF-8");
  EXPECT_EQ(decode_text(gb18030_from_utf8("甲乙")).value().encoding, "GB18030");
  EXPECT_EQ(decode_text(gb18030_from_utf8("㐀𠀀")).value().text, "㐀𠀀");
  EXPECT_EQ(decode_text("\xFF\xFF\x80"), std::nullopt);
  EXPECT_EQ(gb18030_from_utf8("a\xFFz"), "a?z");
}

TEST(KmlGeometry, ClosesRingsAndHoles) {
  const MultiPolygon p{
      {{{116, 39}, {117, 39}, {117, 40}, {116, 39}}, {{{116.5, 39.2}, {116.6, 39.3}, {116.6, 39.2}, {116.5, 39.2}}}}};
  EXPECT_THAT(kml_geometry(p, 1), HasSubstr("<coordinates>116.0,39.0 117.0,39.0 117.0,40.0 116.0,39.0</coordinates>"));
  EXPECT_THAT(kml_geometry(p, 1), HasSubstr("<innerBoundaryIs>"));
  EXPECT_EQ(kml_colour(0x11, 0x22, 0x33, 0x80), "80332211");
}

}  // namespace
}  // namespace plotwatch::io
