// Registers out, in the formats that they come in.
#pragma once

#include <optional>
#include <string>

#include "model/plot.hpp"

namespace plotwatch::plots {

struct WriteOptions {
  std::optional<std::string> crs;    // "EPSG:4527"; default: the register's. GeoJSON and KML are in degrees anyway
  std::string encoding = "GB18030";  // of .txt, .shp, .zip: "GB18030" or "UTF-8". CSV is UTF-8 with a byte order mark
  std::string producer, date;        // of the TXT header
};

// By the ending of the path: .gpkg, .shp, .zip (boundary upload), .geojson/.json, .kml, .kmz, .txt, .csv (no
// boundaries). Coordinates keep the millimetre in every format. Boundaries are written as they are in `plots`:
// repaired. Atomic. Throws Error(usage): unknown ending; Error(input): a CRS that the format cannot hold (TXT: CGCS2000
// Gauss-Krueger zones or degrees; ZIP: a projected one); Error(output).
void write_register(const std::string& path, const PlotRegister& plots, const WriteOptions& options = {});

}  // namespace plotwatch::plots
