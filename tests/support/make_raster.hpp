// Small rasters for tests: a grid, samples from a formula, a GeoTIFF.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

#include "core/grid.hpp"
#include "io/raster_writer.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::test {

// UTM 50N (WGS 84), written out so that no lookup is needed.
inline const char* const utm50n_wkt =
    R"(PROJCS["WGS 84 / UTM zone 50N",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,)"
    R"(AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],)"
    R"(AUTHORITY["EPSG","4326"]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],)"
    R"(PARAMETER["central_meridian",117],PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],)"
    R"(PARAMETER["false_northing",0],UNIT["metre",1],AXIS["Easting",EAST],AXIS["Northing",NORTH],)"
    R"(AUTHORITY["EPSG","32650"]])";

inline Grid utm_grid(int width, int height, double pixel_size = 10, double left = 440000, double top = 4400000) {
  return {Crs{utm50n_wkt}, left, top, pixel_size, pixel_size, width, height};
}

// Samples in memory, band after band.
template <class T>
struct Samples {
  int width = 0, height = 0, bands = 0;
  std::vector<T> values;

  kernels::Planes<const T> planes() const {
    return {values.data(), width, height, bands, width, std::ptrdiff_t{width} * height};
  }
  T at(int band, int x, int y) const {
    return values[(static_cast<std::size_t>(band) * static_cast<std::size_t>(height) + static_cast<std::size_t>(y)) *
                      static_cast<std::size_t>(width) +
                  static_cast<std::size_t>(x)];
  }
};

// value(band, x, y) for every sample; bands from 0.
template <class T, class Formula>
Samples<T> make_samples(int width, int height, int bands, Formula value) {
  Samples<T> samples{width, height, bands, {}};
  samples.values.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
                         static_cast<std::size_t>(bands));
  for (int b = 0; b < bands; ++b)
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) samples.values.push_back(static_cast<T>(value(b, x, y)));
  return samples;
}

// A sample that tells where it came from: no two pixels of a small neighbourhood or two bands agree.
template <class T>
Samples<T> position_samples(int width, int height, int bands) {
  return make_samples<T>(width, height, bands, [](int b, int x, int y) {
    const std::uint32_t hash = (static_cast<std::uint32_t>(x) * 2654435761U) ^
                               (static_cast<std::uint32_t>(y) * 40503U) ^ (static_cast<std::uint32_t>(b) * 97U);
    return 1 + (hash >> 7) % (std::is_same_v<T, std::uint8_t> ? 250U : 60000U);
  });
}

template <class T>
void make_raster(const std::string& path, const Samples<T>& samples, const io::GeoTiffOptions& options = {}) {
  io::write_geotiff(path, utm_grid(samples.width, samples.height), samples.planes(), options);
}

}  // namespace plotwatch::test
