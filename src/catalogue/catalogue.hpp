// Finding out what a scene is: files, folders, products, STAC items.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "model/scene.hpp"

namespace plotwatch::catalogue {

// What the user says of a scene; it overrides what the files say.
struct SceneRequest {
  std::string path;  // file, folder, MTL, SAFE, STAC item or /vsi… path
  std::optional<Date> date;
  std::optional<std::string> sensor;
  std::map<std::string, std::string> roles;     // role name -> "3" (band of the file) or "file.tif:1"
  std::optional<double> scale, offset, nodata;  // of all bands
  std::optional<std::string> calibration;       // "digital-number", "toa-reflectance", "surface-reflectance"
  std::optional<std::string> mask;              // a raster on any grid: 0 unusable, anything else usable
};

// Recognises, in this order: STAC item (JSON); Sentinel-2 SAFE level 1C/2A folder or its MTD XML; Landsat folder or
// its MTL (Collection 1 and 2, level 1 and 2); folder with one STAC item; folder of single-band files whose names tell
// the roles; one file with several bands (roles from wavelengths, descriptions, colour interpretation, request).
// Touches no pixels. Throws Error(input) with what is missing and how to state it.
Scene describe(const SceneRequest& request);

// For `plotwatch info`: every fact of the scene and every assumption, for people and as JSON text.
std::string to_text(const Scene& scene);
std::string to_json(const Scene& scene);

}  // namespace plotwatch::catalogue
