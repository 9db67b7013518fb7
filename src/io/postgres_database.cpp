// PostgreSQL with PostGIS through libpq: everything of ours in the schema `plotwatch`, text and hexadecimal on the
// wire.
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <libpq-fe.h>

#include "core/error.hpp"
#include "io/database.hpp"
#include "io/wkb.hpp"

namespace plotwatch::io {
namespace {

struct FinishConnection {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, ClearResult>;

class PostgresRow final : public Row {
 public:
  explicit PostgresRow(const PGresult* result) : result_(result) {}
  void stand_on(int row) { row_ = row; }
  bool null(int c) const override { return PQgetisnull(result_, row_, c) != 0; }
  std::int64_t integer(int c) const override { return std::strtoll(value(c), nullptr, 10); }
  double real(int c) const override {
    double number = 0;
    std::from_chars(value(c), value(c) + PQgetlength(result_, row_, c), number);
    return number;
  }
  std::string text(int c) const override { return {value(c), static_cast<std::size_t>(PQgetlength(result_, row_, c))}; }
  Blob blob(int c) const override {
    const std::string hex = text(c);
    return {hex.size() < 2 ? std::string() : from_hex(std::string_view(hex).substr(2))};  // after "\x"
  }
  MultiPolygon polygons(int c) const override { return null(c) ? MultiPolygon{} : from_ewkb(from_hex(text(c))); }

 private:
  const char* value(int c) const { return PQgetvalue(result_, row_, c); }
  const PGresult* result_;
  int row_ = 0;
};

std::optional<std::string> wire_text(const SqlValue& value, int srid) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return std::to_string(*integer);
  if (const auto* real = std::get_if<double>(&value)) return fmt::format("{}", *real);  // the shortest that reads back
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* blob = std::get_if<Blob>(&value)) return "\\x" + to_hex(blob->bytes);
  if (const auto* polygons = std::get_if<MultiPolygon>(&value)) return to_hex(to_ewkb(*polygons, srid));
  return std::nullopt;
}

// The URL without what stands between "//user:" and "@".
std::string without_password(const std::string& url) {
  const std::size_t start = url.find("//"), at = url.find('@');
  if (start == std::string::npos || at == std::string::npos) return url;
  const std::size_t colon = url.find(':', start);
  return colon < at ? url.substr(0, colon) + url.substr(at) : url;
}

class PostgresDatabase final : public Database {
 public:
  PostgresDatabase(const std::string& url, DatabaseMode mode) : Database(without_password(url)) {
    connection_.reset(PQconnectdb(url.c_str()));
    if (PQstatus(connection_.get()) != CONNECTION_OK)
      throw Error(ExitCode::input, "the database cannot be reached: " + message(), where_,
                  "Check that the server runs, the name of the database, user and password.");
    PQsetNoticeProcessor(
        connection_.get(), [](void*, const char*) {}, nullptr);
    PQsetClientEncoding(connection_.get(), "UTF8");
    if (mode == DatabaseMode::create)
      script("CREATE EXTENSION IF NOT EXISTS postgis; CREATE SCHEMA IF NOT EXISTS plotwatch;");
    script("SET search_path = plotwatch, public; SET lock_timeout = '60s'; SET standard_conforming_strings = on;");
    if (mode == DatabaseMode::read) script("SET default_transaction_read_only = on;");
  }

  void each(const std::string& sql, const Values& values, const Use& use) override {
    const std::string& name = prepared(sql, values.size());
    std::vector<std::optional<std::string>> texts;
    texts.reserve(values.size());
    std::vector<const char*> pointers;
    for (const SqlValue& value : values) {
      texts.push_back(wire_text(value, srid_));
      if (texts.back() && texts.back()->find('\0') != std::string::npos)
        throw Error(ExitCode::input, "a text holds a zero byte, which PostgreSQL cannot keep", where_,
                    "Take it out of the input.");
    }
    for (const auto& text : texts) pointers.push_back(text ? text->c_str() : nullptr);
    const Result result(PQexecPrepared(connection_.get(), name.c_str(), static_cast<int>(pointers.size()),
                                       pointers.data(), nullptr, nullptr, 0));
    check(result.get());
    PostgresRow row(result.get());
    for (int i = 0; i < PQntuples(result.get()); ++i) {
      row.stand_on(i);
      use(row);
    }
  }

  void script(const std::string& sql) override {
    const Result result(PQexec(connection_.get(), sql.c_str()));
    check(result.get());
  }

  // Readers go on; they see the state before.
  void begin_write(const std::string& table) override {
    script("BEGIN");
    try {
      script(fmt::format("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE", table));
    } catch (...) {
      roll_back();
      throw;
    }
  }
  void begin_read() override { script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); }
  void commit() override { script("COMMIT"); }
  void roll_back() noexcept override { const Result result(PQexec(connection_.get(), "ROLLBACK")); }

  bool has_table(const std::string& name) override {
    bool found = false;
    each("SELECT 1 FROM pg_tables WHERE schemaname = 'plotwatch' AND tablename = $1", {name},
         [&](const Row&) { found = true; });
    return found;
  }
  bool postgres() const override { return true; }

 private:
  const std::string& prepared(const std::string& sql, std::size_t parameters) {
    const auto kept = statements_.find(sql);
    if (kept != statements_.end()) return kept->second;
    const std::string name = fmt::format("s{}", statements_.size());
    const Result result(PQprepare(connection_.get(), name.c_str(), sql.c_str(), static_cast<int>(parameters), nullptr));
    check(result.get());
    return statements_.emplace(sql, name).first->second;
  }

  std::string message() const {
    std::string text = PQerrorMessage(connection_.get());
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
  }

  void check(const PGresult* result) const {
    const ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return;
    const char* code = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const std::string state = code ? code : "", what = fmt::format("could not {}: {}", purpose_, message());
    const auto of_class = [&](const char* prefix) { return state.rfind(prefix, 0) == 0; };
    if (state == "55P03" || state == "57014")
      throw Error(ExitCode::output, what, where_, "Another program holds it for longer than a minute; run again.");
    if (state == "42501" || state == "25006")
      throw Error(ExitCode::output, what, where_, "Ask the database's owner for the right to do this.");
    if (state.empty() || of_class("08") || of_class("53") || of_class("57") || of_class("58"))
      throw Error(ExitCode::output, what, where_,
                  "Check the server, its disk and the connection; nothing was changed.");
    throw Error(ExitCode::input, what, where_,
                "A table is not as plotwatch made it; plotwatch ledger verify tells more, a backup restores it.");
  }

  std::unique_ptr<PGconn, FinishConnection> connection_;
  std::map<std::string, std::string> statements_;  // SQL -> the name it is prepared under
};

}  // namespace

std::unique_ptr<Database> open_postgres(const std::string& url, DatabaseMode mode) {
  return std::make_unique<PostgresDatabase>(url, mode);
}

}  // namespace plotwatch::io
