// Which backends there are, and what is said of those that are not.
#include "kernels/device/device.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "kernels/affine/affine.hpp"
#include "kernels/device/queue.hpp"

namespace plotwatch::kernels {
namespace {

TEST(Device, BackendsHaveNames) {
  EXPECT_EQ(name(Backend::cpu), "cpu");
  EXPECT_EQ(name(Backend::cuda), "cuda");
  EXPECT_EQ(name(Backend::simt), "simt");
}

// With a build without CUDA, without a driver or without a device there is a reason; otherwise a device.
TEST(Device, EitherIsThereOrSaysWhyNot) {
  const DeviceList list = list_devices(Backend::cuda);
  EXPECT_NE(list.devices.empty(), list.why_none.empty());
  for (const DeviceInfo& d : list.devices) {
    EXPECT_FALSE(d.name.empty());
    EXPECT_GT(d.memory, 0u);
  }
  EXPECT_TRUE(list_devices(Backend::cpu).devices.empty());
}

TEST(Device, AForcedBackendThatIsAbsentIsAnErrorAndWritesNothing) {
  const DeviceList list = list_devices(Backend::cuda);
  if (!list.devices.empty()) GTEST_SKIP() << "there is a CUDA device";
  const std::vector<float> in(4, 1.0f);
  std::vector<float> out(4, -7.0f);
  try {
    affine(Backend::cuda, {in.data(), 2, 2, 2}, 2, 0, {out.data(), 2, 2, 2});
    FAIL() << "it ran on something else";
  } catch (const DeviceError& e) {
    EXPECT_EQ(e.kind(), DeviceError::Kind::unavailable);
    EXPECT_EQ(e.what(), list.why_none);
  }
  EXPECT_EQ(out, std::vector<float>(4, -7.0f));
}

TEST(Device, ProgramsHaveNoSimtBackend) {
  try {
    make_queue(Backend::simt);
    FAIL();
  } catch (const DeviceError& e) {
    EXPECT_EQ(std::string(e.what()), "the simt backend exists in tests alone");
  }
}

}  // namespace
}  // namespace plotwatch::kernels
