// Kernels that look at one pixel: quality, affine, logarithm, stretch, thresholds, nodata.
#include <limits>
#include <random>
#include <vector>

#include "kernels/affine/affine.hpp"
#include "kernels/intersect/intersect.hpp"
#include "kernels/logarithm/logarithm.hpp"
#include "kernels/quality/quality.hpp"
#include "kernels/resample/resample.hpp"
#include "kernels/stretch/stretch.hpp"
#include "support/poisoned_planes.hpp"
#include "twin/sizes.hpp"
#include "twin/twin.hpp"

namespace plotwatch {
namespace {

using namespace kernels;
using test::PoisonedPlanes;
using test::same_samples;
using test::twin_backend;

class Pointwise : public test::Twin {};

// Values that break things: signed zeros, denormals, infinities, NaN, and ordinary ones.
PoisonedPlanes<float> hard_samples(int width, int height) {
  constexpr float inf = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
  const std::vector<float> odd = {0.0f, -0.0f, 1e-42f, -1e-42f, inf, -inf, nan, 3e38f, -3e38f, 1.0f};
  auto planes = test::random_planes(width, height, 1, 5, 0, 50);
  int i = 0;
  planes.fill([&](int, int, int) { return odd[static_cast<std::size_t>(i++) % odd.size()]; });
  auto ordinary = test::random_planes(width, height, 1, 6, 0, 50);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      if ((x + y) % 3 != 0) planes(x, y) = ordinary(x, y);
  return planes;
}

TEST_F(Pointwise, Affine) {
  for (const auto& [width, height] : test::twin_sizes) {
    auto in = hard_samples(width, height);
    PoisonedPlanes<float> cpu(width, height), twin(width, height);
    affine(Backend::cpu, in.read_view(), 0.37f, -1.25f, cpu.view());
    affine(twin_backend(), in.read_view(), 0.37f, -1.25f, twin.view());
    EXPECT_TRUE(same_samples(cpu.view(), twin.view())) << width << " x " << height;
    EXPECT_TRUE(twin.padding_untouched());
    affine(twin_backend(), in.read_view(), 0.37f, -1.25f, in.view());  // in place
    EXPECT_TRUE(same_samples(cpu.view(), in.view()));
  }
}

TEST_F(Pointwise, Intersect) {
  for (const auto& [width, height] : test::twin_sizes) {
    auto a = test::random_mask(width, height, 0.4, 1), b = test::random_mask(width, height, 0.4, 2);
    if (width > 0 && height > 0) a(width - 1, height - 1) = 7, b(width - 1, height - 1) = 8;  // set is not only 1
    auto cpu = b, twin = b;
    intersect(Backend::cpu, a.read_view(), cpu.view());
    intersect(twin_backend(), a.read_view(), twin.view());
    EXPECT_TRUE(same_samples(cpu.view(), twin.view())) << width << " x " << height;
    EXPECT_TRUE(twin.padding_untouched());
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) ASSERT_EQ(cpu(x, y), a(x, y) != 0 && b(x, y) != 0 ? 1 : 0);
  }
}

TEST_F(Pointwise, Logarithm) {
  for (const auto& [width, height] : test::twin_sizes) {
    auto in = hard_samples(width, height);
    in.fill([&, given = in](int x, int y, int) mutable { return std::fabs(given(x, y)); });
    PoisonedPlanes<float> cpu(width, height), twin(width, height);
    logarithm(Backend::cpu, in.read_view(), 1e-3f, cpu.view());
    logarithm(twin_backend(), in.read_view(), 1e-3f, twin.view());
    EXPECT_TRUE(same_samples(cpu.view(), twin.view())) << width << " x " << height;
    EXPECT_TRUE(twin.padding_untouched());
    logarithm(twin_backend(), in.read_view(), 1e-3f, in.view());
    EXPECT_TRUE(same_samples(cpu.view(), in.view()));
  }
}

TEST_F(Pointwise, Stretch) {
  for (const auto& [width, height] : test::twin_sizes) {
    auto in = hard_samples(width, height);
    auto mask = test::random_mask(width, height, 0.2, 1);
    PoisonedPlanes<std::uint8_t> cpu(width, height), twin(width, height);
    to_byte(Backend::cpu, in.read_view(), mask.read_view(), {-60, 70}, cpu.view());
    to_byte(twin_backend(), in.read_view(), mask.read_view(), {-60, 70}, twin.view());
    EXPECT_TRUE(same_samples(cpu.view(), twin.view())) << width << " x " << height;
    EXPECT_TRUE(twin.padding_untouched());
  }
}

template <class T>
void expect_same_quality() {
  std::mt19937 random(2);
  std::vector<std::uint8_t> table(std::size_t{std::numeric_limits<T>::max()} + 1);
  for (auto& entry : table) entry = random() % 2;
  for (const auto& [width, height] : test::twin_sizes) {
    PoisonedPlanes<T> quality(width, height);
    quality.fill([&](int, int, int) { return static_cast<T>(random()); });
    PoisonedPlanes<std::uint8_t> cpu(width, height), twin(width, height);
    usable_from_quality<T>(Backend::cpu, quality.read_view(), table, cpu.view());
    usable_from_quality<T>(twin_backend(), quality.read_view(), table, twin.view());
    EXPECT_TRUE(same_samples(cpu.view(), twin.view())) << width << " x " << height;
    EXPECT_TRUE(twin.padding_untouched());
    if constexpr (std::is_same_v<T, std::uint8_t>) {
      usable_from_quality<T>(twin_backend(), quality.read_view(), table, quality.view());
      EXPECT_TRUE(same_samples(cpu.view(), quality.view()));
    }
  }
}

TEST_F(Pointwise, Quality) {
  expect_same_quality<std::uint8_t>();
  expect_same_quality<std::uint16_t>();
}

template <class T>
void expect_same_nodata(std::optional<T> nodata) {
  for (const auto& [width, height] : test::twin_sizes) {
    PoisonedPlanes<T> band(width, height);
    if constexpr (std::is_same_v<T, float>)
      band = hard_samples(width, height);
    else
      band.fill([](int x, int y, int) { return static_cast<T>((x * 7 + y) % 5); });
    auto cpu = test::random_mask(width, height, 0.3, 4), twin = cpu;
    usable_from_nodata<T>(Backend::cpu, band.read_view(), nodata, cpu.view());
    usable_from_nodata<T>(twin_backend(), band.read_view(), nodata, twin.view());
    EXPECT_TRUE(same_samples(cpu.view(), twin.view())) << width << " x " << height;
    EXPECT_TRUE(twin.padding_untouched());
  }
}

TEST_F(Pointwise, Nodata) {
  expect_same_nodata<std::uint8_t>(3);
  expect_same_nodata<std::uint16_t>(3);
  expect_same_nodata<std::int16_t>(0);
  expect_same_nodata<float>(1.0f);
  expect_same_nodata<float>(std::nullopt);
}

TEST_F(Pointwise, Refusals) {
  auto in = test::random_planes(4, 4, 1, 1), small = test::random_planes(3, 4, 1, 1);
  EXPECT_THROW(affine(twin_backend(), in.read_view(), 1, 0, small.view()), std::invalid_argument);
  EXPECT_THROW(logarithm(twin_backend(), in.read_view(), 0, in.view()), std::invalid_argument);
  affine(twin_backend(), in.read_view(), 1, 0, in.view());
}

}  // namespace
}  // namespace plotwatch
