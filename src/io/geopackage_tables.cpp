#include "io/geopackage_tables.hpp"

#include <string>

#include <cpl_conv.h>
#include <fmt/format.h>

#include "core/error.hpp"
#include "io/crs.hpp"
#include "io/ogr_srs.hpp"
#include "io/raster.hpp"

namespace plotwatch::io {
namespace {

constexpr int srid_without_code = 990001;
constexpr const char* fixed_date = "1970-01-01T00:00:00.000Z";  // the bytes must not depend on when it was made

struct Definition {
  std::string name, organization, wkt1, proj4;
  int code = 0;
};

std::string taken(OGRErr status, char* text) {
  std::string result = status == OGRERR_NONE && text ? text : "";
  CPLFree(text);
  return result;
}

Definition definition_of(const Crs& crs) {
  OGRSpatialReference srs = to_ogr(crs);
  Definition d;
  d.name = crs_name(crs);
  if (const auto code = epsg_code(crs)) {
    srs.importFromEPSG(*code);
    d.organization = "EPSG";
    d.code = *code;
  } else {
    d.organization = "NONE";
    d.code = srid_without_code;
  }
  char* text = nullptr;
  OGRErr status = srs.exportToWkt(&text);
  d.wkt1 = taken(status, text);
  text = nullptr;
  status = srs.exportToProj4(&text);
  d.proj4 = taken(status, text);
  return d;
}

constexpr const char* system_tables = R"(
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
  f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT,
  styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME);
INSERT INTO gpkg_spatial_ref_sys VALUES ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', NULL),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL);
PRAGMA application_id = 1196444487;
PRAGMA user_version = 10300;
)";  // the application is "GPKG", the version 1.3

void add_system(Database& database, int srid, const Definition& d) {
  database.run(
      "INSERT INTO gpkg_spatial_ref_sys (srs_name, srs_id, organization, organization_coordsys_id, definition) "
      "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (srs_id) DO NOTHING",
      {d.name, std::int64_t{srid}, d.organization, std::int64_t{d.code}, d.wkt1});
}

void add_contents(Database& database, const std::string& table, const std::string& type, const std::string& description,
                  const SqlValue& srid) {
  database.run(
      "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) "
      "VALUES ($1, $2, $1, $3, $4, $5)",
      {table, type, description, fixed_date, srid});
}

}  // namespace

int srid_of(const Crs& crs) { return epsg_code(crs).value_or(srid_without_code); }

void prepare_for_layers(Database& database, const Crs& crs) {
  start_gdal();
  const int srid = srid_of(crs);
  database.set_srid(srid);
  const Definition d = definition_of(crs);
  if (database.postgres()) {
    bool listed = false;
    database.each("SELECT 1 FROM spatial_ref_sys WHERE srid = $1", {std::int64_t{srid}},
                  [&](const Row&) { listed = true; });
    if (!listed)
      database.run(
          "INSERT INTO spatial_ref_sys (srid, auth_name, auth_srid, srtext, proj4text) VALUES ($1, $2, $3, $4, $5)",
          {std::int64_t{srid}, d.organization, std::int64_t{d.code}, d.wkt1, d.proj4});
    return;
  }
  database.script(system_tables);
  const Definition degrees = definition_of(lonlat_crs());
  add_system(database, degrees.code, degrees);
  add_system(database, srid, d);
  add_contents(database, "layer_styles", "attributes", "Styles that QGIS opens the layers with", {});
}

void register_feature_table(Database& database, const std::string& table, const std::string& description,
                            const std::string& style) {
  if (database.postgres()) return;
  const std::int64_t srid = database.srid();
  add_contents(database, table, "features", description, srid);
  database.run("INSERT INTO gpkg_geometry_columns VALUES ($1, 'geom', 'MULTIPOLYGON', $2, 0, 0)", {table, srid});
  if (style.empty()) return;
  database.run(
      "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
      "styleQML, styleSLD, useAsDefault, description, owner, update_time) "
      "VALUES ('', '', $1, 'geom', 'plotwatch', $2, '', 1, $3, '', $4)",
      {table, style, description, fixed_date});
}

void register_attribute_table(Database& database, const std::string& table, const std::string& description) {
  if (!database.postgres()) add_contents(database, table, "attributes", description, {});
}

}  // namespace plotwatch::io
