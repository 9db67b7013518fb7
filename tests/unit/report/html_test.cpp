#include "report/html.hpp"

#include <gtest/gtest.h>

namespace plotwatch::report {
namespace {

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
