#include "simulate/scene_format.hpp"

#include <cmath>

#include "io/crs.hpp"

namespace plotwatch::simulate {

Grid district_grid(int width, int height, double pixel_size) {
  Grid grid;
  grid.crs = io::crs_from_user_input("EPSG:32650");
  const auto snap = [pixel_size](double at) { return std::round(at / pixel_size) * pixel_size; };
  grid.pixel_width = grid.pixel_height = pixel_size;
  grid.left = snap(443440 - 0.5 * width * pixel_size);
  grid.top = snap(4398000 + 0.5 * height * pixel_size);
  grid.width = width;
  grid.height = height;
  return grid;
}

MultiPolygon to_map(const Grid& grid, Ring ring) {
  for (Point& p : ring) p = {grid.left + p.x, grid.top + p.y};
  return {Polygon{std::move(ring), {}}};
}

io::GeoTiffOptions reflectance_format(int bands) {
  io::GeoTiffOptions options;
  options.nodata = 0;
  options.scale = 1e-4;
  for (int b = 0; b < bands; ++b) {
    options.descriptions.push_back(all_bands[static_cast<std::size_t>(b)].role);
    options.wavelengths_um.push_back(all_bands[static_cast<std::size_t>(b)].wavelength_um);
  }
  return options;
}

}  // namespace plotwatch::simulate
