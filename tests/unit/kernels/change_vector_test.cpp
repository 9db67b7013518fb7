#include "kernels/change_vector/change_vector.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/poisoned_planes.hpp"

namespace plotwatch {
namespace {

using namespace kernels;
using test::PoisonedPlanes;

double naive_change(PoisonedPlanes<float>& before, PoisonedPlanes<float>& after, PoisonedPlanes<std::uint8_t>& mask,
                    int radius, int x, int y) {
  const auto size = mask.view();
  double forth = HUGE_VAL, back = HUGE_VAL;
  for (int qy = std::max(0, y - radius); qy <= std::min(size.height - 1, y + radius); ++qy) {
    for (int qx = std::max(0, x - radius); qx <= std::min(size.width - 1, x + radius); ++qx) {
      if (mask(qx, qy) == 0) continue;
      double e1 = 0, e2 = 0;
      for (int b = 0; b < before.planes().bands; ++b) {
        e1 += std::pow(static_cast<double>(before(x, y, b)) - after(qx, qy, b), 2);
        e2 += std::pow(static_cast<double>(before(qx, qy, b)) - after(x, y, b), 2);
      }
      forth = std::fmin(forth, e1);
      back = std::fmin(back, e2);
    }
  }
  return std::sqrt(std::fmax(forth, back));
}

TEST(ChangeVector, IsTheNaiveForm) {
  for (const auto& [bands, radius, width, height] : {std::array{1, 0, 1, 1},
                                                     {3, 1, 1, 5},
                                                     {4, 1, 511, 4},
                                                     {4, 2, 513, 6},
                                                     {6, 1, 65, 9},
                                                     {5, 3, 17, 17},
                                                     {16, 8, 9, 9}}) {
    auto before = test::random_planes(width, height, bands, 1), after = test::random_planes(width, height, bands, 2);
    auto mask = test::random_mask(width, height, 0.3, 3);
    test::spoil(before, mask);
    test::spoil(after, mask);
    PoisonedPlanes<float> out(width, height);
    change_vector(Backend::cpu, before.read(), after.read(), mask.read_view(), radius, out.view());
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        if (mask(x, y) != 0)
          ASSERT_NEAR(out(x, y), naive_change(before, after, mask, radius, x, y), 1e-5) << x << ' ' << y;
        else
          ASSERT_TRUE(std::isnan(out(x, y)));
      }
    }
    EXPECT_TRUE(out.padding_untouched());
  }
}

TEST(ChangeVector, ForgivesAShiftWithinItsRadiusAndNothingBeyond) {
  auto ground = test::random_planes(40, 40, 4, 5);
  PoisonedPlanes<float> moved(40, 40, 4), out(40, 40);
  moved.fill([&](int x, int y, int b) { return ground(std::max(0, x - 1), std::min(39, y + 1), b); });
  auto mask = test::random_mask(40, 40, 0, 1);
  change_vector(Backend::cpu, ground.read(), moved.read(), mask.read_view(), 1, out.view());
  for (int y = 2; y < 38; ++y)
    for (int x = 2; x < 38; ++x) ASSERT_EQ(out(x, y), 0.0f);
  change_vector(Backend::cpu, ground.read(), moved.read(), mask.read_view(), 0, out.view());
  EXPECT_GT(out(20, 20), 0.1f);
}

// A bright spot that is gone: the after image alone would find a dark neighbour and miss it.
TEST(ChangeVector, SeesAPointThatAppearsAndOneThatGoes) {
  PoisonedPlanes<float> flat(9, 9), spot(9, 9), out(9, 9);
  flat.fill([](int, int, int) { return 0.0f; });
  spot.fill([](int x, int y, int) { return x == 4 && y == 4 ? 5.0f : 0.0f; });
  auto mask = test::random_mask(9, 9, 0, 1);
  change_vector(Backend::cpu, flat.read(), spot.read(), mask.read_view(), 1, out.view());
  EXPECT_EQ(out(4, 4), 5.0f);
  EXPECT_EQ(out(3, 4), 0.0f);
  change_vector(Backend::cpu, spot.read(), flat.read(), mask.read_view(), 1, out.view());
  EXPECT_EQ(out(4, 4), 5.0f);
}

TEST(ChangeVector, DoesNotDependOnTheCutBeyondItsRadius) {
  auto before = test::random_planes(700, 30, 4, 1), after = test::random_planes(700, 30, 4, 2);
  auto mask = test::random_mask(700, 30, 0.2, 3);
  PoisonedPlanes<float> whole(700, 30), part(301, 20);
  change_vector(Backend::cpu, before.read(), after.read(), mask.read_view(), 2, whole.view());
  change_vector(Backend::cpu, before.read().sub(313, 5, 301, 20), after.read().sub(313, 5, 301, 20),
                mask.read_view().sub(313, 5, 301, 20), 2, part.view());
  EXPECT_TRUE(test::same_bits(part.view().sub(2, 2, 297, 16), whole.view().sub(315, 7, 297, 16)));
}

TEST(ChangeVector, RefusesBadArguments) {
  auto before = test::random_planes(8, 8, 2, 1), after = test::random_planes(8, 8, 3, 2);
  auto mask = test::random_mask(8, 8, 0, 1);
  PoisonedPlanes<float> out(8, 8), small(7, 8);
  const auto run = [&](int radius, PoisonedPlanes<float>& a, PoisonedPlanes<float>& o) {
    change_vector(Backend::cpu, before.read(), a.read(), mask.read_view(), radius, o.view());
  };
  EXPECT_THROW(run(1, after, out), std::invalid_argument);
  EXPECT_THROW(run(-1, before, out), std::invalid_argument);
  EXPECT_THROW(run(9, before, out), std::invalid_argument);
  EXPECT_THROW(run(1, before, small), std::invalid_argument);
  PoisonedPlanes<float> none(0, 5, 2), no_out(0, 5);
  PoisonedPlanes<std::uint8_t> no_mask(0, 5);
  EXPECT_NO_THROW(change_vector(Backend::cpu, none.read(), none.read(), no_mask.read_view(), 1, no_out.view()));
}

}  // namespace
}  // namespace plotwatch
