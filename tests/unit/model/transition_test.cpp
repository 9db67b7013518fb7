#include "model/transition.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace plotwatch {
namespace {

TEST(Transition, CodesGoThereAndBack) {
  std::set<int> codes;
  for (const Transition t : all_transitions()) {
    EXPECT_EQ(decode_transition(encode(t)), t);
    codes.insert(encode(t));
  }
  EXPECT_EQ(codes.size(), 25u);
  EXPECT_EQ(*codes.begin(), 1);
  EXPECT_EQ(*codes.rbegin(), 25);
}

// transition.tif holds these numbers.
TEST(Transition, CodesAreFixed) {
  EXPECT_EQ(encode({Cover::unknown, Cover::unknown}), 1);
  EXPECT_EQ(encode({Cover::vegetation, Cover::bare}), 8);
  EXPECT_EQ(encode({Cover::bare, Cover::built}), 14);
  EXPECT_EQ(encode({Cover::built, Cover::bare}), 18);
  EXPECT_EQ(encode({Cover::water, Cover::water}), 25);
}

TEST(Transition, OtherCodesMeanNone) {
  EXPECT_EQ(decode_transition(transition_none), std::nullopt);
  EXPECT_EQ(decode_transition(transition_nodata), std::nullopt);
  for (int code = 26; code < 256; ++code)
    EXPECT_EQ(decode_transition(static_cast<std::uint8_t>(code)), std::nullopt) << code;
}

TEST(Transition, Names) {
  EXPECT_EQ(name(Transition{Cover::vegetation, Cover::bare}), "vegetation->bare");
  EXPECT_EQ(name_zh(Transition{Cover::vegetation, Cover::bare}), "植被→裸地");
  EXPECT_EQ(name(Transition{}), "other change");
  EXPECT_EQ(name(Transition{Cover::bare, Cover::bare}), "other change");
  EXPECT_EQ(name(Transition{Cover::unknown, Cover::built}), "other change");
  EXPECT_EQ(name(Transition{Cover::built, Cover::unknown}), "other change");
}

TEST(Transition, NamesAreReadBack) {
  std::set<std::string> names;
  for (const Transition t : all_transitions()) {
    const std::optional<Transition> parsed = parse_transition(name(t));
    ASSERT_TRUE(parsed.has_value()) << name(t);
    EXPECT_EQ(name(*parsed), name(t));
    names.insert(std::string(name(t)));
  }
  EXPECT_EQ(names.size(), 13u);  // 4 * 3 that are told apart, and the rest
  for (const char* text : {"", "bare", "bare->", "bare -> built", "bare->bare", "unknown->built", "Bare->Built"})
    EXPECT_EQ(parse_transition(text), std::nullopt) << text;
}

}  // namespace
}  // namespace plotwatch
