#include "io/vector.hpp"

#include <memory>
#include <utility>

#include <cpl_conv.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <ogrsf_frmts.h>

#include "core/error.hpp"
#include "io/gdal_dataset.hpp"
#include "io/ogr_fields.hpp"
#include "io/ogr_geometry.hpp"
#include "io/ogr_srs.hpp"
#include "io/raster.hpp"
#include "io/text_encoding.hpp"

namespace plotwatch::io {
namespace {

Error input_error(std::string what, const std::string& where, std::string advice) {
  return Error(ExitCode::input, std::move(what), where, std::move(advice));
}

GDALDatasetUniquePtr open(const std::string& path, const char* const* options) {
  start_gdal();
  // A missing index of a Shapefile can be made anew where that writes no file of the user's.
  CPLSetThreadLocalConfigOption("SHAPE_RESTORE_SHX", path.rfind("/vsimem/", 0) == 0 ? "YES" : "NO");
  GdalMessages messages;
  GDALDatasetUniquePtr dataset(
      GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, nullptr, options));
  if (!dataset)
    throw input_error("cannot be read as a vector file: " + messages.text(), path,
                      "Check the path; GeoPackage, Shapefile, GeoJSON and KML are read.");
  return dataset;
}

bool may_hold_polygons(OGRwkbGeometryType type) {
  const OGRwkbGeometryType flat = wkbFlatten(type);
  return flat == wkbUnknown || flat == wkbGeometryCollection || OGR_GT_IsSubClassOf(flat, wkbSurface) ||
         OGR_GT_IsSubClassOf(flat, wkbMultiSurface);
}

std::vector<std::string> layer_names(GDALDataset& dataset) {
  std::vector<std::string> names;
  for (OGRLayer* layer : dataset.GetLayers()) names.emplace_back(layer->GetName());
  return names;
}

OGRLayer& choose_layer(GDALDataset& dataset, const std::string& path, const std::optional<std::string>& name) {
  if (name) {
    if (OGRLayer* layer = dataset.GetLayerByName(name->c_str())) return *layer;
    throw input_error(fmt::format("there is no layer \"{}\"", *name), path,
                      fmt::format("Choose one of: {}.", fmt::join(layer_names(dataset), ", ")));
  }
  std::vector<OGRLayer*> certain, possible;
  for (OGRLayer* layer : dataset.GetLayers()) {
    if (!may_hold_polygons(layer->GetGeomType())) continue;
    possible.push_back(layer);
    if (wkbFlatten(layer->GetGeomType()) != wkbUnknown) certain.push_back(layer);
  }
  const std::vector<OGRLayer*>& found = certain.empty() ? possible : certain;
  if (found.empty())
    throw input_error("there is no layer with polygons", path,
                      fmt::format("Layers in the file: {}.", fmt::join(layer_names(dataset), ", ")));
  if (found.size() > 1) {
    std::vector<std::string> names;
    for (OGRLayer* layer : found) names.emplace_back(layer->GetName());
    throw input_error("there are several layers with polygons", path,
                      fmt::format("Name one of: {}.", fmt::join(names, ", ")));
  }
  return *found.front();
}

Crs crs_of(OGRLayer& layer, const std::string& path) {
  const OGRSpatialReference* srs = layer.GetSpatialRef();
  // A GeoPackage without CRS comes with a local system, or with a geographic one of this name.
  const auto undefined = [](const char* name) { return name && STARTS_WITH_CI(name, "undefined"); };
  if (!srs || !(srs->IsGeographic() || srs->IsProjected() || srs->IsCompound()) || undefined(srs->GetName()))
    throw input_error("the coordinate reference system is missing", path,
                      "Give the layer its CRS: a Shapefile needs its .prj, a GeoPackage layer an srs_id.");
  return from_ogr(*srs);
}

// A Shapefile without .cpg whose text is neither plain nor marked: the bytes themselves must tell.
bool encoding_unknown(GDALDataset& dataset, OGRLayer& layer) {
  if (!EQUAL(dataset.GetDriverName(), "ESRI Shapefile")) return false;
  const char* cpg = layer.GetMetadataItem("CPG_VALUE", "SHAPEFILE");
  return !cpg || !*cpg;
}

// Every text of the layer, field names included, from raw bytes to UTF-8: all of it is one encoding.
void decode_texts(VectorLayer& layer) {
  std::vector<std::string*> texts;
  for (std::string& field : layer.fields) texts.push_back(&field);
  for (Feature& feature : layer.features)
    for (FieldValue& value : feature.values)
      if (auto* text = std::get_if<std::string>(&value)) texts.push_back(text);

  bool utf8 = true;
  for (const std::string* text : texts) utf8 = utf8 && is_utf8(*text, true);
  for (std::string* text : texts) {
    if (utf8) {
      *text = std::string(without_cut_utf8(*text));
    } else if (std::optional<std::string> decoded = utf8_from_gb18030(*text)) {
      *text = std::move(*decoded);
    } else {
      throw input_error("the encoding of the text cannot be told: neither UTF-8 nor GB18030", layer.path,
                        "Put a .cpg file beside the Shapefile that names the encoding.");
    }
  }
}

Feature read_feature(const OGRFeature& source) {
  Feature feature;
  feature.id = source.GetFID();
  feature.values.reserve(static_cast<std::size_t>(source.GetFieldCount()));
  for (int i = 0; i < source.GetFieldCount(); ++i) feature.values.push_back(value_of(source, i));
  CleanGeometry geometry = clean(source.GetGeometryRef());
  feature.geometry = std::move(geometry.polygons);
  feature.geometry_problem = std::move(geometry.problem);
  feature.geometry_repaired = geometry.repaired;
  return feature;
}

void read_features(OGRLayer& source, VectorLayer& layer) {
  const OGRFeatureDefn& definition = *source.GetLayerDefn();
  for (int i = 0; i < definition.GetFieldCount(); ++i)
    layer.fields.emplace_back(definition.GetFieldDefn(i)->GetNameRef());

  GdalMessages messages;
  source.ResetReading();
  while (const OGRFeatureUniquePtr feature{source.GetNextFeature()}) layer.features.push_back(read_feature(*feature));
  // OGR ends at a broken record as it ends at the last one; only its message tells them apart.
  if (messages.failed())
    throw input_error(fmt::format("reading failed after {} features: {}", layer.features.size(), messages.text()),
                      layer.path, "The file may be truncated or damaged; export it again.");
}

}  // namespace

