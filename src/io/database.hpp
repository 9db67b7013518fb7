// Databases behind one face: SQLite files and PostgreSQL servers. The only home of their handles.
//
// SQL is written once for both: parameters are $1, $2, …; what differs (types of columns, names of functions) is in the
// implementations. A value of polygons is a GeoPackage geometry in SQLite and a PostGIS geometry in PostgreSQL.
// One object a thread. Errors: Error(output) for what cannot be written (permission, disk full, connection lost, locked
// by another for longer than a minute), Error(input) for what cannot be read or is no database; the message names what
// was being done.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/geometry.hpp"

namespace plotwatch::io {

struct Blob {
  std::string bytes;
  bool operator==(const Blob&) const = default;
};

// monostate: null.
using SqlValue = std::variant<std::monostate, std::int64_t, double, std::string, Blob, MultiPolygon>;

// The row that a query stands on; columns from 0. Null reads as 0, "" or nothing.
class Row {
 public:
  virtual ~Row() = default;
  virtual bool null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual std::string text(int column) const = 0;
  virtual Blob blob(int column) const = 0;
  virtual MultiPolygon polygons(int column) const = 0;
};

enum class DatabaseMode { read, write, create };

class Database {
 public:
  using Values = std::vector<SqlValue>;
  using Use = std::function<void(const Row&)>;

  virtual ~Database() = default;

  // Runs one statement; it is prepared once and kept. `each` calls `use` for every row of the answer.
  virtual void each(const std::string& sql, const Values& values, const Use& use) = 0;
  void run(const std::string& sql, const Values& values = {});
  // Several statements without parameters, split by the database.
  virtual void script(const std::string& sql) = 0;

  // SQLite: from the start no other writes. PostgreSQL: likewise among those who call begin_write with `table`.
  virtual void begin_write(const std::string& table) = 0;
  virtual void begin_read() = 0;  // one state of the data for all that follows
  virtual void commit() = 0;
  virtual void roll_back() noexcept = 0;

  virtual bool has_table(const std::string& name) = 0;
  virtual bool postgres() const = 0;
  const std::string& where() const { return where_; }  // for messages: without a password

  // EPSG code (or another number of the database's own list of systems) of the polygons that are written.
  void set_srid(int srid) { srid_ = srid; }
  int srid() const { return srid_; }

 protected:
  explicit Database(std::string where) : where_(std::move(where)) {}
  friend class Transaction;

  std::string where_;
  std::string purpose_ = "open it";  // "record a scan", for messages
  int srid_ = 0;
};

// Rolled back unless committed. `purpose` completes "could not …".
class Transaction {
 public:
  static Transaction write(Database& database, std::string purpose, const std::string& table);
  static Transaction read(Database& database, std::string purpose);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();
  void commit();

 private:
  Transaction(Database& database, std::string purpose);
  Database& database_;
  std::string purpose_before_;
  bool ended_ = false;
};

bool is_postgres(const std::string& where);  // "postgresql://…" or "postgres://…"

// A path, or a URL of PostgreSQL. `create`: a path must not be there yet; of PostgreSQL, the schema `plotwatch` is made
// where it is missing. Everything of ours lies in that schema.
std::unique_ptr<Database> open_database(const std::string& where, DatabaseMode mode);
std::unique_ptr<Database> open_sqlite(const std::string& path, DatabaseMode mode);
std::unique_ptr<Database> open_postgres(const std::string& url, DatabaseMode mode);

}  // namespace plotwatch::io
