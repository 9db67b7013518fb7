#include <vector>

#include "kernels/runs/runs.hpp"
#include "kernels/significance/significance.hpp"
#include "support/poisoned_planes.hpp"
#include "twin/sizes.hpp"
#include "twin/twin.hpp"

namespace plotwatch {
namespace {

using namespace kernels;
using test::PoisonedPlanes;
using test::same_samples;
using test::twin_backend;

class Significance : public test::Twin {};

TEST_F(Significance, FuseMinimum) {
  for (const auto& [width, height] : test::twin_sizes) {
    for (const std::size_t count : {1u, 3u, 8u}) {
      std::vector<PoisonedPlanes<float>> storage;
      std::vector<View<const float>> scores;
      std::vector<NullModel> models;
      auto mask = test::random_mask(width, height, 0.2, 1);
      for (std::size_t k = 0; k < count; ++k) {
        storage.push_back(test::random_planes(width, height, 1, static_cast<unsigned>(k), 1, 3));
        test::spoil(storage.back(), mask);
        models.push_back({0.1f * static_cast<float>(k), 1.3f + static_cast<float>(k)});
      }
      if (width > 3 && height > 0) storage[0](3, 0) = std::numeric_limits<float>::quiet_NaN();
      for (auto& s : storage) scores.push_back(s.read_view());
      PoisonedPlanes<float> cpu(width, height), twin(width, height);
      fuse_minimum(Backend::cpu, scores, models, mask.read_view(), cpu.view());
      fuse_minimum(twin_backend(), scores, models, mask.read_view(), twin.view());
      EXPECT_TRUE(same_samples(cpu.view(), twin.view())) << width << " x " << height;
      EXPECT_TRUE(twin.padding_untouched());
      fuse_minimum(twin_backend(), scores, models, mask.read_view(), storage[0].view());  // over one of the scores
      EXPECT_TRUE(same_samples(cpu.view(), storage[0].view()));
    }
  }
}

TEST_F(Significance, StandardiseAlong) {
  for (const auto& [width, height] : test::twin_sizes) {
    for (const std::size_t count : {1u, 2u, 33u}) {
      auto z = test::random_planes(width, height, 1, 1, -3, 9), along = test::random_planes(width, height, 1, 2, -3, 5);
      if (width > 3 && height > 0) along(3, 0) = std::numeric_limits<float>::quiet_NaN();
      NullCurve curve{-2, 0.17f, {}};
      for (std::size_t k = 0; k < count; ++k)
        curve.knots.push_back({0.2f * static_cast<float>(k), 1 + 0.1f * static_cast<float>(k)});
      PoisonedPlanes<float> cpu = z, twin = z;
      standardise_along(Backend::cpu, cpu.view(), along.read_view(), curve);
      standardise_along(twin_backend(), twin.view(), along.read_view(), curve);
      EXPECT_TRUE(same_samples(cpu.view(), twin.view())) << width << " x " << height;
      EXPECT_TRUE(twin.padding_untouched());
    }
  }
}

// Every z that can make a difference to a byte, and what lies beyond.
TEST_F(Significance, ToScore) {
  PoisonedPlanes<float> z(500, 120);
  z.fill([](int x, int y, int) { return -12.0f + 0.001f * static_cast<float>(x + 500 * y); });
  z(7, 0) = std::numeric_limits<float>::infinity();
  z(8, 0) = -std::numeric_limits<float>::infinity();
  z(9, 0) = std::numeric_limits<float>::quiet_NaN();
  auto mask = test::random_mask(500, 120, 0.01, 1);
  PoisonedPlanes<std::uint8_t> cpu(500, 120), twin(500, 120);
  to_score(Backend::cpu, z.read_view(), {0.2f, 1.1f}, mask.read_view(), cpu.view());
  to_score(twin_backend(), z.read_view(), {0.2f, 1.1f}, mask.read_view(), twin.view());
  EXPECT_TRUE(same_samples(cpu.view(), twin.view()));
  EXPECT_TRUE(twin.padding_untouched());
}

TEST_F(Significance, Threshold) {
  for (const auto& [width, height] : test::twin_sizes) {
    PoisonedPlanes<std::uint8_t> score(width, height), weak(width, height), strong(width, height),
        weak_twin(width, height), strong_twin(width, height);
    score.fill([](int x, int y, int) { return static_cast<std::uint8_t>(x * 3 + y * 41); });
    threshold(Backend::cpu, score.read_view(), 140, 200, weak.view(), strong.view());
    threshold(twin_backend(), score.read_view(), 140, 200, weak_twin.view(), strong_twin.view());
    EXPECT_TRUE(same_samples(weak.view(), weak_twin.view()));
    EXPECT_TRUE(same_samples(strong.view(), strong_twin.view()));
    EXPECT_TRUE(weak_twin.padding_untouched() && strong_twin.padding_untouched());
    threshold(twin_backend(), score.read_view(), 140, 200, score.view(), strong_twin.view());
    EXPECT_TRUE(same_samples(weak.view(), score.view()));
  }
}

}  // namespace
}  // namespace plotwatch
