// What only a device that tests own can show: allocations, a device that is small, a kernel that fails.
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "simt/launch.hpp"
#include "simt/simt.hpp"
#include "support/supported_runs.hpp"
#include "twin/device_tile.hpp"

namespace plotwatch::change {
namespace {

using test::bytes_of_tile;
using test::fitted;

class SimtTile : public test::DeviceTile {
 protected:
  void TearDown() override {
    simt::set_device_memory(std::size_t{2} << 30);
    simt::break_kernel("");
    test::DeviceTile::TearDown();
  }
};

TEST_F(SimtTile, AllocatesNothingOnceItHasWorked) {
  const ChangeModel model = fitted(pair_, {});
  DeviceScorer scorer(model, options());
  const PixelWindow core{13, 1020, 100, 90};
  TileOutput out;
  scorer.detect(fetch(), core, out, masks_);
  const std::size_t allocations = simt::allocations(), kernels = simt::kernels_run();
  for (int i = 0; i < 3; ++i) scorer.detect(fetch(), {13 + i, 990, 100 - 5 * i, 90}, out, masks_);
  EXPECT_EQ(simt::allocations(), allocations);
  EXPECT_GT(simt::kernels_run(), kernels);
}

TEST_F(SimtTile, TakesFewerAtATimeWhereTheDeviceIsSmall) {
  const ChangeModel model = fitted(pair_, {});
  const PixelWindow core{20, 20, 100, 90};
  const TileOutput want = expected(model, core);
  const std::size_t one = bytes_of_tile(model, fetch(), on_grid(core));
  simt::set_device_memory(simt::allocated_bytes() + one + one / 2);
  DeviceScorer scorer(model, options(4));
  std::vector<TileOutput> outs(4);
  std::vector<std::thread> threads;
  for (TileOutput& out : outs)
    threads.emplace_back([&] {
      change::TileMasks masks;
      scorer.detect(fetch(), on_grid(core), out, masks);
    });
  for (std::thread& t : threads) t.join();
  for (const TileOutput& out : outs) expect_same(out, want);
}

// The budget would hold a tile; the device does not, be it for its planes or for what a kernel needs beside them.
TEST_F(SimtTile, IsCutIntoPartsWhereTheDeviceDoesNotHoldIt) {
  const ChangeModel model = fitted(pair_, {});
  const PixelWindow core{20, 20, 100, 90};
  const TileOutput want = expected(model, core);
  const std::size_t one = bytes_of_tile(model, fetch(), on_grid(core)), others = simt::allocated_bytes();
  for (const double share : {0.4, 0.6, 0.93, 0.96}) {
    simt::set_device_memory(others + static_cast<std::size_t>(share * static_cast<double>(one)));
    DeviceScorer scorer(model, options());
    TileOutput out;
    scorer.detect(fetch(), on_grid(core), out, masks_);
    out.runs = test::supported_runs(out.runs, on_grid(core));
    expect_same(out, want);
    if (share < 0.9) {
      EXPECT_GE(scorer.parts_for_want_of_memory(), 2u) << share;
    }
  }
}

TEST_F(SimtTile, SaysWhichTileAndKernelFailed) {
  const ChangeModel model = fitted(pair_, {});
  DeviceScorer scorer(model, options());
  TileOutput out;
  simt::break_kernel("gaussian");
  try {
    scorer.detect(fetch(), on_grid({20, 20, 100, 90}), out, masks_);
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ExitCode::resources);
    EXPECT_NE(e.fact().find("gaussian"), std::string::npos) << e.fact();
    EXPECT_NE(e.where().find("column 13, row 1020"), std::string::npos);
  }
}

}  // namespace
}  // namespace plotwatch::change
