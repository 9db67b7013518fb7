// What all twin tests share: the backend that is held against the processor's, and how.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <type_traits>

#include "kernels/base/backend.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::test {

// simt or cuda, by the test program.
kernels::Backend twin_backend();

// Kernel launches on the twin's backend since the program started; always rising where a kernel ran.
std::size_t twin_launches();

// Skips where the backend's device is missing, and fails a test that never launched a kernel on it.
class Twin : public testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;

  // For tests of what happens before a kernel could run.
  void expect_no_kernel() { no_kernel_ = true; }

 private:
  std::size_t launches_before_ = 0;
  bool no_kernel_ = false;
};

// The same bits; NaN is NaN whatever its payload, which processors and devices choose freely.
template <class T>
testing::AssertionResult same_samples(kernels::View<T> a, kernels::View<T> b) {
  for (int y = 0; y < a.height; ++y) {
    for (int x = 0; x < a.width; ++x) {
      if constexpr (std::is_floating_point_v<std::remove_const_t<T>>)
        if (std::isnan(a(x, y)) && std::isnan(b(x, y))) continue;
      if (std::memcmp(&a(x, y), &b(x, y), sizeof(T)) != 0)
        return testing::AssertionFailure() << "pixel (" << x << ", " << y << "): " << +a(x, y) << " and " << +b(x, y);
    }
  }
  return testing::AssertionSuccess();
}

}  // namespace plotwatch::test
