#include "ledger/ledger.hpp"

#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/hash.hpp"
#include "io/atomic_file.hpp"
#include "io/crs.hpp"
#include "ledger/records_json.hpp"
#include "ledger/store.hpp"

namespace plotwatch::ledger {
namespace {

void check_settings(const LedgerSettings& settings) {
  if (settings.crs.empty() || io::is_geographic(settings.crs) || io::metres_per_unit(settings.crs) != 1)
    throw Error(ExitCode::config, "the ledger's CRS must be projected, in metres",
                settings.crs.empty() ? "no CRS" : io::crs_name(settings.crs),
                "Name one such as EPSG:4527 (Gauss-Krueger zone 39) or a UTM zone.");
  check(settings.policy);
}

void fill(io::Database& database, const LedgerSettings& settings, const Stamp& stamp) {
  Json created{{"schema", schema_version}, {"settings", settings_json(settings)}, {"policy", to_json(settings.policy)}};
  // No random number: the same nights run again make the same ledger.
  const std::string id = sha256(canonical(created) + stamp.at + stamp.actor).substr(0, 32);
  created["id"] = id;
  create_tables(database, settings.crs);
  set_info(database, "id", id);
  set_info(database, "schema", std::to_string(schema_version));
  set_info(database, "settings", canonical(settings_json(settings)));
  set_info(database, "policy", canonical(to_json(settings.policy)));
  set_info(database, "calendar", canonical(to_json(WorkCalendar{})));
  append(database, stamp, "ledger_created", id, created);
}

}  // namespace

Ledger::Ledger(std::unique_ptr<Implementation> implementation) : implementation_(std::move(implementation)) {}
Ledger::Ledger(Ledger&&) noexcept = default;
Ledger& Ledger::operator=(Ledger&&) noexcept = default;
Ledger::~Ledger() = default;

Ledger Ledger::create(const std::string& where, const LedgerSettings& settings, const Stamp& stamp) {
  check_settings(settings);
  check(stamp);
  if (io::is_postgres(where)) {
    const auto database = io::open_postgres(where, io::DatabaseMode::create);
    if (database->has_table("events"))
      throw Error(ExitCode::output, "there is a ledger already", database->where(),
                  "Nothing is overwritten; name another database.");
    database->script("BEGIN");
    try {
      fill(*database, settings, stamp);
    } catch (...) {
      database->roll_back();
      throw;
    }
    database->commit();
    return open(where, Access::write);
  }
  if (std::filesystem::exists(where))
    throw Error(ExitCode::output, "there is a file already", where, "Name another one; nothing is overwritten.");
  io::AtomicFile file(where);
  {
    const auto database = io::open_sqlite(file.temporary().string(), io::DatabaseMode::create);
    database->script("PRAGMA journal_mode = MEMORY;");  // nobody else sees the file yet
    fill(*database, settings, stamp);
  }
  file.commit();
  return open(where, Access::write);
}

Ledger Ledger::open(const std::string& where, Access access) {
  auto implementation = std::make_unique<Implementation>();
  implementation->database =
      io::open_database(where, access == Access::write ? io::DatabaseMode::write : io::DatabaseMode::read);
  io::Database& database = *implementation->database;
  if (const int version = stored_version(database); version < schema_version) {
    if (access == Access::read)
      throw Error(ExitCode::mismatch,
                  fmt::format("the ledger has the older schema {}, this plotwatch reads {}", version, schema_version),
                  database.where(), "Back it up, then open it once for writing: plotwatch ledger upgrade.");
    io::Transaction transaction = io::Transaction::write(database, "bring the ledger up to date", "ledger_info");
    migrate(database, stored_version(database));
    transaction.commit();
  }
  implementation->load();
  return Ledger(std::move(implementation));
}

const LedgerSettings& Ledger::settings() const { return implementation_->settings; }
const std::string& Ledger::id() const { return implementation_->id; }
std::int64_t Ledger::last_sequence() const { return ledger::head(*implementation_->database).sequence; }
std::int64_t Ledger::last_event(const std::string& subject) const {
  std::int64_t sequence = 0;
  implementation_->database->each("SELECT max(sequence) FROM events WHERE subject = $1", {subject},
                                  [&](const io::Row& row) { sequence = row.integer(0); });
  return sequence;
}
std::string Ledger::head() const { return ledger::head(*implementation_->database).hash; }

}  // namespace plotwatch::ledger
