// A real scene in memory, to plant construction into.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/grid.hpp"
#include "model/band_role.hpp"
#include "model/scene.hpp"

namespace plotwatch::simulate {

struct RealScene {
  Grid grid;
  SampleType type = SampleType::uint16;        // of the file
  std::vector<std::vector<float>> bands;       // samples as stored, row-major
  std::vector<std::uint8_t> valid;             // 1 where no band is nodata or NaN
  std::vector<std::optional<BandRole>> roles;  // by wavelength or description
  std::vector<std::string> descriptions;       // one a band
  std::vector<double> wavelengths_um;          // one a band, or none
  std::optional<double> nodata;
  double scale = 1, offset = 0;

  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(grid.width) + static_cast<std::size_t>(x);
  }
  const std::vector<float>* band(BandRole role) const;  // empty when there is none
  bool valid_within(int x, int y, int radius) const;    // and wholly inside the scene
};

// Throws Error(input): unreadable, a single band, or larger than half a billion samples.
RealScene read_real_scene(const std::string& path);

// In the type of the file where that is uint8, uint16 or float32, else as float32. Samples are rounded and kept within
// the type, and a valid one does not become nodata.
void write_like(const RealScene& scene, const std::string& path);

// The picture moved by (dx, dy) pixels: what was at p is at p + (dx, dy). Cubic convolution (Keys 1981, a = -0.5);
// whole pixels are copied. Pixels whose neighbourhood is not valid keep their sample and lose their `valid`.
RealScene moved(const RealScene& scene, double dx, double dy);

}  // namespace plotwatch::simulate
