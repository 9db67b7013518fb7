// One whole band of a raster file with its geotransform, straight through GDAL.
#pragma once

#include <array>
#include <optional>
#include <string>

#include <gdal_priv.h>

#include "support/image.hpp"

namespace plotwatch::support {

struct Band {
  Image image;
  std::array<double, 6> geotransform{};
};

// Empty when the file is absent. Samples equal to `nodata` are not usable.
inline std::optional<Band> read_band(const std::string& path, int band = 1, std::optional<float> nodata = {}) {
  GDALAllRegister();
  CPLPushErrorHandler(CPLQuietErrorHandler);
  const GDALDatasetUniquePtr file(GDALDataset::Open(path.c_str(), GDAL_OF_RASTER));
  CPLPopErrorHandler();
  if (!file) return std::nullopt;
  Band out;
  out.image = Image(file->GetRasterXSize(), file->GetRasterYSize());
  file->GetGeoTransform(out.geotransform.data());
  const int w = out.image.width, h = out.image.height;
  if (file->GetRasterBand(band)->RasterIO(GF_Read, 0, 0, w, h, out.image.samples.data(), w, h, GDT_Float32, 0, 0) !=
      CE_None)
    return std::nullopt;
  if (nodata)
    for (std::size_t i = 0; i < out.image.samples.size(); ++i) out.image.usable[i] = out.image.samples[i] != *nodata;
  return out;
}

}  // namespace plotwatch::support
