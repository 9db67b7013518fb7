#include "kernels/cover/cover.hpp"

#include <gtest/gtest.h>

#include <random>

#include "support/poisoned_planes.hpp"

namespace plotwatch {
namespace {

using namespace kernels;
using test::PoisonedPlanes;

// Typical surface reflectance: blue, green, red, nir, swir16, swir22.
using Spectrum = std::array<float, 6>;
constexpr Spectrum water = {0.06f, 0.06f, 0.04f, 0.02f, 0.01f, 0.01f};
constexpr Spectrum crops = {0.03f, 0.07f, 0.04f, 0.40f, 0.20f, 0.10f};
constexpr Spectrum soil = {0.08f, 0.13f, 0.19f, 0.26f, 0.34f, 0.30f};
constexpr Spectrum concrete = {0.20f, 0.22f, 0.24f, 0.26f, 0.28f, 0.26f};
constexpr Spectrum dark = {0, 0, 0, 0, 0, 0};

CoverParams six_bands() {
  CoverParams p;
  p.blue = 0, p.green = 1, p.red = 2, p.nir = 3, p.swir16 = 4, p.swir22 = 5;
  return p;
}
CoverParams four_bands() {
  CoverParams p;
  p.blue = 0, p.green = 1, p.red = 2, p.nir = 3;
  return p;
}

int cover_of(const Spectrum& spectrum, const CoverParams& params) {
  PoisonedPlanes<float> before(1, 1, 6);
  before.fill([&](int, int, int b) { return spectrum[static_cast<std::size_t>(b)]; });
  auto mask = test::random_mask(1, 1, 0, 1);
  PoisonedPlanes<std::uint8_t> code(1, 1);
  transition(Backend::cpu, before.read(), before.read(), mask.read_view(), params, params, code.view());
  EXPECT_EQ((code(0, 0) - 1) / 5, (code(0, 0) - 1) % 5);
  return (code(0, 0) - 1) % 5;
}

TEST(Cover, TellsTypicalSpectraApart) {
  for (const auto& params : {six_bands(), four_bands()}) {
    EXPECT_EQ(cover_of(water, params), cover_water);
    EXPECT_EQ(cover_of(crops, params), cover_vegetation);
    EXPECT_EQ(cover_of(soil, params), cover_bare);
    EXPECT_EQ(cover_of(concrete, params), cover_built);
    EXPECT_EQ(cover_of(dark, params), cover_unknown);
  }
}

TEST(Cover, DoesNotGuessWithoutTheBands) {
  CoverParams p = four_bands();
  p.blue = -1;
  EXPECT_EQ(cover_of(soil, p), cover_unknown);
  EXPECT_EQ(cover_of(crops, p), cover_vegetation);
  CoverParams colour;  // an ordinary colour picture
  colour.blue = 0, colour.green = 1, colour.red = 2, colour.vegetation_ndvi = 0.1f;
  EXPECT_EQ(cover_of(crops, colour), cover_vegetation);
  EXPECT_EQ(cover_of(concrete, colour), cover_built);
  EXPECT_EQ(cover_of(soil, colour), cover_bare);
  EXPECT_EQ(cover_of(soil, CoverParams{}), cover_unknown);
}

TEST(Cover, CodesBeforeAndAfterAtEverySize) {
  const std::array<Spectrum, 5> spectra = {dark, crops, soil, concrete, water};  // in the order of their numbers
  for (const int width : {0, 1, 15, 17, 64, 513}) {
    std::mt19937 random(1);
    PoisonedPlanes<float> before(width, 2, 6), after(width, 2, 6);
    PoisonedPlanes<std::uint8_t> was(width, 2), is(width, 2), code(width, 2);
    was.fill([&](int, int, int) { return static_cast<std::uint8_t>(random() % 5); });
    is.fill([&](int, int, int) { return static_cast<std::uint8_t>(random() % 5); });
    before.fill([&](int x, int y, int b) { return spectra[was(x, y)][static_cast<std::size_t>(b)]; });
    after.fill([&](int x, int y, int b) { return spectra[is(x, y)][static_cast<std::size_t>(b)]; });
    auto mask = test::random_mask(width, 2, 0.2, 3);
    test::spoil(before, mask);
    transition(Backend::cpu, before.read(), after.read(), mask.read_view(), six_bands(), four_bands(), code.view());
    for (int y = 0; y < 2; ++y)
      for (int x = 0; x < width; ++x) ASSERT_EQ(code(x, y), mask(x, y) != 0 ? 1 + 5 * was(x, y) + is(x, y) : 255);
    EXPECT_TRUE(code.padding_untouched());
  }
}

TEST(Cover, NanSamplesAreUnknown) {
  Spectrum broken = soil;
  broken[2] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(cover_of(broken, six_bands()), cover_unknown);
}

TEST(Cover, RefusesBadArguments) {
  auto planes = test::random_planes(8, 8, 4, 1);
  auto mask = test::random_mask(8, 8, 0, 1), small = test::random_mask(8, 7, 0, 1);
  PoisonedPlanes<std::uint8_t> code(8, 8);
  const auto run = [&](const CoverParams& p, Mask m) {
    transition(Backend::cpu, planes.read(), planes.read(), m, p, four_bands(), code.view());
  };
  EXPECT_NO_THROW(run(four_bands(), mask.read_view()));
  EXPECT_THROW(run(six_bands(), mask.read_view()), std::invalid_argument);
  EXPECT_THROW(run(four_bands(), small.read_view()), std::invalid_argument);
  CoverParams p = four_bands();
  p.red = -2;
  EXPECT_THROW(run(p, mask.read_view()), std::invalid_argument);
  p = four_bands();
  p.water_index = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THROW(run(p, mask.read_view()), std::invalid_argument);
}

}  // namespace
}  // namespace plotwatch
