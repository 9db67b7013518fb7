#include "report/html.hpp"

#include <gtest/gtest.h>

namespace plotwatch::report {
namespace {

TEST(Escape, MarkupBecomesText) {
  EXPECT_EQ(escape("<script>alert('x' & \"y\")</script>"),
            "&lt;script&gt;alert(&#39;x&#39; &amp; &quot;y&quot;)&lt;/script&gt;");
  EXPECT_EQ(escape("地块 №7 𠀀"), "地块 №7 𠀀");
  EXPECT_EQ(escape(""), "");
}

TEST(Escape, ControlCharactersAreReplaced) {
  using namespace std::string_view_literals;
  EXPECT_EQ(escape("a\0b\x1b\x7f"sv), "a\uFFFDb\uFFFD\uFFFD");
  EXPECT_EQ(escape("a\tb\nc"), "a\tb\nc");
}

TEST(Escape, BytesThatAreNotUtf8AreReplacedOneByOne) {
  EXPECT_EQ(escape("\xB5\xD8"), "\uFFFD\uFFFD");                      // "地" in GB18030
  EXPECT_EQ(escape("\xE5\x9C"), "\uFFFD\uFFFD");                      // cut short
  EXPECT_EQ(escape("\xC0\xBC"), "\uFFFD\uFFFD");                      // an overlong '<'
  EXPECT_EQ(escape("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");            // a surrogate
  EXPECT_EQ(escape("\xF4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD");  // beyond U+10FFFF
  EXPECT_EQ(escape("\xE2\x82\xAC<"), "€&lt;");
}

TEST(Html, DataIsEscapedAndMarkupIsNot) {
  const Html inner = html("<b>{}</b>", "a<b");
  EXPECT_EQ(inner.text, "<b>a&lt;b</b>");
  EXPECT_EQ(html("<td title=\"{}\">{}</td>{:.1f}", "\" onclick=\"", inner, 1.25).text,
            "<td title=\"&quot; onclick=&quot;\"><b>a&lt;b</b></td>1.2");
}

TEST(Both, EachLanguageIsMarkedAndEscaped) {
  EXPECT_EQ(both("面积", "area").text, "<span lang=\"zh\">面积</span> <span lang=\"en\">area</span>");
  EXPECT_EQ(both("<", "&").text, "<span lang=\"zh\">&lt;</span> <span lang=\"en\">&amp;</span>");
}

TEST(Both, ALoneLanguageIsShownWhateverThePagesLanguage) {
  EXPECT_EQ(both("", "area").text, "<span>area</span>");
  EXPECT_EQ(both("面积", "").text, "<span>面积</span>");
  EXPECT_EQ(both("x", "x").text, "<span>x</span>");
}

}  // namespace
}  // namespace plotwatch::report
