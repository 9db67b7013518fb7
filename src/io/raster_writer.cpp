#include "io/raster_writer.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <type_traits>

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <fmt/format.h>
#include <ogr_spatialref.h>

#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "io/gdal_dataset.hpp"
#include "io/raster.hpp"

namespace plotwatch::io {
namespace {

Error unwritable(const std::string& path, const std::string& why) {
  return Error(ExitCode::output, fmt::format("cannot be written: {}", why), path,
               "Check free disk space and write permission.");
}

template <class T>
constexpr GDALDataType type_of() {
  if constexpr (std::is_same_v<T, std::uint8_t>) return GDT_Byte;
  if constexpr (std::is_same_v<T, std::uint16_t>) return GDT_UInt16;
  if constexpr (std::is_same_v<T, float>) return GDT_Float32;
}

CPLStringList creation_options(const GeoTiffOptions& options, GDALDataType type) {
  CPLStringList list;
  if (options.block > 0) {
    list.SetNameValue("TILED", "YES");
    list.SetNameValue("BLOCKXSIZE", std::to_string(options.block).c_str());
    list.SetNameValue("BLOCKYSIZE", std::to_string(options.block).c_str());
  }
  if (options.deflate) {
    list.SetNameValue("COMPRESS", "DEFLATE");
    list.SetNameValue("PREDICTOR", type == GDT_Float32 ? "3" : "2");
  }
  list.SetNameValue("BIGTIFF", "IF_SAFER");
  return list;
}

void set_grid(GDALDataset& dataset, const Grid& grid, const std::string& path) {
  double transform[6] = {grid.left, grid.pixel_width, 0, grid.top, 0, -grid.pixel_height};
  OGRSpatialReference reference;
  reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  if (!grid.crs.empty() && reference.SetFromUserInput(grid.crs.wkt.c_str()) != OGRERR_NONE)
    throw unwritable(path, "the grid's coordinate reference system cannot be understood");
  if (dataset.SetGeoTransform(transform) != CE_None ||
      (!grid.crs.empty() && dataset.SetSpatialRef(&reference) != CE_None))
    throw unwritable(path, "the grid cannot be stored");
}

void check(const Grid& grid, int width, int height, int bands, const GeoTiffOptions& options, const std::string& path) {
  const auto bad = [&](const std::string& what) { return Error(ExitCode::internal, what, path, ""); };
  if (width <= 0 || height <= 0 || bands <= 0) throw bad("a raster without samples was to be written");
  if (grid.width != width || grid.height != height)
    throw bad(fmt::format("samples of {} x {} were to be written on a grid of {} x {}", width, height, grid.width,
                          grid.height));
  const auto count = static_cast<std::size_t>(bands);
  if (!options.descriptions.empty() && options.descriptions.size() != count)
    throw bad("descriptions are not one a band");
  if (!options.wavelengths_um.empty() && options.wavelengths_um.size() != count)
    throw bad("wavelengths are not one a band");
  if (options.block < 0 || options.block % 16 != 0) throw bad("the tile side of a GeoTIFF must be a multiple of 16");
}

template <class T>
void write(const std::string& path, const Grid& grid, kernels::Planes<const T> samples, const GeoTiffOptions& options) {
  start_gdal();
  check(grid, samples.width, samples.height, samples.bands, options, path);
  AtomicFile file(path);
  const GdalMessages messages;
  Dataset dataset(GetGDALDriverManager()->GetDriverByName("GTiff")->Create(
      file.temporary().c_str(), samples.width, samples.height, samples.bands, type_of<T>(),
      creation_options(options, type_of<T>()).List()));
  if (!dataset) throw unwritable(path, messages.text());
  set_grid(*dataset, grid, path);
  for (int b = 1; b <= samples.bands; ++b) {
    GDALRasterBand& band = *dataset->GetRasterBand(b);
    const auto i = static_cast<std::size_t>(b - 1);
    if (!options.descriptions.empty()) band.SetDescription(options.descriptions[i].c_str());
    if (!options.wavelengths_um.empty())
      band.SetMetadataItem("CENTRAL_WAVELENGTH_UM", fmt::format("{}", options.wavelengths_um[i]).c_str(), "IMAGERY");
    if (options.nodata) band.SetNoDataValue(*options.nodata);
    if (options.scale != 1) band.SetScale(options.scale);
    if (options.offset != 0) band.SetOffset(options.offset);
  }
  // Bands row by row of tiles, so that a tile's bands meet in GDAL's cache before the tile is compressed.
  const int step = std::max(options.block, 64);
  for (int y = 0; y < samples.height; y += step) {
    const int rows = std::min(step, samples.height - y);
    const CPLErr status = dataset->RasterIO(
        GF_Write, 0, y, samples.width, rows, const_cast<T*>(samples.data + y * samples.stride), samples.width, rows,
        type_of<T>(), samples.bands, nullptr, sizeof(T), static_cast<GSpacing>(samples.stride) * GSpacing{sizeof(T)},
        static_cast<GSpacing>(samples.plane_stride) * GSpacing{sizeof(T)}, nullptr);
    if (status != CE_None) throw unwritable(path, messages.text());
  }
  dataset.reset();  // the last tiles and the directory go out here
  if (messages.failed()) throw unwritable(path, messages.text());
  file.commit();
}

}  // namespace

void write_geotiff(const std::string& path, const Grid& grid, kernels::Planes<const std::uint8_t> samples,
                   const GeoTiffOptions& options) {
  write(path, grid, samples, options);
}

void write_geotiff(const std::string& path, const Grid& grid, kernels::Planes<const std::uint16_t> samples,
                   const GeoTiffOptions& options) {
  write(path, grid, samples, options);
}

void write_geotiff(const std::string& path, const Grid& grid, kernels::Planes<const float> samples,
                   const GeoTiffOptions& options) {
  write(path, grid, samples, options);
}

}  // namespace plotwatch::io
