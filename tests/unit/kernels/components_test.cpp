#include "kernels/components/components.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/naive_components.hpp"
#include "support/poisoned_planes.hpp"

namespace plotwatch {
namespace {

using namespace kernels;
using test::PoisonedPlanes;

// '.' nothing, 'w' weak, '#' weak and strong, 's' strong alone.
struct Masks {
  PoisonedPlanes<std::uint8_t> weak, strong;

  explicit Masks(const std::vector<std::string>& rows)
      : weak(static_cast<int>(rows[0].size()), static_cast<int>(rows.size())), strong(weak) {
    const auto at = [&](int x, int y) { return rows[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)]; };
    weak.fill([&](int x, int y, int) { return static_cast<std::uint8_t>(at(x, y) == 'w' || at(x, y) == '#'); });
    strong.fill([&](int x, int y, int) { return static_cast<std::uint8_t>(at(x, y) == 's' || at(x, y) == '#'); });
  }
};

std::string text(PoisonedPlanes<std::uint8_t>& mask, int width, int height) {
  std::string s;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) s += mask(x, y) == 1 ? 'w' : mask(x, y) == 0 ? '.' : '?';
    s += '\n';
  }
  return s;
}

TEST(Components, LabelsAreTheFirstBlockThatTheComponentTouches) {
  Masks m({"w....w",    // blocks 0 1 2
           ".w..w.",    //
           "...w..",    // blocks 3 4 5
           "w.....",    //
           ".....w"});  // blocks 6 7 8
  PoisonedPlanes<std::int32_t> labels(6, 5);
  ComponentsScratch scratch;
  label_components(Backend::cpu, m.weak.read_view(), labels.view(), scratch);
  const std::vector<std::vector<int>> want = {
      {1, 0, 0, 0, 0, 3}, {0, 1, 0, 0, 3, 0}, {0, 0, 0, 3, 0, 0}, {4, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 9}};
  for (int y = 0; y < 5; ++y)
    for (int x = 0; x < 6; ++x)
      EXPECT_EQ(labels(x, y), want[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)]) << x << ' ' << y;
  EXPECT_TRUE(labels.padding_untouched());
}

TEST(Components, WhatNothingSupportsIsDroppedUnlessItMayGoOnOutside) {
  Masks m({"..........",  //
           ".ww..w..w.",  // corners join: the left patch reaches a strong pixel through one
           "...#..s..w",  // a strong pixel beside a weak one is no part of it; the right patch touches the edge
           "......w...",  //
           "..........",  //
           ".w........",  //
           "w.....ww..",  //
           ".......w.."});
  PoisonedPlanes<std::uint8_t> out(10, 8);
  ComponentsScratch scratch;
  keep_supported(Backend::cpu, m.weak.read_view(), m.strong.read_view(), out.view(), scratch);
  EXPECT_EQ(text(out, 10, 8),
            "..........\n"
            ".ww.....w.\n"
            "...w.....w\n"
            "..........\n"
            "..........\n"
            ".w........\n"
            "w.....ww..\n"
            ".......w..\n");
  EXPECT_TRUE(out.padding_untouched());
  keep_supported(Backend::cpu, m.weak.read_view(), m.strong.read_view(), m.weak.view(), scratch);  // in place
  EXPECT_TRUE(test::same_bits(m.weak.view(), out.view()));
}

TEST(Components, AreThoseOfFlooding) {
  ComponentsScratch scratch;
  for (const auto& [width, height] : {std::pair{0, 4}, {4, 0}, {1, 1}, {1, 9}, {9, 1}, {2, 2}, {63, 17}, {130, 41}})
    for (const double holes : {0.0, 0.3, 0.6, 0.75, 0.95, 1.0}) {
      auto weak = test::random_mask(width, height, holes, 5), strong = test::random_mask(width, height, 0.97, 6);
      PoisonedPlanes<std::int32_t> labels(width, height), labels_wanted(width, height);
      label_components(Backend::cpu, weak.read_view(), labels.view(), scratch);
      test::naive_labels(weak.read_view(), labels_wanted.view());
      ASSERT_TRUE(test::same_bits(labels.view(), labels_wanted.view())) << width << " x " << height << ' ' << holes;
      PoisonedPlanes<std::uint8_t> kept(width, height), kept_wanted(width, height);
      keep_supported(Backend::cpu, weak.read_view(), strong.read_view(), kept.view(), scratch);
      test::naive_keep_supported(weak.read_view(), strong.read_view(), kept_wanted.view());
      ASSERT_TRUE(test::same_bits(kept.view(), kept_wanted.view())) << width << " x " << height << ' ' << holes;
    }
}

TEST(Components, RefuseViewsOfDifferentSizes) {
  PoisonedPlanes<std::uint8_t> a(4, 4), b(4, 5);
  PoisonedPlanes<std::int32_t> labels(3, 4);
  ComponentsScratch scratch;
  EXPECT_THROW(label_components(Backend::cpu, a.read_view(), labels.view(), scratch), std::invalid_argument);
  EXPECT_THROW(keep_supported(Backend::cpu, a.read_view(), b.read_view(), a.view(), scratch), std::invalid_argument);
  EXPECT_THROW(keep_supported(Backend::cpu, a.read_view(), a.read_view(), b.view(), scratch), std::invalid_argument);
}

}  // namespace
}  // namespace plotwatch
