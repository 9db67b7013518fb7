// A believable district with known truth, and implants of construction into a real scene.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/date.hpp"

namespace plotwatch::simulate {

struct DistrictOptions {
  std::uint64_t seed = 1;
  int width = 512, height = 512;  // px
  double pixel_size = 10;         // m; objects keep their size in metres
  int plots = 60;
  double construction_share = 0.4;       // of the plots on which construction starts
  double cloud_share = 0.0;              // of the after scene, [0, 0.9]
  double haze = 0.0;                     // [0, 1]
  double noise = 0.01;                   // sensor noise, standard deviation in reflectance
  double season_change = 0.5;            // how far fields differ between the dates, [0, 1]
  double shift_x = 0.3, shift_y = -0.2;  // px, misregistration of the after scene
  double distortion_px = 0;              // amplitude of a smooth local distortion
  int bands = 4;                         // 3: RGB, 4: + NIR, 6: + SWIR16, SWIR22
  int supersample = 4;  // ground samples a pixel side, [1, 16]; 1 draws large scenes fast, with hard edges
  Date before{2025, 5, 10}, after{2026, 5, 12};
  std::vector<std::string> problems() const;
};

// Writes before.tif, after.tif (uint16 reflectance x 10000, nodata 0), after_mask.tif and before_mask.tif when there
// are clouds (1 clear, 0 cloud or shadow as a detector would have them: a little grown, a few percent missed),
// plots.gpkg, truth.tif (0 not labelled, 1 unchanged, 2 changed), truth.gpkg (changed polygons with kind) and
// simulation.json with every parameter. Construction is drawn so that it differs from what was there by at least 0.025
// in reflectance where the plot allows it. A crop that changed or was cut is no construction. The same options give the
// same bytes.
void write_district(const std::filesystem::path& folder, const DistrictOptions& options);

struct ImplantOptions {
  std::uint64_t seed = 1;
  std::string scene;                 // a real scene, multi-band file
  std::optional<std::string> plots;  // implants go onto these plots; without: anywhere
  int count = 20;
  double shift_x = 0, shift_y = 0;  // px
  double noise = 0.01;  // relative to each band's standard deviation; what is below half a count rounds away
  std::vector<std::string> problems() const;
};

// Takes the scene as "before", and writes an "after" with implanted construction, blended at sub-pixel edges, with
// truth: before.tif, after.tif (sample type and bands of the scene), truth.tif, truth.gpkg and simulation.json. With a
// shift both dates are resampled by half of it each way, so that neither is smoother than the other.
void write_implants(const std::filesystem::path& folder, const ImplantOptions& options);

}  // namespace plotwatch::simulate
