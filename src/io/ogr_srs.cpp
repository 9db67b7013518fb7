#include "io/ogr_srs.hpp"

#include <memory>

#include "core/error.hpp"
#include "io/gdal_dataset.hpp"

namespace plotwatch::io {

OGRSpatialReference to_ogr(const Crs& crs) {
  GdalMessages messages;
  OGRSpatialReference srs;
  srs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  if (crs.empty())
    throw Error(ExitCode::input, "there is no coordinate reference system", "", "Give the data its CRS.");
  if (srs.importFromWkt(crs.wkt.c_str()) != OGRERR_NONE)
    throw Error(ExitCode::input, "not a coordinate reference system: " + messages.text(), crs.wkt.substr(0, 80),
                "Give the data a CRS as valid WKT or EPSG code.");
  return srs;
}

Crs from_ogr(const OGRSpatialReference& srs) {
  GdalMessages messages;
  OGRSpatialReference flat(srs);
  if (flat.IsCompound()) flat.StripVertical();
  if (flat.GetAxesCount() > 2) flat.DemoteTo2D(nullptr);
  static const char* const options[] = {"FORMAT=WKT2_2019", "MULTILINE=NO", nullptr};
  char* text = nullptr;
  const OGRErr status = flat.exportToWkt(&text, options);
  const std::unique_ptr<char, void (*)(void*)> owner(text, &CPLFree);
  if (status != OGRERR_NONE || !text || !*text)
    throw Error(ExitCode::input, "the coordinate reference system cannot be written as WKT: " + messages.text(), "",
                "Give the data a standard CRS, for instance by EPSG code.");
  return {text};
}

}  // namespace plotwatch::io
