// GeoPackage through OGR, with what OGR 3.6 leaves out: column descriptions (the Schema extension) and the table of
// layer styles in the form that QGIS looks for.
#include <array>
#include <memory>
#include <string>

#include <cpl_conv.h>
#include <fmt/format.h>
#include <ogrsf_frmts.h>

#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "io/crs.hpp"
#include "io/gdal_dataset.hpp"
#include "io/ogr_fields.hpp"
#include "io/ogr_geometry.hpp"
#include "io/ogr_srs.hpp"
#include "io/raster.hpp"
#include "io/vector.hpp"

namespace plotwatch::io {
namespace {

// Every time stamp in the file: the bytes must not depend on when it was written.
constexpr const char* fixed_date = "1970-01-01T00:00:00.000Z";
constexpr const char* geometry_column = "geom";
constexpr const char* style_table = "layer_styles";

class ThreadLocalOption {
 public:
  ThreadLocalOption(const char* key, const char* value) : key_(key) {
    const char* before = CPLGetThreadLocalConfigOption(key, nullptr);
    had_ = before != nullptr;
    if (had_) before_ = before;
    CPLSetThreadLocalConfigOption(key, value);
  }
  ~ThreadLocalOption() { CPLSetThreadLocalConfigOption(key_, had_ ? before_.c_str() : nullptr); }
  ThreadLocalOption(const ThreadLocalOption&) = delete;
  ThreadLocalOption& operator=(const ThreadLocalOption&) = delete;

