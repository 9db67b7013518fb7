// Small rasters of any type written in one go (simulation, tests, fields).
#pragma once

#include <cstdint>
#include <memory>
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

// The same for float32 rasters larger than memory: rows in order from the top, all bands of them at once.
class GeoTiffWriter {
 public:
  GeoTiffWriter(const std::string& path, const Grid& grid, int bands, const GeoTiffOptions& options);
  ~GeoTiffWriter();  // without finish(): leaves nothing behind
  GeoTiffWriter(const GeoTiffWriter&) = delete;
  GeoTiffWriter& operator=(const GeoTiffWriter&) = delete;

  // grid.width wide. Multiples of the options' block of rows at a time are compressed once.
  void write_rows(kernels::Planes<const float> rows);
  void finish();  // all rows have come: syncs and renames into place

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace plotwatch::io
