#include "change/score.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "model/transition.hpp"
#include "support/changed_pair.hpp"
#include "support/supported_runs.hpp"

namespace plotwatch::change {
namespace {

using test::changed;
using test::fitted;
using test::make_pair;
using test::Pair;
using test::side;

TEST(Score, FindsTheChangedSquareAndLittleElse) {
  Pair pair = make_pair();
  const ChangeOptions options;
  const ChangeModel model = fitted(pair, options);
  Workspace workspace;
  TileOutput out;
  detect(model, pair.input(), {0, 0, side, side}, 0, 0, workspace, out);
  int hit = 0, false_alarms = 0;
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) {
      const bool inside = x >= changed.x && x < changed.right() && y >= changed.y && y < changed.bottom();
      const bool near = x >= changed.x - 4 && x < changed.right() + 4 && y >= changed.y - 4 && y < changed.bottom() + 4;
      const bool passed = out.score[static_cast<std::size_t>(y * side + x)] >= model.weak_cut;
      hit += inside && passed;
      false_alarms += !near && passed;
    }
  EXPECT_EQ(hit, changed.width * changed.height);
  // The rate asked for is 0.003 of 25 000 pixels: 75. The null is measured on the pair, so allow a factor of two.
  EXPECT_LT(false_alarms, 150);
  EXPECT_EQ(model.weak_cut, 139);    // 250 d / (d + 2), d = -log10 0.003
  EXPECT_EQ(model.strong_cut, 167);  // d = 4
}

TEST(Score, SameBytesHoweverTheTileIsCut) {
  Pair pair = make_pair();
  pair.usable[50 * side + 77] = 0;
  ChangeOptions options;
  for (const double residual : {0.1, 0.6}) {  // without and with the neighbourhood search
    const ChangeModel model = fitted(pair, options, residual);
    EXPECT_EQ(model.search_radius, residual > 0.35 ? 1 : 0);
    const int halo = model.halo();
    Workspace workspace;
    TileOutput whole, part;
    const PixelWindow inner{halo, halo, side - 2 * halo, side - 2 * halo};
    detect(model, pair.input(), inner, 0, 0, workspace, whole);
    std::vector<kernels::Run> joined;
    for (const int left : {inner.x, 71})
      for (const int top : {inner.y, 83}) {
        const PixelWindow core{left, top, (left == 71 ? inner.right() : 71) - left,
                               (top == 83 ? inner.bottom() : 83) - top};
        const PixelWindow extended = core.expanded(halo);
        detect(model, pair.input(extended), {halo, halo, core.width, core.height}, extended.x, extended.y, workspace,
               part);
        for (int y = 0; y < core.height; ++y)
          for (int x = 0; x < core.width; ++x) {
            const auto a = static_cast<std::size_t>(y * core.width + x);
            const auto b = static_cast<std::size_t>((core.y + y - inner.y) * inner.width + core.x + x - inner.x);
            ASSERT_EQ(part.score[a], whole.score[b]) << core.x + x << "," << core.y + y;
            ASSERT_EQ(part.transition[a], whole.transition[b]);
          }
        joined.insert(joined.end(), part.runs.begin(), part.runs.end());
      }
    EXPECT_FALSE(whole.runs.empty());
    EXPECT_EQ(test::supported_runs(joined, inner), whole.runs);
  }
}

TEST(Score, MarksWhatCannotBeSeen) {
  Pair pair = make_pair();
  const ChangeModel model = fitted(pair, {});
  for (int x = 0; x < side; ++x) pair.usable[static_cast<std::size_t>(10 * side + x)] = 0;
  Workspace workspace;
  TileOutput out;
  detect(model, pair.input(), {0, 0, side, side}, 0, 0, workspace, out);
  for (int x = 0; x < side; ++x) {
    EXPECT_EQ(out.score[static_cast<std::size_t>(10 * side + x)], kernels::score_nodata);
    EXPECT_EQ(out.transition[static_cast<std::size_t>(10 * side + x)], transition_nodata);
  }
}

TEST(ChangeModel, HaloCoversEveryNeighbourhood) {
  ChangeModel model;
  model.smoothing_px = 1.5f;
  model.search_radius = 2;
  model.closing_px = 1;
  EXPECT_EQ(model.halo(), 5 + 2 + 2);
  model.search_radius = 0;
  EXPECT_EQ(model.halo(), 5 + 1 + 2);  // edges look at the next pixel
}

}  // namespace
}  // namespace plotwatch::change
