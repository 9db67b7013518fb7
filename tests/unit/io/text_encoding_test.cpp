#include "io/text_encoding.hpp"

#include <gtest/gtest.h>

namespace plotwatch::io {
namespace {

TEST(TextEncoding, Utf8IsStrict) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("DX-001 地块 𠮷"));
  EXPECT_FALSE(is_utf8("\xC0\xAF"));          // overlong
  EXPECT_FALSE(is_utf8("\xE0\x80\xAF"));      // overlong
  EXPECT_FALSE(is_utf8("\xED\xA0\x80"));      // surrogate
  EXPECT_FALSE(is_utf8("\xF4\x90\x80\x80"));  // above U+10FFFF
  EXPECT_FALSE(is_utf8("\xB5\xD8\xBF\xE9"));  // GBK
  EXPECT_FALSE(is_utf8("\x80"));
}

TEST(TextEncoding, ACutEndIsAllowedOnRequestOnly) {
  const std::string cut = std::string("地块").substr(0, 5);
  EXPECT_FALSE(is_utf8(cut));
  EXPECT_TRUE(is_utf8(cut, true));
  EXPECT_EQ(without_cut_utf8(cut), "地");
  EXPECT_EQ(without_cut_utf8("地块"), "地块");
}

TEST(TextEncoding, Gb18030) {
  EXPECT_EQ(utf8_from_gb18030("\xB5\xD8\xBF\xE9"), "地块");
  EXPECT_EQ(utf8_from_gb18030("plain"), "plain");
  EXPECT_EQ(utf8_from_gb18030(""), "");
  EXPECT_EQ(utf8_from_gb18030("\x95\x32\x82\x36"), "𠀀");  // four bytes
  EXPECT_EQ(utf8_from_gb18030("\xB5\xD8\xBF"), "地");      // cut off
  EXPECT_EQ(utf8_from_gb18030("\xFF\xFF"), std::nullopt);
  std::string long_text, expected;
  for (int i = 0; i < 1000; ++i) {
    long_text += "\xB5\xD8";
    expected += "地";
  }
  EXPECT_EQ(utf8_from_gb18030(long_text), expected);
}

}  // namespace
}  // namespace plotwatch::io
