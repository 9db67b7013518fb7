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

// A file that is being written: bands with their descriptions, no samples yet.
class File {
 public:
  File(const std::string& path, const Grid& grid, int bands, GDALDataType type, const GeoTiffOptions& options)
      : path_(path),
        file_(path),
        dataset_(GetGDALDriverManager()->GetDriverByName("GTiff")->Create(
            file_.temporary().c_str(), grid.width, grid.height, bands, type, creation_options(options, type).List())) {
    if (!dataset_) throw unwritable(path, messages_.text());
    set_grid(*dataset_, grid, path);
    for (int b = 1; b <= bands; ++b) {
      GDALRasterBand& band = *dataset_->GetRasterBand(b);
      const auto i = static_cast<std::size_t>(b - 1);
      if (!options.descriptions.empty()) band.SetDescription(options.descriptions[i].c_str());
      if (!options.wavelengths_um.empty())
        band.SetMetadataItem("CENTRAL_WAVELENGTH_UM", fmt::format("{}", options.wavelengths_um[i]).c_str(), "IMAGERY");
      if (options.nodata) band.SetNoDataValue(*options.nodata);
      if (options.scale != 1) band.SetScale(options.scale);
      if (options.offset != 0) band.SetOffset(options.offset);
    }
  }

  template <class T>
  void write(int y, int rows, kernels::Planes<const T> samples, int from_row) {
    const CPLErr status = dataset_->RasterIO(
        GF_Write, 0, y, samples.width, rows, const_cast<T*>(samples.data + from_row * samples.stride), samples.width,
        rows, type_of<T>(), samples.bands, nullptr, sizeof(T),
        static_cast<GSpacing>(samples.stride) * GSpacing{sizeof(T)},
        static_cast<GSpacing>(samples.plane_stride) * GSpacing{sizeof(T)}, nullptr);
    if (status != CE_None) throw unwritable(path_, messages_.text());
  }

  void finish() {
    dataset_.reset();  // the last tiles and the directory go out here
    if (messages_.failed()) throw unwritable(path_, messages_.text());
    file_.commit();
  }

 private:
  std::string path_;
  AtomicFile file_;
  const GdalMessages messages_;
  Dataset dataset_;
};

template <class T>
void write(const std::string& path, const Grid& grid, kernels::Planes<const T> samples, const GeoTiffOptions& options) {
  start_gdal();
  check(grid, samples.width, samples.height, samples.bands, options, path);
  File file(path, grid, samples.bands, type_of<T>(), options);
  // Bands row by row of tiles, so that a tile's bands meet in GDAL's cache before the tile is compressed.
  const int step = std::max(options.block, 64);
  for (int y = 0; y < samples.height; y += step) file.write(y, std::min(step, samples.height - y), samples, y);
  file.finish();
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

struct GeoTiffWriter::Impl {
  std::string path;
  Grid grid;
  int bands = 0, next_row = 0;
  File file;
  Impl(const std::string& target, const Grid& g, int count, const GeoTiffOptions& options)
      : path(target), grid(g), bands(count), file(target, g, count, GDT_Float32, options) {}
};

GeoTiffWriter::GeoTiffWriter(const std::string& path, const Grid& grid, int bands, const GeoTiffOptions& options) {
  start_gdal();
  check(grid, grid.width, grid.height, bands, options, path);
  impl_ = std::make_unique<Impl>(path, grid, bands, options);
}

GeoTiffWriter::~GeoTiffWriter() = default;

void GeoTiffWriter::write_rows(kernels::Planes<const float> rows) {
  if (rows.width != impl_->grid.width || rows.bands != impl_->bands ||
      impl_->next_row + rows.height > impl_->grid.height)
    throw Error(ExitCode::internal, "rows that do not fit were to be written", impl_->path, "");
  impl_->file.write(impl_->next_row, rows.height, rows, 0);
  impl_->next_row += rows.height;
}

void GeoTiffWriter::finish() {
  if (impl_->next_row != impl_->grid.height)
    throw Error(ExitCode::internal, "a raster was to end before its last row", impl_->path, "");
  impl_->file.finish();
}

}  // namespace plotwatch::io
