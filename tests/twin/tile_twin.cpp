// A tile scored on a device, from upload to download, against the processor's: every byte and run.
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "kernels/device/device.hpp"
#include "support/supported_runs.hpp"
#include "twin/device_tile.hpp"

namespace plotwatch::change {
namespace {

using test::bytes_of_tile;
using test::fitted;
using test::side;

class DeviceTile : public test::DeviceTile {};

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
        scorer.detect(fetch(), on_grid(core), out, masks_);
        SCOPED_TRACE(testing::Message() << residual << ' ' << smoothing << ' ' << closing);
        const TileOutput want = expected(model, core);
        EXPECT_FALSE(want.runs.empty());
        expect_same(out, want);
      }
}

TEST_F(DeviceTile, ServesManyThreadsWithFewLanes) {
  const ChangeModel model = fitted(pair_, {});
  DeviceScorer scorer(model, options(2));
  const PixelWindow core{20, 20, 100, 90};
  const TileOutput want = expected(model, core);
  std::vector<TileOutput> outs(5);
  std::vector<std::thread> threads;
  for (TileOutput& out : outs)
    threads.emplace_back([&] {
      change::TileMasks masks;
      scorer.detect(fetch(), on_grid(core), out, masks);
    });
  for (std::thread& t : threads) t.join();
  for (const TileOutput& out : outs) expect_same(out, want);
  EXPECT_LE(scorer.lanes(), 2);
}

TEST_F(DeviceTile, IsCutIntoPartsWhereTheBudgetDoesNotHoldIt) {
  const ChangeModel model = fitted(pair_, {});
  const PixelWindow core{20, 20, 100, 90};
  DeviceScorer scorer(model, options(2, bytes_of_tile(model, fetch(), on_grid(core)) / 3));
  TileOutput out;
  scorer.detect(fetch(), on_grid(core), out, masks_);
  out.runs = test::supported_runs(out.runs, on_grid(core));
  expect_same(out, expected(model, core));
  EXPECT_GE(scorer.parts_for_want_of_memory(), 2u);
}

TEST_F(DeviceTile, SaysWhichTileDoesNotFit) {
  expect_no_kernel();
  const ChangeModel model = fitted(pair_, {});
  DeviceScorer scorer(model, options(1, 1000));
  TileOutput out;
  try {
    scorer.detect(fetch(), on_grid({20, 20, 100, 90}), out, masks_);
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ExitCode::resources);
    EXPECT_EQ(e.where(), "tile of 100 x 90 pixels at column 13, row 1020");
    EXPECT_NE(e.advice().find("--tile-size"), std::string::npos);
  }
}

TEST_F(DeviceTile, NeverRunsElsewhereThanAsked) {
  expect_no_kernel();
  const ChangeModel model = fitted(pair_, {});
  EXPECT_THROW(DeviceScorer(model, {test::twin_backend(), 99, 1, test::plenty_of_memory}), kernels::DeviceError);
}

}  // namespace
}  // namespace plotwatch::change
