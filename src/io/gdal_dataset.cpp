#include "io/gdal_dataset.hpp"

#include <cstdint>
#include <cstdlib>

#include <cpl_vsi.h>
#include <fmt/format.h>

#include "core/error.hpp"
#include "io/raster.hpp"

namespace plotwatch::io {
namespace {

Error unreadable(const std::string& path, const std::string& fact, const std::string& advice) {
  return Error(ExitCode::input, fact, path, advice);
}

std::int64_t stated_number(GDALDataset& dataset, const char* key, std::int64_t otherwise) {
  const char* text = dataset.GetMetadataItem(key, "ENVI");
  return text != nullptr ? std::strtoll(text, nullptr, 10) : otherwise;
}

}  // namespace

GdalMessages::GdalMessages() { CPLPushErrorHandlerEx(collect, this); }
GdalMessages::~GdalMessages() { CPLPopErrorHandler(); }

void CPL_STDCALL GdalMessages::collect(CPLErr level, CPLErrorNum, const char* message) {
  if (level < CE_Warning) return;
  auto* self = static_cast<GdalMessages*>(CPLGetErrorHandlerUserData());
  if (level <= self->worst_) return;
  self->worst_ = level;
  self->text_ = message;
}

std::string GdalMessages::text() const { return text_.empty() ? "no reason given" : text_; }

Dataset open_raster(const std::string& path) {
  start_gdal();
  VSIStatBufL status;
  const bool plain_file = path.rfind("/vsi", 0) != 0;
  if (plain_file && VSIStatExL(path.c_str(), &status, VSI_STAT_EXISTS_FLAG) != 0 && path.find(':') == std::string::npos)
    throw unreadable(path, "does not exist", "Check the path.");

  const GdalMessages messages;
  Dataset dataset(GDALDataset::Open(path.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR));
  if (!dataset)
    throw unreadable(path, fmt::format("cannot be read as a raster: {}", messages.text()),
                     "Check that the file is complete, readable, and a raster format that `gdalinfo` lists.");
  if (dataset->GetRasterCount() == 0)
    throw unreadable(path, "holds no raster bands of its own",
                     "If it is a container, name one of its parts as `gdalinfo` prints them (SUBDATASET_n_NAME).");
  return dataset;
}

SampleType sample_type(GDALDataType type, const std::string& path) {
  switch (type) {
    case GDT_Byte: return SampleType::uint8;
    case GDT_UInt16: return SampleType::uint16;
    case GDT_Int16: return SampleType::int16;
    case GDT_UInt32: return SampleType::uint32;
    case GDT_Int32: return SampleType::int32;
    case GDT_Float32: return SampleType::float32;
    case GDT_Float64: return SampleType::float64;
    default:
      throw unreadable(path,
                       fmt::format("has samples of type {}, which plotwatch does not read", GDALGetDataTypeName(type)),
                       "Convert it: gdal_translate -ot Float32 in out.tif");
  }
}

GDALDataType gdal_type(SampleType type) {
  switch (type) {
    case SampleType::uint8: return GDT_Byte;
    case SampleType::uint16: return GDT_UInt16;
    case SampleType::int16: return GDT_Int16;
    case SampleType::uint32: return GDT_UInt32;
    case SampleType::int32: return GDT_Int32;
    case SampleType::float32: return GDT_Float32;
    case SampleType::float64: return GDT_Float64;
  }
  return GDT_Unknown;
}

void refuse_short_file(GDALDataset& dataset, const std::string& path) {
  if (!EQUAL(dataset.GetDriver()->GetDescription(), "ENVI")) return;
  const char* compression = dataset.GetMetadataItem("file_compression", "ENVI");
  if (compression != nullptr && std::atoi(compression) != 0) return;
  VSIStatBufL status;
  if (VSIStatL(path.c_str(), &status) != 0) return;
  const std::int64_t sample_bytes = GDALGetDataTypeSizeBytes(dataset.GetRasterBand(1)->GetRasterDataType());
  const std::int64_t needed = stated_number(dataset, "header_offset", 0) + sample_bytes * dataset.GetRasterXSize() *
                                                                               dataset.GetRasterYSize() *
                                                                               dataset.GetRasterCount();
  if (static_cast<std::int64_t>(status.st_size) < needed)
    throw unreadable(path, fmt::format("is truncated: {} bytes, its header asks for {}", status.st_size, needed),
                     "Fetch the file again.");
}

}  // namespace plotwatch::io