VectorLayer read_vector(const std::string& path, const std::optional<std::string>& layer_name) {
  GDALDatasetUniquePtr dataset = open(path, nullptr);
  OGRLayer* source = &choose_layer(*dataset, path, layer_name);
  const bool raw = encoding_unknown(*dataset, *source);
  if (raw) {
    const std::string name = source->GetName();
    static const char* const as_stored[] = {"ENCODING=", nullptr};
    dataset = open(path, as_stored);
    source = &choose_layer(*dataset, path, name);
  }
  VectorLayer layer;
  layer.path = path;
  layer.name = source->GetName();
  layer.crs = crs_of(*source, path);
  read_features(*source, layer);
  if (raw) decode_texts(layer);
  return layer;
}

std::vector<PlaceLayer> read_places(const std::string& path) {
  std::vector<std::string> names;
  {
    const GDALDatasetUniquePtr dataset = open(path, nullptr);
    for (OGRLayer* layer : dataset->GetLayers())
      if (layer->GetGeomType() != wkbNone) names.emplace_back(layer->GetName());
  }
  if (names.empty()) throw input_error("there is no layer with geometry", path, "Export polygons, lines or points.");
  std::vector<PlaceLayer> all;
  for (const std::string& name : names) {
    // Fields and polygons as they are read everywhere; lines and points beside them.
    VectorLayer polygons = read_vector(path, name);
    PlaceLayer layer{path, name, polygons.crs, std::move(polygons.fields), {}};
    const GDALDatasetUniquePtr dataset = open(path, nullptr);
    OGRLayer& source = choose_layer(*dataset, path, name);
    source.ResetReading();
    for (Feature& f : polygons.features) {
      Place place{std::move(f.values), f.id, std::move(f.geometry), {}, {}};
      const OGRFeatureUniquePtr feature{source.GetNextFeature()};
      if (feature && feature->GetGeometryRef()) place.paths = paths_of(*feature->GetGeometryRef());
      if (place.polygons.empty() && place.paths.empty()) place.problem = f.geometry_problem;
      layer.places.push_back(std::move(place));
    }
    all.push_back(std::move(layer));
  }
  return all;
}

VectorLayer read_attributes(const std::string& path, const std::string& table) {
  const GDALDatasetUniquePtr dataset = open(path, nullptr);
  VectorLayer layer;
  layer.path = path;
  layer.name = table;
  read_features(choose_layer(*dataset, path, table), layer);
  return layer;
}

}  // namespace plotwatch::io
