#include "model/band_role.hpp"

#include <gtest/gtest.h>

namespace plotwatch {
namespace {

TEST(BandRole, NamesGoThereAndBack) {
  EXPECT_EQ(all_band_roles().size(), 10u);
  for (const BandRole role : all_band_roles()) EXPECT_EQ(parse_band_role(name(role)), role);
  EXPECT_EQ(name(BandRole::red_edge), "red-edge");
  EXPECT_EQ(name(BandRole::swir16), "swir16");
}

TEST(BandRole, OnlyTheNamesThemselvesAreRead) {
  for (const char* text : {"", "Red", "red ", "rededge", "nir08", "b4", "swir"})
    EXPECT_EQ(parse_band_role(text), std::nullopt) << text;
}

struct Band {
  double micrometres;
  BandRole role;
};

// Band centres as the makers give them.
TEST(BandRole, WavelengthsOfKnownSensors) {
  using enum BandRole;
  const Band landsat7[] = {{0.4825, blue}, {0.565, green}, {0.66, red}, {0.825, nir}, {1.65, swir16}, {2.22, swir22}};
  const Band landsat8[] = {{0.482, blue}, {0.5615, green},  {0.6545, red},
                           {0.865, nir},  {1.6085, swir16}, {2.2005, swir22}};
  const Band sentinel2[] = {{0.4924, blue}, {0.5598, green}, {0.6646, red},    {0.7041, red_edge}, {0.7405, red_edge},
                            {0.8328, nir},  {0.8647, nir},   {1.6137, swir16}, {2.2024, swir22}};
  const Band gaofen1[] = {{0.485, blue}, {0.555, green}, {0.66, red}, {0.83, nir}};
  for (const Band& b : landsat7) EXPECT_EQ(role_of_wavelength(b.micrometres), b.role) << b.micrometres;
  for (const Band& b : landsat8) EXPECT_EQ(role_of_wavelength(b.micrometres), b.role) << b.micrometres;
  for (const Band& b : sentinel2) EXPECT_EQ(role_of_wavelength(b.micrometres), b.role) << b.micrometres;
  for (const Band& b : gaofen1) EXPECT_EQ(role_of_wavelength(b.micrometres), b.role) << b.micrometres;
}

TEST(BandRole, OtherWavelengthsHaveNoRole) {
  // Coastal aerosol, water vapour, cirrus, thermal; a wavelength in nanometres; none at all.
  for (const double micrometres : {0.4427, 0.9451, 1.3735, 10.9, 665.0, 0.0, -1.0})
    EXPECT_EQ(role_of_wavelength(micrometres), std::nullopt) << micrometres;
}

}  // namespace
}  // namespace plotwatch
