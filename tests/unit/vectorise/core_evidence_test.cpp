#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "vectorise/vectorise.hpp"

namespace plotwatch::vectorise {
namespace {

double rarity_of(std::uint8_t stored) { return stored / 100.0; }

// A component from a picture: '#' changed. Runs are cut in pieces of three, as tile seams would.
ChangeComponent drawn(const std::vector<std::string>& rows) {
  ChangeComponent c;
  c.window = {5, 7, static_cast<int>(rows[0].size()), static_cast<int>(rows.size())};
  for (int y = 0; y < c.window.height; ++y)
    for (int x = 0; x < c.window.width; ++x) {
      if (rows[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)] != '#') continue;
      ++c.pixels;
      const int gx = x + c.window.x, gy = y + c.window.y;
      if (!c.runs.empty() && c.runs.back().y == gy && c.runs.back().x1 == gx && c.runs.back().x1 - c.runs.back().x0 < 3)
        ++c.runs.back().x1;
      else
        c.runs.push_back({gy, gx, gx + 1, false});
    }
  return c;
}

ChangeEvidence evidence_of(const ChangeComponent& c, const std::vector<std::uint8_t>& rarity) {
  ChangeEvidence found;
  add_core_evidence(c, {rarity.data(), c.window.width, c.window.height, c.window.width}, rarity_of, found);
  return found;
}

TEST(CoreEvidence, ASquareCountsWithItsMiddle) {
  const ChangeComponent square = drawn({"####", "####", "####", "####"});
  std::vector<std::uint8_t> rarity(16, 10);
  for (const std::size_t i : {5u, 6u, 9u, 10u}) rarity[i] = 200;
  const ChangeEvidence e = evidence_of(square, rarity);
  EXPECT_DOUBLE_EQ(e.core_share, 4.0 / 16);
  EXPECT_DOUBLE_EQ(e.rarity, 2.0);
}

TEST(CoreEvidence, ASliverHasNoCoreAndCountsWhole) {
  const ChangeComponent sliver = drawn({"#######", "#######"});
  std::vector<std::uint8_t> rarity(14, 50);
  rarity[3] = 255;  // not observable
  const ChangeEvidence e = evidence_of(sliver, rarity);
  EXPECT_DOUBLE_EQ(e.core_share, 0);
  EXPECT_DOUBLE_EQ(e.rarity, 0.5);
}

TEST(CoreEvidence, RowsThatDoNotMeetAreNoNeighbours) {
  const ChangeEvidence e = evidence_of(drawn({"###", "###", "...", "###", "###"}), std::vector<std::uint8_t>(15, 1));
  EXPECT_DOUBLE_EQ(e.core_share, 0);
}

TEST(CoreEvidence, IsWhatNeighboursSayForAnyShape) {
  std::mt19937 random(5);
  for (int round = 0; round < 50; ++round) {
    std::vector<std::string> rows(9, std::string(13, '.'));
    for (auto& row : rows)
      for (char& c : row)
        if (random() % 100 < 80) c = '#';
    const auto set = [&](int x, int y) {
      return x >= 0 && y >= 0 && x < 13 && y < 9 &&
             rows[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)] == '#';
    };
    std::vector<std::uint8_t> rarity;
    for (int i = 0; i < 13 * 9; ++i) rarity.push_back(static_cast<std::uint8_t>(random() % 251));
    int pixels = 0, core = 0;
    double sum = 0;
    for (int y = 0; y < 9; ++y)
      for (int x = 0; x < 13; ++x) {
        pixels += set(x, y);
        if (!set(x, y) || !set(x - 1, y) || !set(x + 1, y) || !set(x, y - 1) || !set(x, y + 1)) continue;
        ++core;
        sum += rarity_of(rarity[static_cast<std::size_t>(y * 13 + x)]);
      }
    const ChangeEvidence e = evidence_of(drawn(rows), rarity);
    ASSERT_DOUBLE_EQ(e.core_share, double(core) / pixels);
    if (core >= 4) {
      ASSERT_NEAR(e.rarity, sum / core, 1e-12);
    }
  }
}

}  // namespace
}  // namespace plotwatch::vectorise
