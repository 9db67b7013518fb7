#include "model/stage.hpp"

#include <set>

#include <gtest/gtest.h>

#include "model/evidence.hpp"

namespace plotwatch {
namespace {

TEST(StageNames, GoThereAndBackAndDiffer) {
  std::set<std::string_view> english, chinese;
  for (const Stage s : all_stages()) {
    EXPECT_EQ(parse_stage(name(s)), s);
    english.insert(name(s));
    chinese.insert(name_zh(s));
  }
  EXPECT_EQ(english.size(), 11u);
  EXPECT_EQ(chinese.size(), 11u);
  EXPECT_EQ(name(Stage::cover_net), "cover net");
  EXPECT_EQ(name(Stage::crop), "crop");
  EXPECT_EQ(parse_stage("Crop"), std::nullopt);
  EXPECT_EQ(parse_stage(""), std::nullopt);
}

TEST(GroundIndexNames, AreThoseOfTheColumns) {
  std::set<std::string_view> names;
  for (const GroundIndex i : all_ground_indices()) names.insert(name(i));
  EXPECT_EQ(names, (std::set<std::string_view>{"ndvi", "ndbi", "water", "greenness", "brightness", "contrast"}));
}

}  // namespace
}  // namespace plotwatch
