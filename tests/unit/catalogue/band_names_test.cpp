#include "catalogue/band_names.hpp"

#include <gtest/gtest.h>

#include "catalogue/file_name_facts.hpp"

namespace plotwatch::catalogue {
namespace {

TEST(BandCode, IsTheLastPartOfTheName) {
  EXPECT_EQ(band_code("T18SVG_20160112T160642_B05_20m"), "B05");
  EXPECT_EQ(band_code("s2_B8A"), "B8A");
  EXPECT_EQ(band_code("LC08_L2SP_008059_20191201_20200825_02_T1_SR_B4"), "B4");
  EXPECT_EQ(band_code("l8_b10"), "B10");
  EXPECT_EQ(band_code("B02"), "B02");
  EXPECT_FALSE(band_code("web2"));
  EXPECT_FALSE(band_code("l8_BQA"));
  EXPECT_FALSE(band_code("B02_clouds"));
  EXPECT_FALSE(band_code(""));
}

TEST(RoleOfDescription, FindsWholeWords) {
  EXPECT_EQ(role_of_description("Near Infrared"), BandRole::nir);
  EXPECT_EQ(role_of_description("near-infrared (833 nm)"), BandRole::nir);
  EXPECT_EQ(role_of_description("Blue band"), BandRole::blue);
  EXPECT_EQ(role_of_description("RED"), BandRole::red);
  EXPECT_EQ(role_of_description("red edge 1"), BandRole::red_edge);
  EXPECT_EQ(role_of_description("SWIR 1"), BandRole::swir16);
  EXPECT_EQ(role_of_description("swir22"), BandRole::swir22);
  EXPECT_EQ(role_of_description("Panchromatic"), BandRole::pan);
  EXPECT_EQ(role_of_description("VV"), BandRole::vv);
  EXPECT_FALSE(role_of_description("scattered"));
  EXPECT_FALSE(role_of_description(""));
}

TEST(RoleOfBand, PrefersWavelengthToWordsAndWordsToColour) {
  io::RasterBandInfo band;
  std::string why;
  band.colour = "Red";
  EXPECT_EQ(role_of_band(band, why), BandRole::red);
  EXPECT_EQ(why, "colour interpretation");
  band.description = "nir";
  EXPECT_EQ(role_of_band(band, why), BandRole::nir);
  EXPECT_EQ(why, "description");
  band.wavelength_um = 0.56;
  EXPECT_EQ(role_of_band(band, why), BandRole::green);
  EXPECT_EQ(why, "wavelength");
  band.wavelength_um = 10.9;
  EXPECT_FALSE(role_of_band(band, why));
}

TEST(LandsatBands, DifferBetweenInstruments) {
  EXPECT_EQ(landsat_bands(8)[2].role, BandRole::red);
  EXPECT_EQ(landsat_bands(8)[2].name, "4");
  EXPECT_EQ(landsat_bands(5)[2].role, BandRole::red);
  EXPECT_EQ(landsat_bands(5)[2].name, "3");
  EXPECT_TRUE(landsat_bands(6).empty());
  EXPECT_TRUE(landsat_bands(1).empty());
}

TEST(DateInName, ReadsAcquisitionDates) {
  EXPECT_EQ(date_in_name("LC08_L2SP_008059_20191201_20200825_02_T1"), (Date{2019, 12, 1}));
  EXPECT_EQ(date_in_name("S2A_MSIL1C_20210908T042701_N0301_R133_T46RER_20210908T070248.SAFE"), (Date{2021, 9, 8}));
  EXPECT_EQ(date_in_name("ref_S2A_20160608T153121_T33UUU_sub.jp2"), (Date{2016, 6, 8}));
  EXPECT_EQ(date_in_name("GF2_PMS1_E116.3_N39.7_20240315_L1A0007.tif"), (Date{2024, 3, 15}));
  EXPECT_EQ(date_in_name("daxing-2026-11-23.tif"), (Date{2026, 11, 23}));
  EXPECT_EQ(date_in_name("LC80200392015216LGN00_B4.TIF"), (Date{2015, 8, 4}));
  EXPECT_EQ(date_in_name("LC80200392016366LGN00"), (Date{2016, 12, 31}));
  EXPECT_FALSE(date_in_name("2000TM"));
  EXPECT_FALSE(date_in_name("scene_20241399.tif"));
  EXPECT_FALSE(date_in_name("id_1202403151.tif"));  // part of a longer number
  EXPECT_FALSE(date_in_name("18991231"));
}

TEST(SensorInName, KnowsTheCommonPatterns) {
  EXPECT_EQ(sensor_in_name("S2A_MSIL1C_20210908T042701"), "Sentinel-2A MSI");
  EXPECT_EQ(sensor_in_name("tgt_S2B_20160529T153631_T33UUU"), "Sentinel-2B MSI");
  EXPECT_EQ(sensor_in_name("LC08_L2SP_008059_20191201"), "Landsat 8 OLI/TIRS");
  EXPECT_EQ(sensor_in_name("LE07_L1TP_119038_20000317"), "Landsat 7 ETM+");
  EXPECT_EQ(sensor_in_name("LC80200392015216LGN00"), "Landsat 8 OLI/TIRS");
  EXPECT_EQ(sensor_in_name("roads2_B1"), "");
  EXPECT_EQ(landsat_number("Landsat 9 OLI/TIRS"), 9);
  EXPECT_FALSE(landsat_number("Sentinel-2A MSI"));
}

}  // namespace
}  // namespace plotwatch::catalogue
