// Where simulated districts lie, and how their scenes are written.
#pragma once

#include <array>

#include "core/grid.hpp"
#include "io/raster_writer.hpp"
#include "simulate/spectra.hpp"

namespace plotwatch::simulate {

struct Band {
  const char* role;  // a common name of the electro-optical extension
  double wavelength_um;
};
inline constexpr std::array<Band, band_count> all_bands{
    {{"blue", 0.492}, {"green", 0.560}, {"red", 0.665}, {"nir", 0.842}, {"swir16", 1.610}, {"swir22", 2.190}}};

// South of Beijing, 116.34 E 39.73 N in the middle, UTM 50N; whole multiples of the pixel, as scans snap their grids.
Grid district_grid(int width, int height, double pixel_size);

// Metres east and north of the grid's top-left corner, to map coordinates.
MultiPolygon to_map(const Grid& grid, Ring ring);

// uint16, reflectance x 10000, nodata 0, the first `bands` of all.
io::GeoTiffOptions reflectance_format(int bands);

}  // namespace plotwatch::simulate
