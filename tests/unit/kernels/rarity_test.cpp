#include "kernels/rarity/rarity.hpp"

#include <limits>
#include <stdexcept>

#include <gtest/gtest.h>

#include "support/naive_rarity.hpp"
#include "support/poisoned_planes.hpp"
#include "support/rarity_tables.hpp"

namespace plotwatch::kernels {
namespace {

using test::PoisonedPlanes;
using test::RarityTables;

// One band whose value is the level of the first axis; cell and class are that level.
RarityTables levels_are_classes() {
  RarityTables t;
  t.before_axes = t.after_axes = {1, 0, 0, 0, 0, 0};
  t.classes.resize(rarity_cells);
  for (int i = 0; i < rarity_levels; ++i) t.classes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(i);
  t.table.resize(static_cast<std::size_t>(rarity_classes) * rarity_classes);
  for (int i = 0; i < rarity_classes; ++i)
    for (int j = 0; j < rarity_classes; ++j)
      t.table[static_cast<std::size_t>(i * rarity_classes + j)] = static_cast<std::uint8_t>(i * 4 + j);
  return t;
}

TEST(Rarity, LooksUpThePairOfClasses) {
  constexpr float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
  const std::vector<float> before{0, 1.9f, 31, 99, -7, nan, infinity, nan}, after{0, 3, 2, 1, 5.5f, 6, 0, 4};
  const std::vector<std::uint8_t> usable{1, 1, 1, 1, 1, 1, 1, 0};
  std::vector<std::uint8_t> out(8, 77);
  const RarityTables t = levels_are_classes();
  rarity(Backend::cpu, {before.data(), 8, 1, 1, 8, 8}, {after.data(), 8, 1, 1, 8, 8}, {usable.data(), 8, 1, 8},
         t.params(), {out.data(), 8, 1, 8});
  EXPECT_EQ(out, (std::vector<std::uint8_t>{0, 7, 126, 125, 5, 6, 124, 255}));
}

TEST(Rarity, EachAxisHasItsPlaceInTheCell) {
  RarityTables t;
  // The three bands of each date are the levels themselves.
  t.before_axes = t.after_axes = {1, 0, 0, 0.5f, 0, 1, 0, 0.5f, 0, 0, 1, 0.5f};
  t.classes.assign(rarity_cells, 0);
  t.classes[3 + 32 * (5 + 32 * 7)] = 9;
  t.table.assign(static_cast<std::size_t>(rarity_classes) * rarity_classes, 1);
  t.table[9 * rarity_classes + 0] = 2;
  t.table[0 * rarity_classes + 9] = 3;
  const std::vector<float> site{3, 5, 7}, other{7, 5, 3};
  const std::vector<std::uint8_t> usable{1};
  const auto of = [&](const std::vector<float>& before, const std::vector<float>& after) {
    std::uint8_t out = 0;
    rarity(Backend::cpu, {before.data(), 1, 1, 3, 1, 1}, {after.data(), 1, 1, 3, 1, 1}, {usable.data(), 1, 1, 1},
           t.params(), {&out, 1, 1, 1});
    return out;
  };
  EXPECT_EQ(of(site, other), 2);
  EXPECT_EQ(of(other, site), 3);
  EXPECT_EQ(of(other, other), 1);
}

TEST(Rarity, IsWhatTheContractSaysAtEverySize) {
  for (const auto& [width, height] :
       {std::pair{0, 0}, {1, 1}, {1, 9}, {7, 3}, {16, 5}, {17, 4}, {511, 3}, {512, 3}, {513, 4}, {1030, 2}})
    for (const int bands : {1, 4, 6, 16}) {
      auto before = test::random_planes(width, height, bands, 1), after = test::random_planes(width, height, bands, 2);
      auto mask = test::random_mask(width, height, 0.2, 3);
      test::spoil(before, mask);
      test::spoil(after, mask);
      const RarityTables t = test::random_rarity_tables(bands, 4);
      PoisonedPlanes<std::uint8_t> out(width, height);
      rarity(Backend::cpu, before.read(), after.read(), mask.read_view(), t.params(), out.view());
      int compared = 0;
      for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
          if (mask(x, y) == 0) {
            ASSERT_EQ(out(x, y), rarity_nodata);
            continue;
          }
          const int was = test::naive_rarity_class(before.read(), t.before_axes, t.classes, x, y),
                    is = test::naive_rarity_class(after.read(), t.after_axes, t.classes, x, y);
          if (was < 0 || is < 0) continue;
          ++compared;
          ASSERT_EQ(out(x, y), t.table[static_cast<std::size_t>(was * rarity_classes + is)])
              << x << ", " << y << " of " << width << " x " << height;
        }
      if (width * height > 100) {
        EXPECT_GT(compared, width * height / 2);
      }
      EXPECT_TRUE(out.padding_untouched());
    }
}

TEST(Rarity, BadArguments) {
  const std::vector<float> v(12);
  const std::vector<std::uint8_t> usable(12, 1);
  std::vector<std::uint8_t> out(12);
  const Planes<const float> p{v.data(), 4, 3, 1, 4, 12}, wide{v.data(), 3, 3, 1, 3, 9}, none{v.data(), 4, 3, 0, 4, 12};
  const Mask mask{usable.data(), 4, 3, 4};
  const MutableMask to{out.data(), 4, 3, 4};
  const RarityTables good = levels_are_classes();
  EXPECT_NO_THROW(rarity(Backend::cpu, p, p, mask, good.params(), to));
  EXPECT_THROW(rarity(Backend::cpu, p, wide, mask, good.params(), to), std::invalid_argument);
  EXPECT_THROW(rarity(Backend::cpu, none, none, mask, good.params(), to), std::invalid_argument);
  RarityTables bad = good;
  bad.classes[17] = rarity_classes;
  EXPECT_THROW(rarity(Backend::cpu, p, p, mask, bad.params(), to), std::invalid_argument);
  bad = good;
  bad.table.pop_back();
  EXPECT_THROW(rarity(Backend::cpu, p, p, mask, bad.params(), to), std::invalid_argument);
  bad = good;
  bad.after_axes.push_back(0);
  EXPECT_THROW(rarity(Backend::cpu, p, p, mask, bad.params(), to), std::invalid_argument);
}

}  // namespace
}  // namespace plotwatch::kernels
