#include "kernels/runs/runs.hpp"

#include <gtest/gtest.h>

#include "support/poisoned_planes.hpp"

namespace plotwatch {
namespace {

using namespace kernels;
using test::PoisonedPlanes;

TEST(Threshold, CutsAreInclusiveAndNodataNeverPasses) {
  for (const int width : {0, 1, 63, 64, 65, 130, 256}) {
    PoisonedPlanes<std::uint8_t> score(width, 2), weak(width, 2), strong(width, 2);
    score.fill([](int x, int y, int) { return static_cast<std::uint8_t>(255 - x + y); });
    threshold(Backend::cpu, score.read_view(), 150, 200, weak.view(), strong.view());
    for (int y = 0; y < 2; ++y) {
      for (int x = 0; x < width; ++x) {
        ASSERT_EQ(weak(x, y), score(x, y) >= 150 && score(x, y) != 255);
        ASSERT_EQ(strong(x, y), score(x, y) >= 200 && score(x, y) != 255);
      }
    }
    EXPECT_TRUE(weak.padding_untouched() && strong.padding_untouched());
    threshold(Backend::cpu, score.read_view(), 150, 200, score.view(), strong.view());  // over the score itself
    EXPECT_TRUE(test::same_bits(score.view(), weak.view()));
  }
}

TEST(Threshold, RefusesCutsInTheWrongOrder) {
  PoisonedPlanes<std::uint8_t> score(4, 4), weak(4, 4), strong(4, 4), small(4, 3);
  EXPECT_THROW(threshold(Backend::cpu, score.read_view(), 3, 2, weak.view(), strong.view()), std::invalid_argument);
  EXPECT_THROW(threshold(Backend::cpu, score.read_view(), 2, 3, small.view(), strong.view()), std::invalid_argument);
}

TEST(Runs, AreMaximalInRowOrderAndKnowTheirStrongPixels) {
  const char* rows[] = {"##..w#www", "w........", ".........", "........#"};  // w weak, # weak and strong
  PoisonedPlanes<std::uint8_t> weak(9, 4), strong(9, 4);
  weak.fill([&](int x, int y, int) { return static_cast<std::uint8_t>(rows[y][x] != '.'); });
  strong.fill([&](int x, int y, int) { return static_cast<std::uint8_t>(rows[y][x] == '#'); });
  strong(5, 2) = 1;  // strong outside weak counts for nothing
  std::vector<kernels::Run> runs = {{-1, 0, 1, true}};
  extract_runs(Backend::cpu, weak.read_view(), strong.read_view(), 100, -50, runs);
  const std::vector<kernels::Run> want = {
      {-1, 0, 1, true}, {-50, 100, 102, true}, {-50, 104, 109, true}, {-49, 100, 101, false}, {-47, 108, 109, true}};
  EXPECT_EQ(runs, want);
}

TEST(Runs, PaintedBackGiveTheMask) {
  for (const int width : {0, 1, 7, 8, 9, 63, 64, 65, 200}) {
    for (const double share : {0.0, 0.1, 0.5, 0.95, 1.0}) {
      auto weak = test::random_mask(width, 5, share, 1), strong = test::random_mask(width, 5, 0.7, 2);
      std::vector<kernels::Run> runs;
      extract_runs(Backend::cpu, weak.read_view(), strong.read_view(), 0, 0, runs);
      PoisonedPlanes<std::uint8_t> painted(width, 5);
      painted.fill([](int, int, int) { return std::uint8_t{0}; });
      for (const kernels::Run& run : runs) {
        bool any = false;
        for (int x = run.x0; x < run.x1; ++x) {
          ++painted(x, run.y);
          any = any || strong(x, run.y) != 0;
        }
        ASSERT_EQ(run.strong, any);
        ASSERT_TRUE(run.x0 == 0 || weak(run.x0 - 1, run.y) == 0);
        ASSERT_TRUE(run.x1 == width || weak(run.x1, run.y) == 0);
      }
      ASSERT_TRUE(test::same_bits(painted.view(), weak.view()));
    }
  }
}

TEST(Runs, RefuseMasksOfDifferentSizes) {
  auto weak = test::random_mask(8, 8, 0, 1), strong = test::random_mask(8, 7, 0, 1);
  std::vector<kernels::Run> runs;
  EXPECT_THROW(extract_runs(Backend::cpu, weak.read_view(), strong.read_view(), 0, 0, runs), std::invalid_argument);
}

}  // namespace
}  // namespace plotwatch
