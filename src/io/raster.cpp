#include "io/raster.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <mutex>
#include <string_view>

#include <cpl_conv.h>
#include <cpl_string.h>
#include <fmt/format.h>
#include <ogr_spatialref.h>

#include "core/error.hpp"
#include "core/log.hpp"
#include "io/gdal_dataset.hpp"

namespace plotwatch::io {
namespace {

void CPL_STDCALL log_message(CPLErr level, CPLErrorNum, const char* message) {
  if (level >= CE_Failure)
    log::error("GDAL: {}", message);
  else if (level == CE_Warning)
    log::warning("GDAL: {}", message);
  else
    log::debug("GDAL: {}", message);
}

// The user's environment wins over what suits most.
void prefer(const char* option, const char* value) {
  if (CPLGetConfigOption(option, nullptr) == nullptr) CPLSetConfigOption(option, value);
}

// How many micrometres one of the stated units is; empty for units that are no length (GHz, index).
std::optional<double> micrometres_per(std::string_view unit, double value) {
  const auto is = [&](const char* name) {
    return EQUALN(unit.data(), name, unit.size()) && unit.size() == std::string_view(name).size();
  };
  if (is("nanometers") || is("nanometres") || is("nanometer") || is("nm")) return 1e-3;
  if (is("micrometers") || is("micrometres") || is("micrometer") || is("microns") || is("um") || is("µm") || is("μm"))
    return 1.0;
  // Optical bands lie between 0.3 and 15 µm: a bare number above that can only be nanometres.
  if (unit.empty() || is("unknown")) return value > 100 ? 1e-3 : 1.0;
  return std::nullopt;
}

std::optional<double> wavelength(GDALRasterBand& band, GDALDataset& dataset) {
  if (const char* text = band.GetMetadataItem("CENTRAL_WAVELENGTH_UM", "IMAGERY")) {
    const double value = CPLAtof(text);
    if (value > 0) return value;
  }
  for (const char* key : {"wavelength", "center_wavelength", "central_wavelength_um"}) {
    const char* text = band.GetMetadataItem(key);
    if (text == nullptr) continue;
    const double value = CPLAtof(text);
    if (!(value > 0)) continue;
    const char* unit = nullptr;
    for (const char* unit_key : {"wavelength_units", "wavelength_unit"}) {
      if (unit == nullptr) unit = band.GetMetadataItem(unit_key);
      if (unit == nullptr) unit = dataset.GetMetadataItem(unit_key);
      // GDAL passes on only the units it knows; the header's own words are in this domain.
      if (unit == nullptr) unit = dataset.GetMetadataItem(unit_key, "ENVI");
    }
    if (const auto factor = micrometres_per(unit != nullptr ? unit : "", value)) return value * *factor;
  }
  return std::nullopt;
}

Crs stated_crs(GDALDataset& dataset, const std::string& path, bool has_geotransform) {
  const OGRSpatialReference* reference = dataset.GetSpatialRef();
  if (reference == nullptr || reference->IsEmpty() || reference->IsLocal())
    throw Error(ExitCode::input,
                has_geotransform ? "is georeferenced but states no coordinate reference system"
                                 : "has neither a coordinate reference system nor a geotransform",
                path,
                has_geotransform ? "State it: gdal_edit.py -a_srs EPSG:nnnn FILE, or put a .prj beside the file."
                                 : "Georeference it first, for instance with gdalwarp.");
  char* text = nullptr;
  const char* const options[] = {"FORMAT=WKT2_2019", nullptr};
  const OGRErr status = reference->exportToWkt(&text, options);
  Crs crs{text != nullptr ? text : ""};
  CPLFree(text);
  if (status != OGRERR_NONE || crs.empty())
    throw Error(ExitCode::input, "states a coordinate reference system that cannot be understood", path,
                "State it anew: gdal_edit.py -a_srs EPSG:nnnn FILE");
  return crs;
}

Grid north_up_grid(GDALDataset& dataset, const std::string& path) {
  double t[6] = {};
  const bool has_geotransform = dataset.GetGeoTransform(t) == CE_None;
  Grid grid;
  grid.crs = stated_crs(dataset, path, has_geotransform);
  if (!has_geotransform)
    throw Error(ExitCode::input,
                dataset.GetGCPCount() > 0 ? "has ground control points but no geotransform" : "has no geotransform",
                path, "Warp it onto a north-up grid: gdalwarp in out.tif");
  for (const double value : t)
    if (!std::isfinite(value))
      throw Error(ExitCode::input, "has a geotransform that is not finite", path, "Fetch the file again.");
  const double turn = std::max(std::abs(t[2]), std::abs(t[4]));
  // A shear below a millionth of a pixel over the whole raster is rounding.
  const double span = std::max({dataset.GetRasterXSize(), dataset.GetRasterYSize(), 1});
  if (turn * span > 1e-6 * std::min(std::abs(t[1]), std::abs(t[5])))
    throw Error(ExitCode::input, "lies on a rotated grid", path, "Warp it onto a north-up grid: gdalwarp in out.tif");
  if (!(t[1] > 0) || !(t[5] < 0))
    throw Error(ExitCode::input, "does not have north up and east right (mirrored or south-up rows)", path,
                "Warp it onto a north-up grid: gdalwarp in out.tif");
  grid.left = t[0];
  grid.top = t[3];
  grid.pixel_width = t[1];
  grid.pixel_height = -t[5];
  grid.width = dataset.GetRasterXSize();
  grid.height = dataset.GetRasterYSize();
  return grid;
}

RasterBandInfo describe_band(GDALRasterBand& band, GDALDataset& dataset, const std::string& path) {
  RasterBandInfo info;
  info.type = sample_type(band.GetRasterDataType(), path);
  int present = 0;
  if (const double nodata = band.GetNoDataValue(&present); present) info.nodata = nodata;
  if (const double scale = band.GetScale(&present); present) info.scale = scale;
  if (const double offset = band.GetOffset(&present); present) info.offset = offset;
  info.description = band.GetDescription();
  info.colour = GDALGetColorInterpretationName(band.GetColorInterpretation());
  info.wavelength_um = wavelength(band, dataset);
  return info;
}

}  // namespace

void start_gdal() {
  static std::once_flag once;
  std::call_once(once, [] {
    // Decoded blocks are kept by BlockCache; what GDAL keeps beside them is memory twice.
    prefer("GDAL_CACHEMAX", "32");
    // Workers are ours to count.
    prefer("GDAL_NUM_THREADS", "1");
    // Listing a bucket or a folder of thousands of scenes to find a side-car costs more than asking for it.
    prefer("GDAL_DISABLE_READDIR_ON_OPEN", "TRUE");
    CPLSetErrorHandler(log_message);
    GDALAllRegister();
  });
}

RasterInfo describe_raster(const std::string& path) {
  const Dataset dataset = open_raster(path);
  const GdalMessages quiet;
  RasterInfo info;
  info.path = path;
  info.driver = dataset->GetDriver()->GetDescription();
  info.grid = north_up_grid(*dataset, path);
  refuse_short_file(*dataset, path);
  for (int b = 1; b <= dataset->GetRasterCount(); ++b)
    info.bands.push_back(describe_band(*dataset->GetRasterBand(b), *dataset, path));
  GDALRasterBand& first = *dataset->GetRasterBand(1);
  first.GetBlockSize(&info.block_width, &info.block_height);
  info.has_overviews = first.GetOverviewCount() > 0;
  if (char** items = dataset->GetMetadata())
    for (; *items != nullptr; ++items) {
      char* key = nullptr;
      const char* value = CPLParseNameValue(*items, &key);
      if (key != nullptr && value != nullptr) info.metadata[key] = value;
      CPLFree(key);
    }
  return info;
}

}  // namespace plotwatch::io
