// Small vector files of any OGR format for tests, geometry as WKT, and a look into such files by OGR alone.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

namespace plotwatch::test {

struct VectorRow {
  std::vector<std::string> values;  // as text; parallel to the fields
  std::string wkt;                  // empty: no geometry
};

struct VectorFile {
  std::string driver = "GPKG";
  std::string layer = "plots";
  std::string crs = "EPSG:4527";  // empty: none
  OGRwkbGeometryType type = wkbUnknown;
  std::vector<std::pair<std::string, OGRFieldType>> fields;
  std::vector<VectorRow> rows;
  std::vector<std::string> options;  // of the layer, "KEY=value"
};

inline void add_layer(GDALDataset& dataset, const VectorFile& file) {
  OGRSpatialReference srs;
  if (!file.crs.empty()) {
    ASSERT_EQ(srs.SetFromUserInput(file.crs.c_str()), OGRERR_NONE);
    srs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  }
  std::vector<char*> options;
  for (const std::string& option : file.options) options.push_back(const_cast<char*>(option.c_str()));
  options.push_back(nullptr);
  OGRLayer* layer =
      dataset.CreateLayer(file.layer.c_str(), file.crs.empty() ? nullptr : &srs, file.type, options.data());
  ASSERT_NE(layer, nullptr);
  for (const auto& [name, type] : file.fields) {
    OGRFieldDefn field(name.c_str(), type);
    ASSERT_EQ(layer->CreateField(&field), OGRERR_NONE);
  }
  for (const VectorRow& row : file.rows) {
    OGRFeature feature(layer->GetLayerDefn());
    for (std::size_t i = 0; i < row.values.size(); ++i) feature.SetField(static_cast<int>(i), row.values[i].c_str());
    if (!row.wkt.empty()) {
      OGRGeometry* geometry = nullptr;
      ASSERT_EQ(OGRGeometryFactory::createFromWkt(row.wkt.c_str(), nullptr, &geometry), OGRERR_NONE) << row.wkt;
      feature.SetGeometryDirectly(geometry);
    }
    ASSERT_EQ(layer->CreateFeature(&feature), OGRERR_NONE);
  }
}

inline void make_vector(const std::string& path, const std::vector<VectorFile>& layers) {
  GDALAllRegister();
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName(layers.at(0).driver.c_str());
  ASSERT_NE(driver, nullptr);
  const GDALDatasetUniquePtr dataset(driver->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
  ASSERT_NE(dataset, nullptr);
  for (const VectorFile& layer : layers) ASSERT_NO_FATAL_FAILURE(add_layer(*dataset, layer));
}

inline void make_vector(const std::string& path, const VectorFile& layer) { make_vector(path, std::vector{layer}); }

}  // namespace plotwatch::test
