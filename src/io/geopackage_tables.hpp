// Makes an open SQLite database a GeoPackage (OGC 12-128r17), table by table: for files that are kept open and change.
// What is written once as a whole goes through write_geopackage.
#pragma once

#include <string>

#include "core/grid.hpp"
#include "io/database.hpp"

namespace plotwatch::io {

// The number that stored polygons of this system carry: its EPSG code, or one of our own for a system without.
int srid_of(const Crs& crs);

// SQLite: identification and the tables gpkg_*, with this system and the three that must be there, and the table of
// styles that QGIS looks for. PostgreSQL: the system, where PostGIS does not list it. Sets the database's srid.
void prepare_for_layers(Database& database, const Crs& crs);

// The table is there already: `fid` its key, `geom` its polygons. `style`: a QML document, may be empty. Nothing is
// done in PostgreSQL, where PostGIS finds the columns by itself.
void register_feature_table(Database& database, const std::string& table, const std::string& description,
                            const std::string& style);
void register_attribute_table(Database& database, const std::string& table, const std::string& description);

}  // namespace plotwatch::io
