#include "plots/register_values.hpp"

#include <gtest/gtest.h>

namespace plotwatch::plots {
namespace {

TEST(RegisterValues, Text) {
  EXPECT_EQ(text_of(std::string(" \u3000 示例地块\u3000\t")), "示例地块");
  EXPECT_EQ(text_of(std::string("  ")), "");
  EXPECT_EQ(text_of(std::monostate{}), "");
  EXPECT_EQ(text_of(110115000123LL), "110115000123");
  EXPECT_EQ(text_of(110115000123.0), "110115000123");
  EXPECT_EQ(text_of(0.25), "0.25");
}

TEST(RegisterValues, DatesAsRegistersWriteThem) {
  const Date expected{2026, 2, 8};
  for (const char* text : {"2026-02-08", "2026-2-8", "2026/02/08", "2026/2/8", "2026.2.8", "20260208", "2026年2月8日",
                           "2026年02月08日", " 2026-02-08 ", "2026-02-08T10:30:00Z", "2026/2/8 0:00:00"})
    EXPECT_EQ(date_of(text), expected) << text;
}

TEST(RegisterValues, NoDates) {
  for (const char* text : {"", "2026", "2026-02", "2026-13-01", "2026-02-30", "08.02.2026", "2026-02-08x", "soon",
                           "2026/02-08", "202602081", "-026-02-08", "２０２６年"})
    EXPECT_EQ(date_of(text), std::nullopt) << text;
}

TEST(RegisterValues, Statuses) {
  EXPECT_TRUE(is_known_status("listed"));
  EXPECT_TRUE(is_known_status("strict_farmland"));
  EXPECT_FALSE(is_known_status("Listed"));
  EXPECT_FALSE(is_known_status(""));
}

}  // namespace
}  // namespace plotwatch::plots
