#include "ledger/accounts.hpp"

#include <array>

#include "core/error.hpp"
#include "io/database.hpp"
#include "ledger/chain.hpp"
#include "ledger/store.hpp"

namespace plotwatch::ledger {
namespace {

constexpr std::array<std::string_view, 4> role_codes{"viewer", "inspector", "supervisor", "administrator"};

constexpr const char* account_columns =
    "name, display_name, role, unit, disabled, password_hash, created_at, last_login_at";

Account account_at(const io::Row& row) {
  return {row.text(0), row.text(1),         parse_role(row.text(2)).value_or(Role::viewer),
          row.text(3), row.integer(4) != 0, row.text(5),
          row.text(6), row.text(7)};
}

SessionRecord session_at(const io::Row& row) {
  return {row.text(0), row.text(1), row.text(2), row.text(3), row.text(4)};
}

constexpr const char* event_columns = "sequence, at, actor, kind, subject, payload, previous_hash, hash";

Json parsed(const std::string& payload) {
  Json out = Json::parse(payload, nullptr, false);
  if (out.is_discarded())
    throw Error(ExitCode::internal, "the payload of an event is no JSON", payload.substr(0, 80), "Please report it.");
  return out;
}

}  // namespace

std::string_view code(Role role) { return role_codes[static_cast<std::size_t>(role)]; }

std::optional<Role> parse_role(std::string_view code) {
  for (std::size_t i = 0; i < role_codes.size(); ++i)
    if (role_codes[i] == code) return static_cast<Role>(i);
  return std::nullopt;
}

struct ReviewStore::Implementation {
  std::unique_ptr<io::Database> database;

