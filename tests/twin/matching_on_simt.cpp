// What only a device that tests own can show of matching: allocations, a device that is small, a kernel that fails.
#include <gtest/gtest.h>

#include "core/error.hpp"
#include "registration/device_correlator.hpp"
#include "registration/registration.hpp"
#include "simt/launch.hpp"
#include "simt/simt.hpp"
#include "support/register_pair.hpp"
#include "twin/device_matching.hpp"

namespace plotwatch::registration {
namespace {

using namespace plotwatch::support;
using test::expect_same_points;

class SimtMatching : public test::DeviceMatching {
 protected:
  void TearDown() override {
    simt::set_device_memory(std::size_t{2} << 30);
    simt::break_kernel("");
    simt::set_largest_plan(0);
    test::DeviceMatching::TearDown();
  }

  Image before_ = texture.image(256, 256), after_ = texture.image(256, 256, 1.2, 0.7);
  WindowPair pair_ = window_pair(before_, after_, 500, 600);
  std::vector<TiePoint> want_ = match(pair_, {});
};

TEST_F(SimtMatching, AllocatesNothingOnceItHasWorked) {
  DeviceCorrelator device(test::twin_backend(), 0, test::plenty);
  match(pair_, {}, &device);
  const std::size_t allocations = simt::allocations(), kernels = simt::kernels_run();
  const WindowPair smaller = window_pair(before_, after_);
  for (int i = 0; i < 2; ++i) match(smaller, {}, &device);
  EXPECT_EQ(simt::allocations(), allocations);
  EXPECT_GT(simt::kernels_run(), kernels);
}

TEST_F(SimtMatching, TakesFewerWindowsAtATimeWhereTheBudgetOrTheDeviceIsSmall) {
  DeviceCorrelator all(test::twin_backend(), 0, test::plenty);
  const std::size_t before = simt::allocated_bytes(), kernels = simt::kernels_run();
  expect_same_points(match(pair_, {}, &all), want_);
  const std::size_t whole = simt::allocated_bytes() - before, launches = simt::kernels_run() - kernels;
  {
    DeviceCorrelator budgeted(test::twin_backend(), 0, whole / 2);
    const std::size_t from = simt::kernels_run();
    expect_same_points(match(pair_, {}, &budgeted), want_);
    EXPECT_GT(simt::kernels_run() - from, launches);  // in more than one go
  }
  const auto expect_more_launches = [&] {
    DeviceCorrelator small(test::twin_backend(), 0, test::plenty);
    const std::size_t from = simt::kernels_run();
    expect_same_points(match(pair_, {}, &small), want_);
    EXPECT_GT(simt::kernels_run() - from, launches);
  };
  simt::set_largest_plan(2);  // the library finds no memory for more
  expect_more_launches();
  simt::set_largest_plan(0);
  simt::set_device_memory(simt::allocated_bytes() + whole / 2);
  expect_more_launches();
}

TEST_F(SimtMatching, LeavesItToTheProcessorWhereNotOneWindowFits) {
  expect_no_kernel();
  DeviceCorrelator device(test::twin_backend(), 0, 1000);
  expect_same_points(match(pair_, {}, &device), want_);
  EXPECT_EQ(device.surfaces(), 0u);
  simt::set_device_memory(simt::allocated_bytes() + 1000);
  DeviceCorrelator on_small(test::twin_backend(), 0, test::plenty);
  expect_same_points(match(pair_, {}, &on_small), want_);
}

TEST_F(SimtMatching, SaysWhereAndWhichKernelFailed) {
  DeviceCorrelator device(test::twin_backend(), 0, test::plenty);
  simt::break_kernel("correlate cross");
  try {
    match(pair_, {}, &device);
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ExitCode::resources);
    EXPECT_NE(e.fact().find("correlate cross"), std::string::npos) << e.fact();
    EXPECT_NE(e.where().find("column 500, row 600"), std::string::npos) << e.where();
  }
}

}  // namespace
}  // namespace plotwatch::registration
