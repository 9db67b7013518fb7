#include "change/cover_thresholds.hpp"

#include <gtest/gtest.h>

#include "model/transition.hpp"
#include "support/random_texture.hpp"

namespace plotwatch::change {
namespace {

TEST(Otsu, SplitsTwoGroups) {
  test::Random random(5);
  std::vector<float> v;
  for (int i = 0; i < 4000; ++i) v.push_back(static_cast<float>(0.1 + 0.03 * random.normal()));
  for (int i = 0; i < 6000; ++i) v.push_back(static_cast<float>(0.7 + 0.05 * random.normal()));
  const double cut = otsu(v, -1, 1, 0.3);
  EXPECT_GT(cut, 0.2);
  EXPECT_LT(cut, 0.58);
}

TEST(Otsu, FallsBackWithoutTwoGroups) {
  EXPECT_EQ(otsu({}, -1, 1, 0.25), 0.25);
  EXPECT_EQ(otsu({0.4f, 0.4f}, -1, 1, 0.25), 0.25);
}

// red, nir: soil and crops, with path radiance of 40 on red and 10 on nir.
PixelSample hazy() {
  test::Random random(11);
  PixelSample s{2, {}};
  for (int i = 0; i < 4000; ++i) {
    const bool crop = i % 2 == 0;
    const double red = crop ? 8 : 40, nir = crop ? 60 : 45;
    for (int date = 0; date < 2; ++date) {
      s.values.push_back(static_cast<float>(i % 100 == 0 ? 40 : red + 40 + random.normal()));
      s.values.push_back(static_cast<float>(i % 100 == 0 ? 10 : nir + 10 + random.normal()));
    }
  }
  return s;
}

TEST(CoverThresholds, TakePathRadianceOffDigitalNumbers) {
  const std::vector<BandRole> roles{BandRole::red, BandRole::nir};
  const auto p = cover_params(hazy(), When::before, roles, Calibration::digital_number);
  EXPECT_EQ(p.red, 0);
  EXPECT_EQ(p.nir, 1);
  EXPECT_EQ(p.green, -1);
  EXPECT_NEAR(p.dark_red, 40, 0.5);
  EXPECT_NEAR(p.dark_nir, 10, 0.5);
  EXPECT_GE(p.vegetation_ndvi, 0.15f);  // soil has 0.06, crops 0.76
  EXPECT_LE(p.vegetation_ndvi, 0.45f);
}

TEST(CoverThresholds, LeaveSurfaceReflectanceAsItIs) {
  const auto p = cover_params(hazy(), When::after, {BandRole::red, BandRole::nir}, Calibration::surface_reflectance);
  EXPECT_EQ(p.dark_red, 0);
  EXPECT_EQ(p.dark_nir, 0);
}

TEST(CoverThresholds, KernelAndModelNumberCoversAlike) {
  EXPECT_EQ(kernels::cover_unknown, static_cast<int>(Cover::unknown));
  EXPECT_EQ(kernels::cover_vegetation, static_cast<int>(Cover::vegetation));
  EXPECT_EQ(kernels::cover_bare, static_cast<int>(Cover::bare));
  EXPECT_EQ(kernels::cover_built, static_cast<int>(Cover::built));
  EXPECT_EQ(kernels::cover_water, static_cast<int>(Cover::water));
  EXPECT_EQ(kernels::transition_code_nodata, transition_nodata);
}

}  // namespace
}  // namespace plotwatch::change