  io::Transaction begin(const char* purpose) { return io::Transaction::write(*database, purpose, "ledger_info"); }
  template <class Read>
  void each(const std::string& sql, const io::Database::Values& values, Read read) {
    database->each(sql, values, read);
  }
};

ReviewStore::ReviewStore(std::unique_ptr<Implementation> implementation) : implementation_(std::move(implementation)) {}
ReviewStore::ReviewStore(ReviewStore&&) noexcept = default;
ReviewStore& ReviewStore::operator=(ReviewStore&&) noexcept = default;
ReviewStore::~ReviewStore() = default;

ReviewStore ReviewStore::open(const std::string& where, Access access) {
  auto made = std::make_unique<Implementation>();
  made->database = io::open_database(where, access == Access::write ? io::DatabaseMode::write : io::DatabaseMode::read);
  if (!made->database->has_table("events"))
    throw Error(ExitCode::input, "this is no ledger", made->database->where(),
                "Make one with plotwatch ledger init, or give another path.");
  if (!made->database->has_table("review_accounts"))
    throw Error(ExitCode::mismatch, "this ledger is of an older plotwatch", made->database->where(),
                "Open it for writing once: that brings it up to date.");
  return ReviewStore(std::move(made));
}

std::int64_t ReviewStore::record(const std::string& kind, const std::string& subject, const std::string& payload,
                                 const Stamp& stamp) {
  check(stamp);
  const Json body = parsed(payload);
  io::Transaction transaction = implementation_->begin("record what was done");
  const LedgerEvent event = append(*implementation_->database, stamp, kind, subject, body);
  transaction.commit();
  return event.sequence;
}

std::vector<Account> ReviewStore::accounts() const {
  std::vector<Account> out;
  implementation_->each(std::string("SELECT ") + account_columns + " FROM review_accounts ORDER BY name", {},
                        [&](const io::Row& row) { out.push_back(account_at(row)); });
  return out;
}

std::optional<Account> ReviewStore::find_account(const std::string& name) const {
  std::optional<Account> out;
  implementation_->each(std::string("SELECT ") + account_columns + " FROM review_accounts WHERE name = $1", {name},
                        [&](const io::Row& row) { out = account_at(row); });
  return out;
}

namespace {

void insert_account(io::Database& database, const Account& a) {
  database.run(
      std::string("INSERT INTO review_accounts (") + account_columns + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {a.name, a.display_name, std::string(code(a.role)), a.unit, std::int64_t{a.disabled}, a.password_hash,
       a.created_at, a.last_login_at});
}

Json facts_of(const Account& a) {
  return {{"display_name", a.display_name}, {"role", code(a.role)}, {"unit", a.unit}, {"disabled", a.disabled}};
}

}  // namespace

bool ReviewStore::add_account(const Account& account, const std::string& kind, const Stamp& stamp) {
  check(stamp);
  io::Database& database = *implementation_->database;
  io::Transaction transaction = implementation_->begin("add an account");
  if (find_account(account.name)) return false;
  insert_account(database, account);
  append(database, stamp, kind, account.name, facts_of(account));
  transaction.commit();
  return true;
}

void ReviewStore::change_account(const Account& account, const std::string& kind, const std::string& payload,
                                 const Stamp& stamp) {
  check(stamp);
  io::Database& database = *implementation_->database;
  io::Transaction transaction = implementation_->begin("change an account");
  database.run("DELETE FROM review_accounts WHERE name = $1", {account.name});
  insert_account(database, account);
  append(database, stamp, kind, account.name, parsed(payload));
  transaction.commit();
}

void ReviewStore::logged_in(const std::string& name, const SessionRecord& s, const std::string& payload,
                            const Stamp& stamp) {
  check(stamp);
  io::Database& database = *implementation_->database;
  io::Transaction transaction = implementation_->begin("log somebody in");
  database.run(
      "INSERT INTO review_sessions (token_hash, account, csrf, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
      {s.token_hash, s.account, s.csrf, s.created_at, s.expires_at});
  database.run("UPDATE review_accounts SET last_login_at = $1 WHERE name = $2", {stamp.at, name});
  append(database, stamp, "account_logged_in", name, parsed(payload));
  transaction.commit();
}

std::optional<SessionRecord> ReviewStore::find_session(const std::string& token_hash) const {
  std::optional<SessionRecord> out;
  implementation_->each(
      "SELECT token_hash, account, csrf, created_at, expires_at FROM review_sessions WHERE token_hash = $1",
      {token_hash}, [&](const io::Row& row) { out = session_at(row); });
  return out;
}

void ReviewStore::end_session(const std::string& token_hash) {
  io::Transaction transaction = implementation_->begin("end a session");
  implementation_->database->run("DELETE FROM review_sessions WHERE token_hash = $1", {token_hash});
  transaction.commit();
}

void ReviewStore::end_sessions_of(const std::string& account, const std::string& but) {
  io::Transaction transaction = implementation_->begin("end sessions");
  implementation_->database->run("DELETE FROM review_sessions WHERE account = $1 AND token_hash <> $2", {account, but});
  transaction.commit();
}

void ReviewStore::forget_sessions_before(const std::string& utc) {
  io::Transaction transaction = implementation_->begin("forget old sessions");
  implementation_->database->run("DELETE FROM review_sessions WHERE expires_at < $1", {utc});
  transaction.commit();
}

void ReviewStore::add_photo(const Photo& photo, const std::string& case_id, const std::string& payload,
                            const Stamp& stamp) {
  check(stamp);
  io::Database& database = *implementation_->database;
  io::Transaction transaction = implementation_->begin("keep a photo");
  database.run(
      "INSERT INTO review_photos (fid, sha256, media_type, bytes) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (sha256) DO NOTHING",
      {next_fid(database, "review_photos"), photo.sha256, photo.media_type, io::Blob{photo.bytes}});
  database.run(
      "INSERT INTO review_case_photos (sha256, case_id) VALUES ($1, $2) ON CONFLICT (sha256, case_id) DO NOTHING",
      {photo.sha256, case_id});
  append(database, stamp, "photo_added", case_id, parsed(payload));
  transaction.commit();
}

std::optional<Photo> ReviewStore::find_photo(const std::string& sha256) const {
  std::optional<Photo> out;
  implementation_->each("SELECT sha256, media_type, bytes FROM review_photos WHERE sha256 = $1", {sha256},
                        [&](const io::Row& row) {
                          out = {row.text(0), row.text(1), row.blob(2).bytes};
                        });
  return out;
}

std::vector<std::string> ReviewStore::cases_of_photo(const std::string& sha256) const {
  std::vector<std::string> out;
  implementation_->each("SELECT case_id FROM review_case_photos WHERE sha256 = $1 ORDER BY case_id", {sha256},
                        [&](const io::Row& row) { out.push_back(row.text(0)); });
  return out;
}

std::vector<LedgerEvent> ReviewStore::newest_events(std::size_t offset, std::size_t limit) const {
  std::vector<LedgerEvent> out;
  implementation_->each(
      std::string("SELECT ") + event_columns + " FROM events ORDER BY sequence DESC LIMIT $1 OFFSET $2",
      {static_cast<std::int64_t>(limit), static_cast<std::int64_t>(offset)},
      [&](const io::Row& row) { out.push_back(event_of(row)); });
  return out;
}

std::vector<LedgerEvent> ReviewStore::events_of_kind(const std::string& kind) const {
  std::vector<LedgerEvent> out;
  implementation_->each(std::string("SELECT ") + event_columns + " FROM events WHERE kind = $1 ORDER BY sequence",
                        {kind}, [&](const io::Row& row) { out.push_back(event_of(row)); });
  return out;
}

std::vector<std::pair<std::string, std::int64_t>> ReviewStore::last_events() const {
  std::vector<std::pair<std::string, std::int64_t>> out;
  implementation_->each("SELECT subject, MAX(sequence) FROM events GROUP BY subject", {},
                        [&](const io::Row& row) { out.emplace_back(row.text(0), row.integer(1)); });
  return out;
}

std::vector<std::pair<std::string, std::string>> ReviewStore::latest_scans() const {
  std::vector<std::pair<std::string, std::string>> out;
  // In the order of their dates: who reads them keeps the last one of a case.
  implementation_->each("SELECT case_id, scan_id FROM sightings ORDER BY after_date, sighting_id", {},
                        [&](const io::Row& row) { out.emplace_back(row.text(0), row.text(1)); });
  return out;
}

}  // namespace plotwatch::ledger
