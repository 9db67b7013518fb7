#include "ledger/chain.hpp"

#include <regex>

#include "core/error.hpp"
#include "core/hash.hpp"
#include "ledger/schema.hpp"

namespace plotwatch::ledger {

std::string canonical(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string hash_of(const LedgerEvent& e) {
  return sha256(canonical({{"sequence", e.sequence},
                           {"at", e.stamp.at},
                           {"actor", e.stamp.actor},
                           {"kind", e.kind},
                           {"subject", e.subject},
                           {"payload", e.payload},
                           {"previous_hash", e.previous_hash}}));
}

Head head(io::Database& database) {
  Head last;
  database.each("SELECT sequence, hash FROM events ORDER BY sequence DESC LIMIT 1", {}, [&](const io::Row& row) {
    last.sequence = row.integer(0);
    last.hash = row.text(1);
  });
  return last;
}

LedgerEvent append(io::Database& database, const Stamp& stamp, const std::string& kind, const std::string& subject,
                   const Json& payload) {
  const Head last = head(database);
  LedgerEvent e;
  e.sequence = last.sequence + 1;
  e.stamp = stamp;
  e.kind = kind;
  e.subject = subject;
  e.payload = canonical(payload);
  e.previous_hash = last.hash;
  e.hash = hash_of(e);
  database.run(insert_sql(table("events")),
               {e.sequence, e.stamp.at, e.stamp.actor, e.kind, e.subject, e.payload, e.previous_hash, e.hash});
  return e;
}

LedgerEvent event_of(const io::Row& row) {
  return {row.integer(0), {row.text(1), row.text(2)}, row.text(3), row.text(4), row.text(5), row.text(6), row.text(7)};
}

void check(const Stamp& stamp) {
  static const std::regex utc(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z)");
  if (!std::regex_match(stamp.at, utc) || !parse_date(stamp.at))
    throw Error(ExitCode::usage, "'" + stamp.at + "' is no time", "", "Give it in UTC, as 2026-11-23T21:05:00Z.");
  if (stamp.actor.empty())
    throw Error(ExitCode::usage, "nobody is named for this entry", "", "Say who does it (--as NAME).");
}

}  // namespace plotwatch::ledger
