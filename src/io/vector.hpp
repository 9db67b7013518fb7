// Vector layers: features with plain fields and polygon geometry.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/geometry.hpp"
#include "core/grid.hpp"

namespace plotwatch::io {

using FieldValue = std::variant<std::monostate, long long, double, std::string>;  // monostate: null; dates are ISO text

struct Feature {
  long long id = 0;
  std::vector<FieldValue> values;  // parallel to VectorLayer::fields
  MultiPolygon geometry;           // valid; empty when missing or not polygonal
  std::string geometry_problem;    // what was wrong with the file's geometry; empty when nothing was
  bool geometry_repaired = false;
};

struct VectorLayer {
  std::string path, name;
  Crs crs;
  std::vector<std::string> fields;
  std::vector<Feature> features;
};

// GeoPackage, Shapefile (.cpg or a GB18030 guess when there is none), GeoJSON, KML: anything OGR reads. `layer` names
// one of several; without it the file must have one polygon layer. Invalid geometry is repaired (GEOS make-valid) and
// said so in the feature. Throws Error(input): missing, unreadable, no CRS, no such layer, several layers.
VectorLayer read_vector(const std::string& path, const std::optional<std::string>& layer = std::nullopt);

// Any geometry: what has area, and beside it lines and points, each point a path of one.
using Path = std::vector<Point>;
struct Place {
  std::vector<FieldValue> values;  // parallel to PlaceLayer::fields
  long long id = 0;
  MultiPolygon polygons;
  std::vector<Path> paths;
  std::string problem;  // where there is neither: why
};
struct PlaceLayer {
  std::string path, name;
  Crs crs;
  std::vector<std::string> fields;
  std::vector<Place> places;
};

// Every layer of the file that has geometry. Throws Error(input): missing, unreadable, no CRS, no such layer.
std::vector<PlaceLayer> read_places(const std::string& path);

// A table without geometry in such a file. Throws Error(input): missing, unreadable, no such table.
VectorLayer read_attributes(const std::string& path, const std::string& table);

enum class FieldType { integer, real, text };

struct OutputField {
  std::string name;
  FieldType type = FieldType::text;
  std::string comment;  // written as alias/description where the format has one
};

struct OutputLayer {
  std::string name;
  std::string description;
  Crs crs;
  std::vector<OutputField> fields;
  std::vector<Feature> features;  // values parallel to fields; ids are given by the order, from 1
  // Instead of `features`, where they would not fit into memory beside what they are made from: `count` of them, each
  // made when it is written, and again by another writer.
  std::size_t count = 0;
  std::function<Feature(std::size_t)> make;
  std::string qgis_style;         // QML document for layer_styles; empty: none
  bool without_geometry = false;  // a GeoPackage alone: a table of attributes

  // use(feature, index) for each, in order.
  template <class Use>
  void each_feature(Use use) const {
    for (std::size_t i = 0; i < (make ? count : features.size()); ++i) make ? use(make(i), i) : use(features[i], i);
  }
};

// One GeoPackage with all layers; the same layers give the same bytes, whenever they are written. Atomic.
void write_geopackage(const std::string& path, const std::vector<OutputLayer>& layers);

// RFC 7946: longitude/latitude, right-hand rule, no crs member. Atomic. Seven decimals are a centimetre, ten keep
// survey coordinates to the millimetre.
void write_geojson(const std::string& path, const OutputLayer& layer, int decimals = 7);

// PATH.shp with .shx, .dbf, .prj and .cpg. `encoding` of the text: "UTF-8" or "GB18030". Names of fields are cut at ten
// bytes, text at 254. Every file is written under a temporary name first, the .shp gets its name last.
void write_shapefile(const std::string& path, const OutputLayer& layer, const std::string& encoding);

}  // namespace plotwatch::io