 private:
  const char* key_;
  bool had_ = false;
  std::string before_;
};

std::string quoted(const std::string& text) {
  std::string sql = "'";
  for (const char c : text) {
    sql += c;
    if (c == '\'') sql += c;
  }
  return sql + "'";
}

class GeoPackageWriter {
 public:
  GeoPackageWriter(const std::string& file, std::string target) : target_(std::move(target)) {
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
    if (!driver) throw failure("this GDAL has no GeoPackage driver");
    dataset_.reset(driver->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    if (!dataset_) throw failure("cannot be created");
    check(dataset_->StartTransaction(), "cannot be written");
  }

  void write(const OutputLayer& layer) {
    OGRLayer& table = create_table(layer);
    OGRFeature row(table.GetLayerDefn());
    layer.each_feature([&](const Feature& feature, std::size_t i) {
      fill(row, feature, layer);
      row.SetFID(static_cast<GIntBig>(i) + 1);
      check(table.CreateFeature(&row), "cannot be written");
    });
  }

  void describe_columns(const std::vector<OutputLayer>& layers) {
    execute(
        "CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, "
        "description TEXT, mime_type TEXT, constraint_name TEXT, "
        "CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name), CONSTRAINT gdc_tn UNIQUE (table_name, name))");
    execute(
        "CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, "
        "value TEXT, min NUMERIC, min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT, "
        "CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value))");
    for (const char* table : {"gpkg_data_columns", "gpkg_data_column_constraints"})
      execute(
          fmt::format("INSERT INTO gpkg_extensions (table_name, column_name, extension_name, definition, scope) "
                      "VALUES ('{}', NULL, 'gpkg_schema', "
                      "'http://www.geopackage.org/spec121/#extension_schema', 'read-write')",
                      table));
    for (const OutputLayer& layer : layers)
      for (const OutputField& field : layer.fields)
        if (!field.comment.empty())
          execute(
              fmt::format("INSERT INTO gpkg_data_columns (table_name, column_name, description) VALUES ({}, {}, {})",
                          quoted(layer.name), quoted(field.name), quoted(field.comment)));
  }

  void write_styles(const std::vector<OutputLayer>& layers) {
    static const char* const options[] = {"FID=id", nullptr};
    OGRLayer* table = dataset_->CreateLayer(style_table, nullptr, wkbNone, const_cast<char**>(options));
    if (!table) throw failure("cannot be written");
    const auto add = [&](const char* name, OGRFieldType type, int width, OGRFieldSubType subtype = OFSTNone) {
      OGRFieldDefn field(name, type);
      field.SetWidth(width);
      field.SetSubType(subtype);
      check(table->CreateField(&field), "cannot be written");
    };
    for (const char* name : {"f_table_catalog", "f_table_schema", "f_table_name", "f_geometry_column"})
      add(name, OFTString, 256);
    add("styleName", OFTString, 30);
    add("styleQML", OFTString, 0);
    add("styleSLD", OFTString, 0);
    add("useAsDefault", OFTInteger, 0, OFSTBoolean);
    add("description", OFTString, 0);
    add("owner", OFTString, 30);
    add("ui", OFTString, 30);
    add("update_time", OFTDateTime, 0);
    for (const OutputLayer& layer : layers) {
      if (layer.qgis_style.empty()) continue;
      OGRFeature row(table->GetLayerDefn());
      row.SetField("f_table_catalog", "");  // QGIS compares with the empty text, not with null
      row.SetField("f_table_schema", "");
      row.SetField("f_table_name", layer.name.c_str());
      row.SetField("f_geometry_column", geometry_column);
      row.SetField("styleName", "plotwatch");
      row.SetField("styleQML", layer.qgis_style.c_str());
      row.SetField("styleSLD", "");
      row.SetField("useAsDefault", 1);
      row.SetField("description", layer.description.c_str());
      row.SetField("owner", "");
      row.SetField("update_time", fixed_date);
      check(table->CreateFeature(&row), "cannot be written");
    }
  }

  void finish() {
    check(dataset_->CommitTransaction(), "cannot be written");
    dataset_.reset();  // writes the spatial indexes and what else was put off
    if (messages_.failed()) throw failure("cannot be written");
  }

 private:
  Error failure(const std::string& what) const {
    return Error(ExitCode::output, what + ": " + messages_.text(), target_,
                 "Check free disk space and write permission.");
  }

  void check(OGRErr status, const char* what) const {
    if (status != OGRERR_NONE) throw failure(what);
  }

  void execute(const std::string& sql) {
    dataset_->ReleaseResultSet(dataset_->ExecuteSQL(sql.c_str(), nullptr, nullptr));
    if (messages_.failed()) throw failure("cannot be written");
  }

  OGRLayer& create_table(const OutputLayer& layer) {
    const OGRwkbGeometryType type = layer.without_geometry ? wkbNone : wkbMultiPolygon;
    OGRSpatialReference srs = to_ogr(layer.crs);
    // A registered code lets other programs name the system.
    if (const auto code = epsg_code(layer.crs)) {
      srs.importFromEPSG(*code);
      srs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    }
    const std::string description = "DESCRIPTION=" + layer.description,
                      column = std::string("GEOMETRY_NAME=") + geometry_column;
    const std::array<const char*, 5> options{description.c_str(), column.c_str(), "FID=fid", "SPATIAL_INDEX=YES",
                                             nullptr};
    OGRLayer* table = dataset_->CreateLayer(layer.name.c_str(), type == wkbNone ? nullptr : &srs, type,
                                            const_cast<char**>(options.data()));
    if (!table) throw failure("cannot be written");
    for (const OutputField& field : layer.fields) {
      OGRFieldDefn definition(field.name.c_str(), ogr_type(field.type));
      check(table->CreateField(&definition), "cannot be written");
    }
    return *table;
  }

  static void fill(OGRFeature& row, const Feature& feature, const OutputLayer& layer) {
    if (feature.values.size() != layer.fields.size())
      throw Error(ExitCode::internal, "a feature has another number of values than its layer has fields", layer.name,
                  "");
    for (std::size_t i = 0; i < feature.values.size(); ++i) set_value(row, static_cast<int>(i), feature.values[i]);
    if (layer.without_geometry) return;
    row.SetGeometryDirectly(feature.geometry.empty() ? nullptr : to_ogr(feature.geometry).release());
  }

  std::string target_;
  GdalMessages messages_;  // outlives the dataset, whose closing may fail
  GDALDatasetUniquePtr dataset_;
};

}  // namespace

void write_geopackage(const std::string& path, const std::vector<OutputLayer>& layers) {
  start_gdal();
  // The file is synced as a whole before it gets its name, so SQLite need neither sync nor keep a journal on disk.
  const ThreadLocalOption date("OGR_CURRENT_DATE", fixed_date), sync("OGR_SQLITE_SYNCHRONOUS", "OFF"),
      journal("OGR_SQLITE_JOURNAL", "MEMORY");
  AtomicFile file(path);
  GeoPackageWriter writer(file.temporary().string(), path);
  bool styled = false, described = false;
  for (const OutputLayer& layer : layers) {
    writer.write(layer);
    styled = styled || !layer.qgis_style.empty();
    for (const OutputField& field : layer.fields) described = described || !field.comment.empty();
  }
  if (described) writer.describe_columns(layers);
  if (styled) writer.write_styles(layers);
  writer.finish();
  file.commit();
}

}  // namespace plotwatch::io
