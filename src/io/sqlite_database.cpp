// SQLite: one file, a rollback journal (it works on network drives, and a copy of the file is a backup), full sync.
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

#include "core/error.hpp"
#include "io/database.hpp"
#include "io/wkb.hpp"

namespace plotwatch::io {
namespace {

constexpr int busy_timeout_ms = 60'000;

struct CloseConnection {
  void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Connection = std::unique_ptr<sqlite3, CloseConnection>;
using Prepared = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

class SqliteRow final : public Row {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
  bool null(int c) const override { return sqlite3_column_type(statement_, c) == SQLITE_NULL; }
  std::int64_t integer(int c) const override { return sqlite3_column_int64(statement_, c); }
  double real(int c) const override { return sqlite3_column_double(statement_, c); }
  std::string text(int c) const override {
    const auto* bytes = sqlite3_column_text(statement_, c);
    return bytes ? std::string(reinterpret_cast<const char*>(bytes), size(c)) : std::string();
  }
  Blob blob(int c) const override {
    const void* bytes = sqlite3_column_blob(statement_, c);
    return bytes ? Blob{std::string(static_cast<const char*>(bytes), size(c))} : Blob{};
  }
  MultiPolygon polygons(int c) const override { return null(c) ? MultiPolygon{} : from_gpkg(blob(c).bytes); }

 private:
  std::size_t size(int c) const { return static_cast<std::size_t>(sqlite3_column_bytes(statement_, c)); }
  sqlite3_stmt* statement_;
};

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(const std::string& path, DatabaseMode mode) : Database(path) {
    const bool there = std::filesystem::exists(path);
    if (mode == DatabaseMode::create && there)
      throw Error(ExitCode::output, "there is a file already", path, "Name another one; nothing is overwritten.");
    if (mode != DatabaseMode::create && !there)
      throw Error(ExitCode::input, "there is no such ledger", path,
                  "Check the path; plotwatch ledger init makes a new one.");
    // Reading too: what a killed writer left half-written has to be rolled back first.
    int status =
        open(mode == DatabaseMode::create ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE);
    if (status != SQLITE_OK && mode == DatabaseMode::read) status = open(SQLITE_OPEN_READONLY);
    if (status != SQLITE_OK) throw failure(status);
    if (mode != DatabaseMode::read && sqlite3_db_readonly(connection_.get(), "main") == 1)
      throw Error(ExitCode::output, "it cannot be written: no permission", path,
                  "Check the permissions of the file and its folder.");
    sqlite3_busy_timeout(connection_.get(), busy_timeout_ms);
    script("PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;");
    if (mode == DatabaseMode::read) script("PRAGMA query_only = 1;");
    script("SELECT count(*) FROM sqlite_master;");  // the first look into the file: is it a database?
  }

  void each(const std::string& sql, const Values& values, const Use& use) override {
    sqlite3_stmt* statement = prepared(sql);
    for (std::size_t i = 0; i < values.size(); ++i) bind(statement, static_cast<int>(i) + 1, values[i]);
    const SqliteRow row(statement);
    struct Reset {
      sqlite3_stmt* statement;
      ~Reset() { sqlite3_reset(statement), sqlite3_clear_bindings(statement); }
    } reset{statement};
    for (;;) {
      const int status = sqlite3_step(statement);
      if (status == SQLITE_DONE) return;
      if (status != SQLITE_ROW) throw failure(status);
      use(row);
    }
  }

  void script(const std::string& sql) override {
    const int status = sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (status != SQLITE_OK) throw failure(status);
  }

  void begin_write(const std::string&) override { script("BEGIN IMMEDIATE"); }
  void begin_read() override { script("BEGIN"); }
  void commit() override { script("COMMIT"); }
  void roll_back() noexcept override { sqlite3_exec(connection_.get(), "ROLLBACK", nullptr, nullptr, nullptr); }

  bool has_table(const std::string& name) override {
    bool found = false;
    each("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1", {name}, [&](const Row&) { found = true; });
    return found;
  }
  bool postgres() const override { return false; }

 private:
  int open(int flags) {
    sqlite3* raw = nullptr;
    const int status = sqlite3_open_v2(where_.c_str(), &raw, flags, nullptr);
    connection_.reset(raw);
    if (raw) sqlite3_extended_result_codes(raw, 1);
    return status;
  }

  sqlite3_stmt* prepared(const std::string& sql) {
    Prepared& kept = statements_[sql];
    if (!kept) {
      sqlite3_stmt* raw = nullptr;
      const int status = sqlite3_prepare_v3(connection_.get(), sql.c_str(), static_cast<int>(sql.size()),
                                            SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
      if (status != SQLITE_OK) throw failure(status);
      kept.reset(raw);
    }
    return kept.get();
  }

  // $2 may stand before $1 in a statement, or more than once: SQLite takes such names by the place of their first use.
  void bind(sqlite3_stmt* statement, int number, const SqlValue& value) {
    const int at = sqlite3_bind_parameter_index(statement, fmt::format("${}", number).c_str());
    if (at == 0) return;
    const auto size = [](const std::string& bytes) { return static_cast<sqlite3_uint64>(bytes.size()); };
    int status = SQLITE_OK;
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      status = sqlite3_bind_int64(statement, at, *integer);
    } else if (const auto* real = std::get_if<double>(&value)) {
      status = sqlite3_bind_double(statement, at, *real);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      status = sqlite3_bind_text64(statement, at, text->c_str(), size(*text), SQLITE_TRANSIENT, SQLITE_UTF8);
    } else if (const auto* blob = std::get_if<Blob>(&value)) {
      status = sqlite3_bind_blob64(statement, at, blob->bytes.data(), size(blob->bytes), SQLITE_TRANSIENT);
    } else if (const auto* polygons = std::get_if<MultiPolygon>(&value)) {
      const std::string bytes = to_gpkg(*polygons, srid_);
      status = sqlite3_bind_blob64(statement, at, bytes.data(), size(bytes), SQLITE_TRANSIENT);
    } else {
      status = sqlite3_bind_null(statement, at);
    }
    if (status != SQLITE_OK) throw failure(status);
  }

  Error failure(int status) const {
    const std::string reason = connection_ ? sqlite3_errmsg(connection_.get()) : sqlite3_errstr(status);
    const std::string what = fmt::format("could not {}: {}", purpose_, reason);
    switch (status & 0xff) {
      case SQLITE_BUSY:
      case SQLITE_LOCKED:
        return Error(ExitCode::output, what, where_,
                     "Another program holds it for longer than a minute; close what edits it and run again.");
      case SQLITE_NOTADB:
      case SQLITE_CORRUPT:
        return Error(ExitCode::input, what, where_, "It is no SQLite file or is damaged; restore it from a backup.");
      case SQLITE_FULL:
      case SQLITE_IOERR:
      case SQLITE_READONLY:
      case SQLITE_PERM:
      case SQLITE_CANTOPEN:
      case SQLITE_AUTH:
      case SQLITE_TOOBIG:
        return Error(ExitCode::output, what, where_,
                     "Check free disk space and write permission of the file and its folder; nothing was changed.");
      case SQLITE_NOMEM: return Error(ExitCode::resources, what, where_, "Free memory and run again.");
      default:
        return Error(ExitCode::input, what, where_,
                     "A table is not as plotwatch made it; plotwatch ledger verify tells more, a backup restores it.");
    }
  }

  Connection connection_;
  std::map<std::string, Prepared> statements_;  // destroyed before the connection
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const std::string& path, DatabaseMode mode) {
  return std::make_unique<SqliteDatabase>(path, mode);
}

}  // namespace plotwatch::io
