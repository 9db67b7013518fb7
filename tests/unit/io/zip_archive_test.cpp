#include "io/zip_archive.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/expect_error.hpp"

namespace plotwatch::io {
namespace {

using testing::HasSubstr;

std::string refused(const std::string& bytes, const ZipLimits& limits = {}) {
  return test::fact_of_error(ExitCode::input, [&] { read_zip(bytes, "a.zip", limits); });
}

TEST(ZipArchive, GivesBackWhatWentIn) {
  const std::string archive =
      make_zip({{"界址/点.txt", true, "一二三"}, {"empty", true, ""}, {"b", true, std::string(100000, 'x')}});
  const std::vector<ZipEntry> entries = read_zip(archive, "a.zip");
  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(entries[0].name, "界址/点.txt");
  EXPECT_TRUE(entries[0].name_was_utf8);
  EXPECT_EQ(entries[0].bytes, "一二三");
  EXPECT_EQ(entries[1].bytes, "");
  EXPECT_EQ(entries[2].bytes, std::string(100000, 'x'));
  EXPECT_LT(archive.size(), 1000u);
}

TEST(ZipArchive, TheSameFilesGiveTheSameBytes) {
  const std::vector<ZipEntry> entries{{"a", true, "1"}, {"b", true, "2"}};
  EXPECT_EQ(make_zip(entries), make_zip(entries));
}

TEST(ZipArchive, AnEmptyArchiveHoldsNothing) { EXPECT_TRUE(read_zip(make_zip({}), "a.zip").empty()); }

TEST(ZipArchive, DamageIsSeen) {
  const std::string archive = make_zip({{"a.txt", true, std::string(5000, 'a') + "tail"}});
  for (std::size_t cut : {std::size_t{0}, std::size_t{10}, archive.size() / 2, archive.size() - 1})
    EXPECT_THAT(refused(archive.substr(0, cut)), HasSubstr("cannot be read as a ZIP archive")) << cut;
  std::string flipped = archive;
  flipped[45] = static_cast<char>(flipped[45] ^ 0x5A);  // in the compressed bytes
  EXPECT_THAT(refused(flipped), HasSubstr("damaged"));
}

TEST(ZipArchive, LimitsHold) {
  const std::string archive =
      make_zip({{"a", true, std::string(1 << 20, '0')}, {"b", true, std::string(1 << 20, '0')}});
  EXPECT_LT(archive.size(), 10000u);
  EXPECT_EQ(refused(archive, {4096, (1 << 20) + 1000}), "\"b\" unpacks to more than is allowed");
  EXPECT_EQ(refused(archive, {1, 1 << 30}), "the archive holds 2 files, more than 1");
  EXPECT_EQ(read_zip(archive, "a.zip", {2, 2 << 20}).size(), 2u);
}

TEST(ZipArchive, NamesStayInside) {
  for (const char* name : {"../a", "a/../../b", "/etc/passwd", "..\\a"})
    EXPECT_EQ(refused(make_zip({{name, true, "x"}})), "file 1 has a name that leads out of the archive") << name;
}

}  // namespace
}  // namespace plotwatch::io
