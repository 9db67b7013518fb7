#include "review/http/message.hpp"

#include <gtest/gtest.h>

namespace plotwatch::review {
namespace {

TEST(Target, IsDecodedAndWithoutDotsAndDoubledSlashes) {
  const auto target = parse_target("/api//cases/./DX%2D001?unit=%E9%BB%84%E6%9D%91&unit=a+b&open");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/api/cases/DX-001");
  EXPECT_EQ(target->query, (Query{{"unit", "黄村"}, {"unit", "a b"}, {"open", ""}}));
  EXPECT_EQ(parse_target("/")->path, "/");
  EXPECT_EQ(parse_target("/a/")->path, "/a");
}

TEST(Target, ThatLeadsOutOfItsFolderIsNone) {
  for (const char* target : {"/..", "/a/../b", "/a/%2e%2e/b", "/%2E%2E%2Fetc/passwd", "/a/..%2f..%2fb", "/a%5c..%5cb",
                             "/a%00b", "a/b", "", "http://host/a", "*", "/a%2", "/a%zz", "/a?b=%f", "/a?%=1"})
    EXPECT_FALSE(parse_target(target)) << target;
  EXPECT_EQ(parse_target("/a..b/...")->path, "/a..b/...") << "dots that lead nowhere";
}

TEST(Request, FindsACookieAmongOthers) {
  Request request;
  request.headers["cookie"] = "a=1; plotwatch_session=tok=en ;b";
  EXPECT_EQ(request.cookie("plotwatch_session"), "tok=en");
  EXPECT_EQ(request.cookie("a"), "1");
  EXPECT_FALSE(request.cookie("session"));
  EXPECT_FALSE(request.cookie("b"));
}

TEST(Request, GivesAllParametersOfAName) {
  Request request;
  request.query = {{"tier", "gone"}, {"unit", "x"}, {"tier", "confirmed"}};
  EXPECT_EQ(request.parameters("tier"), (std::vector<std::string>{"gone", "confirmed"}));
  EXPECT_EQ(request.parameter("tier"), "gone");
  EXPECT_FALSE(request.parameter("none"));
}

}  // namespace
}  // namespace plotwatch::review
