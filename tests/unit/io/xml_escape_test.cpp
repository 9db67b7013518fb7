#include "io/xml_escape.hpp"

#include <gtest/gtest.h>

namespace plotwatch::io {
namespace {

TEST(XmlEscape, MarkupBecomesText) {
  EXPECT_EQ(xml_escape("<script>alert('x' & \"y\")</script>"),
            "&lt;script&gt;alert(&#39;x&#39; &amp; &quot;y&quot;)&lt;/script&gt;");
  EXPECT_EQ(xml_escape("地块 №7 𠀀"), "地块 №7 𠀀");
  EXPECT_EQ(xml_escape(""), "");
}

TEST(XmlEscape, ControlCharactersAreReplaced) {
  using namespace std::string_view_literals;
  EXPECT_EQ(xml_escape("a\0b\x1b\x7f"sv), "a\uFFFDb\uFFFD\uFFFD");
  EXPECT_EQ(xml_escape("a\tb\nc"), "a\tb\nc");
}

TEST(XmlEscape, BytesThatAreNotUtf8AreReplacedOneByOne) {
  EXPECT_EQ(xml_escape("\xB5\xD8"), "\uFFFD\uFFFD");                      // "地" in GB18030
  EXPECT_EQ(xml_escape("\xE5\x9C"), "\uFFFD\uFFFD");                      // cut short
  EXPECT_EQ(xml_escape("\xC0\xBC"), "\uFFFD\uFFFD");                      // an overlong '<'
  EXPECT_EQ(xml_escape("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");            // a surrogate
  EXPECT_EQ(xml_escape("\xF4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD");  // beyond U+10FFFF
  EXPECT_EQ(xml_escape("\xE2\x82\xAC<"), "€&lt;");
}

}  // namespace
}  // namespace plotwatch::io
