// What the review page keeps in a ledger beside cases: who may do what, who is logged in, and photos. Their tables are
// no projections of the chain (a password's hash must be able to go away), but every action is an event of it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/ledger.hpp"
#include "model/ledger.hpp"

namespace plotwatch::ledger {

// Each may do what the ones before it may.
enum class Role { viewer, inspector, supervisor, administrator };

std::string_view code(Role role);  // "viewer"
std::optional<Role> parse_role(std::string_view code);

struct Account {
  std::string name;  // unique
  std::string display_name;
  Role role = Role::viewer;
  std::string unit;  // cases of this unit alone are shown; empty: of all. Inspectors have one
  bool disabled = false;
  std::string password_hash;              // Argon2id with its salt and cost; empty: logs in through a proxy alone
  std::string created_at, last_login_at;  // UTC; empty: never
};

struct SessionRecord {
  std::string token_hash;  // SHA-256 of what the browser holds: a copy of the ledger lets nobody in
  std::string account, csrf;
  std::string created_at, expires_at;  // UTC
};

struct Photo {
  std::string sha256, media_type, bytes;
};

// One object a thread, like Ledger. Errors as there.
class ReviewStore {
 public:
  // Throws Error(input) where there is no ledger, Error(mismatch) for one that Ledger::open has not brought up to date.
  static ReviewStore open(const std::string& where, Access access);
  ReviewStore(ReviewStore&&) noexcept;
  ReviewStore& operator=(ReviewStore&&) noexcept;
  ~ReviewStore();

  // Writes one event of the chain: `payload` is JSON of any layout. Returns its sequence.
  std::int64_t record(const std::string& kind, const std::string& subject, const std::string& payload,
                      const Stamp& stamp);

  std::vector<Account> accounts() const;  // by name
  std::optional<Account> find_account(const std::string& name) const;
  // With the event in the same transaction. add: false when there is one of that name.
  bool add_account(const Account& account, const std::string& kind, const Stamp& stamp);
  void change_account(const Account& account, const std::string& kind, const std::string& payload, const Stamp& stamp);
  void logged_in(const std::string& name, const SessionRecord& session, const std::string& payload, const Stamp& stamp);

  std::optional<SessionRecord> find_session(const std::string& token_hash) const;
  void end_session(const std::string& token_hash);
  void end_sessions_of(const std::string& account, const std::string& but_token_hash = "");
  void forget_sessions_before(const std::string& utc);

  // With the event "photo_added" of the case. The same bytes are kept once.
  void add_photo(const Photo& photo, const std::string& case_id, const std::string& payload, const Stamp& stamp);
  std::optional<Photo> find_photo(const std::string& sha256) const;
  std::vector<std::string> cases_of_photo(const std::string& sha256) const;

  // Events of the chain, newest first, for those who check who did what.
  std::vector<LedgerEvent> newest_events(std::size_t offset, std::size_t limit) const;
  std::vector<LedgerEvent> events_of_kind(const std::string& kind) const;  // oldest first
  // The last event of each subject: (subject, sequence).
  std::vector<std::pair<std::string, std::int64_t>> last_events() const;
  // The scan of each case's latest sighting: (case, scan).
  std::vector<std::pair<std::string, std::string>> latest_scans() const;

 private:
  struct Implementation;
  explicit ReviewStore(std::unique_ptr<Implementation> implementation);
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace plotwatch::ledger
