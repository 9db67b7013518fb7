// The tables of a ledger, once for both databases. docs/ledger.md describes them for people who read them with SQL.
#pragma once

#include <string>
#include <vector>

#include "core/grid.hpp"
#include "io/database.hpp"

namespace plotwatch::ledger {

inline constexpr int schema_version = 2;

struct Column {
  enum class Type { integer, real, text, blob, polygons };
  std::string name;
  Type type = Type::text;
  bool required = false;
};

struct Table {
  enum class Kind {
    features,    // a layer with polygons: `fid` and `geom` come first
    attributes,  // a table without; `fid` comes first
    compact      // a key of its own, no fid
  };
  std::string name, description;
  Kind kind = Kind::attributes;
  std::vector<Column> columns;               // all of them, `fid` and `geom` included
  std::string key;                           // of compact tables
  std::vector<std::string> unique, indexes;  // lists of columns
  bool derived = false;                      // can be made again from the chain and what it seals
};

const std::vector<Table>& tables();
const Table& table(const std::string& name);

std::string insert_sql(const Table& table);  // all columns, as $1, $2, …
std::string select_sql(const Table& table);  // all columns; no order

void create_tables(io::Database& database, const Crs& crs);

// The version that is stored; 0 where none is. Throws Error(input) when this is no ledger, Error(mismatch) when it is
// of a newer plotwatch.
int stored_version(io::Database& database);
// Brings an older ledger up to date, in the caller's transaction.
void migrate(io::Database& database, int from);

}  // namespace plotwatch::ledger
