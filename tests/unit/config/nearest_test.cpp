#include "config/nearest.hpp"

#include <gtest/gtest.h>

namespace plotwatch::config {
namespace {

TEST(EditDistance, KnownPairs) {
  EXPECT_EQ(edit_distance("", ""), 0u);
  EXPECT_EQ(edit_distance("", "abc"), 3u);
  EXPECT_EQ(edit_distance("abc", ""), 3u);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);  // Levenshtein's textbook pair
  EXPECT_EQ(edit_distance("saturday", "sunday"), 3u);
  EXPECT_EQ(edit_distance("path", "path"), 0u);
}

TEST(Nearest, FindsTheWordThatIsMeant) {
  const std::vector<std::string> known{"path", "date", "sensor"};
  EXPECT_EQ(nearest("pth", known), "path");
  EXPECT_EQ(nearest("snesor", known), "sensor");
  EXPECT_EQ(nearest("date", known), "date");
}

TEST(Nearest, LeavesStrangersAlone) {
  EXPECT_EQ(nearest("threshold", {"path", "date"}), std::nullopt);
  EXPECT_EQ(nearest("x", {}), std::nullopt);
}

TEST(Nearest, TheFirstOfEquallyNearWordsWins) { EXPECT_EQ(nearest("bat", {"cat", "rat"}), "cat"); }

}  // namespace
}  // namespace plotwatch::config
