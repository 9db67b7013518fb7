// One acquisition by one sensor at one time: where its bands lie, what they measure, and which pixels are usable.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "core/grid.hpp"
#include "model/band_role.hpp"

namespace plotwatch {

// What the numbers mean once scale and offset are applied. Two scenes are compared only within one calibration,
// or with the relative normalisation that every detector applies when both are digital_number.
enum class Calibration { digital_number, toa_reflectance, surface_reflectance, backscatter };

enum class SampleType { uint8, uint16, int16, uint32, int32, float32, float64 };

// One band of one file.
struct SceneBand {
  BandRole role = BandRole::pan;
  std::string path;  // anything GDAL opens, /vsi... included
  int band = 1;      // 1-based, as GDAL counts
  int raster = 0;    // index into Scene::rasters
  double scale = 1;  // physical value = sample * scale + offset
  double offset = 0;
  std::optional<double> nodata;         // sample value, before scale and offset
  std::optional<double> wavelength_um;  // band centre
};

// One file that bands or masks are read from.
struct SceneRaster {
  std::string path;
  Grid grid;
  int bands = 0;
  SampleType type = SampleType::uint16;
  int block_width = 0, block_height = 0;  // decode blocks, pixels
  bool has_overviews = false;
};

// One test on a quality sample: the `bit_count` bits from `first_bit` up, as a number, lie in [from, to].
struct QualityTest {
  // What hides the ground, for those who ask why a plot was not seen.
  enum class Hides { other, cloud, cloud_shadow };
  int first_bit = 0;
  int bit_count = 16;
  std::uint32_t from = 0, to = 0;
  std::string meaning;  // "cloud", "cloud shadow", "fill", …
  bool dilate = false;  // clouds and shadows grow by the dilation distance; fill and water do not
  Hides hides = Hides::other;
};

// A band that says which pixels cannot be used. A pixel is unusable when any test holds.
struct QualityBand {
  std::string path;
  int band = 1;
  int raster = 0;    // index into Scene::rasters
  std::string kind;  // "Landsat QA_PIXEL", "Landsat BQA", "Sentinel-2 SCL", "mask band"
  std::vector<QualityTest> unusable;
};

struct Scene {
  std::string id;      // product identifier, or the file's stem
  std::string source;  // the path the user gave
  std::string sensor;  // "Landsat 7 ETM+", "Sentinel-2A MSI", …; empty when unknown
  std::optional<Date> date;
  std::optional<double> sun_elevation_deg, sun_azimuth_deg;
  Calibration calibration = Calibration::digital_number;
  Grid grid;  // of the finest band that has a role
  std::vector<SceneRaster> rasters;
  std::vector<SceneBand> bands;  // at most one a role, in the order of BandRole
  std::vector<QualityBand> quality;
  std::vector<std::string> notes;  // what had to be assumed, for `info` and the manifest

  const SceneBand* find(BandRole role) const {
    for (const SceneBand& b : bands)
      if (b.role == role) return &b;
    return nullptr;
  }
};

}  // namespace plotwatch
