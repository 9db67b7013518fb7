// Describing raster files without touching pixels.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/grid.hpp"
#include "model/scene.hpp"

namespace plotwatch::io {

struct RasterBandInfo {
  SampleType type = SampleType::uint16;
  std::optional<double> nodata;
  double scale = 1, offset = 0;         // as the file states them; 1 and 0 when it does not
  std::string description;              // may be empty
  std::string colour;                   // GDAL colour interpretation: "Red", "Gray", "Undefined", …
  std::optional<double> wavelength_um;  // band centre, from ENVI headers or band metadata
};

struct RasterInfo {
  std::string path;
  std::string driver;  // GDAL short name
  Grid grid;
  std::vector<RasterBandInfo> bands;
  int block_width = 0, block_height = 0;
  bool has_overviews = false;
  std::map<std::string, std::string> metadata;  // default domain
};

// Throws Error(input): missing, unreadable, not a raster, no CRS, no geotransform, rotated or south-up grid.
RasterInfo describe_raster(const std::string& path);

// Once per process, before anything else of io: registers drivers and routes GDAL's messages into our log.
void start_gdal();

}  // namespace plotwatch::io
