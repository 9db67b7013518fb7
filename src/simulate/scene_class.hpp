// What a classifier of scenes says of a pixel, in the numbers of Sentinel-2's scene classification (level 2A product
// specification); a little wrong, as such classifiers are.
#pragma once

#include <cstdint>

#include "simulate/air.hpp"
#include "simulate/spectra.hpp"

namespace plotwatch::simulate {

enum class SceneClass : std::uint8_t {
  cloud_shadow = 3,
  vegetation = 4,
  not_vegetated = 5,
  water = 6,
  cloud_medium = 8,
  cloud_high = 9,
  snow = 11
};

// `clouds`: null for a sky without any. (x, y): px. `snow`: share of the pixel. `seen`: reflectance at the sensor.
SceneClass scene_class(Clouds* clouds, double x, double y, float snow, const Spectrum& seen);

}  // namespace plotwatch::simulate
