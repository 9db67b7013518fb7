// A tile scored on a device, from upload to download, against the processor's: every byte and run.
#include "change/device_scorer.hpp"

#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "change/device_lane.hpp"
#include "core/error.hpp"
#include "kernels/device/device.hpp"
#include "simt/launch.hpp"
#include "simt/simt.hpp"
#include "support/changed_pair.hpp"
#include "support/expect_error.hpp"

namespace plotwatch::change {
namespace {

using test::fitted;
using test::Pair;
using test::side;

constexpr std::size_t plenty = std::size_t{1} << 30;

void expect_same(const TileOutput& a, const TileOutput& b) {
  EXPECT_EQ(a.score, b.score);
  EXPECT_EQ(a.transition, b.transition);
  EXPECT_EQ(a.runs, b.runs);
}

class DeviceTile : public testing::Test {
 protected:
  void SetUp() override {
    simt::attach();
    pair_ = test::make_pair();
    for (int x = 0; x < side; ++x) pair_.usable[static_cast<std::size_t>(11 * side + x)] = 0;
    for (int y = 40; y < 60; ++y) pair_.usable[static_cast<std::size_t>(y * side + 90)] = 0;
  }
  void TearDown() override {
    simt::set_device_memory(std::size_t{2} << 30);
    simt::break_kernel("");
  }
  // The processor's answer.
  TileOutput expected(const ChangeModel& model, const PixelWindow& core) {
    Workspace workspace;
    TileOutput out;
    detect(model, pair_.input(), core, -7, 1000, workspace, out);
    return out;
  }
  static DeviceScorerOptions options(int lanes = 1, std::size_t memory = plenty) {
    return {kernels::Backend::simt, 0, lanes, memory};
  }

  Pair pair_;
};

TEST_F(DeviceTile, HasTheBytesOfTheProcessor) {
  ChangeOptions change;
  for (const double residual : {0.1, 0.6})  // without and with the search over neighbours
    for (const double smoothing : {0.0, 1.0, 3.5})
      for (const int closing : {0, 2}) {
        change.smoothing_px = smoothing;
        change.closing_px = closing;
        const ChangeModel model = fitted(pair_, change, residual);
        DeviceScorer scorer(model, options());
        const int halo = model.halo();
        const PixelWindow core{halo, halo, side - 2 * halo, side - 2 * halo - 3};
        TileOutput out;
        scorer.detect(pair_.input(), core, -7, 1000, out);
        SCOPED_TRACE(testing::Message() << residual << ' ' << smoothing << ' ' << closing);
        const TileOutput want = expected(model, core);
        EXPECT_FALSE(want.runs.empty());
        expect_same(out, want);
      }
}

TEST_F(DeviceTile, AllocatesNothingOnceItHasWorked) {
  const ChangeModel model = fitted(pair_, {});
  DeviceScorer scorer(model, options());
  const PixelWindow core{20, 20, 100, 90};
  TileOutput out;
  scorer.detect(pair_.input(), core, 0, 0, out);
  const std::size_t allocations = simt::allocations(), kernels = simt::kernels_run();
  for (int i = 0; i < 3; ++i) scorer.detect(pair_.input({0, 0, side - 5 * i, side}), core, 0, 0, out);
  EXPECT_EQ(simt::allocations(), allocations);
  EXPECT_GT(simt::kernels_run(), kernels);
}

TEST_F(DeviceTile, ServesManyThreadsWithFewLanes) {
  const ChangeModel model = fitted(pair_, {});
  DeviceScorer scorer(model, options(2));
  const PixelWindow core{20, 20, 100, 90};
  const TileOutput want = expected(model, core);
  std::vector<TileOutput> outs(5);
  std::vector<std::thread> threads;
  for (TileOutput& out : outs) threads.emplace_back([&] { scorer.detect(pair_.input(), core, -7, 1000, out); });
  for (std::thread& t : threads) t.join();
  for (const TileOutput& out : outs) expect_same(out, want);
  EXPECT_LE(scorer.lanes(), 2);
}

TEST_F(DeviceTile, TakesFewerAtATimeWhereTheDeviceIsSmall) {
  const ChangeModel model = fitted(pair_, {});
  const PixelWindow core{20, 20, 100, 90};
  const TileOutput want = expected(model, core);
  const std::size_t one = device_bytes(model, test::bands, side, side);
  simt::set_device_memory(simt::allocated_bytes() + one + one / 2);
  DeviceScorer scorer(model, options(4));
  std::vector<TileOutput> outs(4);
  std::vector<std::thread> threads;
  for (TileOutput& out : outs) threads.emplace_back([&] { scorer.detect(pair_.input(), core, -7, 1000, out); });
  for (std::thread& t : threads) t.join();
  for (const TileOutput& out : outs) expect_same(out, want);
}

TEST_F(DeviceTile, IsCutIntoPartsWhereTheBudgetDoesNotHoldIt) {
  const ChangeModel model = fitted(pair_, {});
  const PixelWindow core{20, 20, 100, 90};
  DeviceScorer scorer(model, options(2, device_bytes(model, test::bands, side, side) / 3));
  TileOutput out;
  scorer.detect(pair_.input(), core, -7, 1000, out);
  expect_same(out, expected(model, core));
  EXPECT_GE(scorer.parts_for_want_of_memory(), 2u);
}

TEST_F(DeviceTile, SaysWhichTileDoesNotFit) {
  const ChangeModel model = fitted(pair_, {});
  DeviceScorer scorer(model, options(1, 1000));
  TileOutput out;
  try {
    scorer.detect(pair_.input(), {20, 20, 100, 90}, 500, 600, out);
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ExitCode::resources);
    EXPECT_EQ(e.where(), "tile of 100 x 90 pixels at column 520, row 620");
    EXPECT_NE(e.advice().find("--tile-size"), std::string::npos);
  }
}

TEST_F(DeviceTile, SaysWhichTileAndKernelFailed) {
  const ChangeModel model = fitted(pair_, {});
  DeviceScorer scorer(model, options());
  TileOutput out;
  simt::break_kernel("gaussian");
  try {
    scorer.detect(pair_.input(), {20, 20, 100, 90}, 500, 600, out);
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ExitCode::resources);
    EXPECT_NE(e.fact().find("gaussian"), std::string::npos) << e.fact();
    EXPECT_NE(e.where().find("column 520, row 620"), std::string::npos);
  }
}

TEST_F(DeviceTile, NeverRunsElsewhereThanAsked) {
  const ChangeModel model = fitted(pair_, {});
  EXPECT_THROW(DeviceScorer(model, {kernels::Backend::simt, 3, 1, plenty}), kernels::DeviceError);
}

}  // namespace
}  // namespace plotwatch::change
