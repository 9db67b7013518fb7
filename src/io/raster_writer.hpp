// Small rasters of any type written in one go (simulation, tests, fields).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/grid.hpp"
#include "kernels/base/view.hpp"
#include "model/band_role.hpp"

namespace plotwatch::io {

struct GeoTiffOptions {
  std::vector<std::string> descriptions;  // one a band, or none
  std::vector<double> wavelengths_um;     // one a band, or none: written as band metadata that describe_raster reads
  std::optional<double> nodata;
  double scale = 1, offset = 0;
  int block = 256;  // tile side; 0: strips
  bool deflate = true;
};

// All whole or not at all (temporary name, sync, rename). Throws Error(output).
void write_geotiff(const std::string& path, const Grid& grid, kernels::Planes<const std::uint8_t> samples,
                   const GeoTiffOptions& options);
void write_geotiff(const std::string& path, const Grid& grid, kernels::Planes<const std::uint16_t> samples,
                   const GeoTiffOptions& options);
void write_geotiff(const std::string& path, const Grid& grid, kernels::Planes<const float> samples,
                   const GeoTiffOptions& options);

}  // namespace plotwatch::io
