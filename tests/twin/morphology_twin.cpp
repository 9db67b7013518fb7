#include "kernels/morphology/morphology.hpp"
#include "support/poisoned_planes.hpp"
#include "twin/sizes.hpp"
#include "twin/twin.hpp"

namespace plotwatch {
namespace {

using namespace kernels;
using test::PoisonedPlanes;
using test::same_samples;
using test::twin_backend;

class Morphology : public test::Twin {};

TEST_F(Morphology, GivesTheSameMasks) {
  MorphologyScratch scratch;
  for (const auto& [width, height] : test::twin_sizes) {
    for (const int radius : {0, 1, 3, 16, 255}) {
      for (const auto element : {Element::square, Element::disk}) {
        auto in = test::random_mask(width, height, radius < 10 ? 0.9 : 0.99, 3);
        const auto expect_same = [&](auto operation) {
          PoisonedPlanes<std::uint8_t> cpu(width, height), twin(width, height);
          operation(Backend::cpu, in.read_view(), radius, element, cpu.view(), scratch);
          operation(twin_backend(), in.read_view(), radius, element, twin.view(), scratch);
          ASSERT_TRUE(same_samples(cpu.view(), twin.view())) << width << " x " << height << ", radius " << radius;
          EXPECT_TRUE(twin.padding_untouched());
        };
        expect_same(dilate);
        expect_same(erode);
        expect_same(close);
        PoisonedPlanes<std::uint8_t> cpu(width, height);
        close(Backend::cpu, in.read_view(), radius, element, cpu.view(), scratch);
        close(twin_backend(), in.read_view(), radius, element, in.view(), scratch);  // in place
        ASSERT_TRUE(same_samples(cpu.view(), in.view()));
      }
    }
  }
}

}  // namespace
}  // namespace plotwatch
