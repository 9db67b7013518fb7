// What tests of matching on a device share.
#pragma once

#include <cstddef>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "kernels/device/device.hpp"
#include "model/registration.hpp"
#include "support/texture.hpp"
#include "twin/twin.hpp"

namespace plotwatch::test {

inline constexpr std::size_t plenty = std::size_t{1} << 30;

class DeviceMatching : public Twin {
 protected:
  void SetUp() override {
    Twin::SetUp();
    if (IsSkipped()) return;
    const std::string why = kernels::list_devices(twin_backend()).devices.front().why_no_transforms;
    if (!why.empty()) GTEST_SKIP() << why;
  }

  const support::Texture texture{7};
};

inline void expect_same_points(const std::vector<TiePoint>& got, const std::vector<TiePoint>& want) {
  ASSERT_EQ(got.size(), want.size());
  ASSERT_FALSE(want.empty());
  for (std::size_t i = 0; i < want.size(); ++i) {
    const TiePoint &a = got[i], &b = want[i];
    EXPECT_EQ(std::tie(a.x, a.y, a.dx, a.dy, a.sigma, a.reliability, a.fate, a.refusal),
              std::tie(b.x, b.y, b.dx, b.dy, b.sigma, b.reliability, b.fate, b.refusal))
        << "point " << i;
  }
}

}  // namespace plotwatch::test
