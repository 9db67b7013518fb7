// The chain of events: each entry's hash covers the hash of the one before.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "io/database.hpp"
#include "model/ledger.hpp"

namespace plotwatch::ledger {

using Json = nlohmann::json;

// Sorted keys, no spaces, UTF-8; bytes that are not UTF-8 become U+FFFD. The shortest number that reads back the same.
std::string canonical(const Json& json);

// SHA-256 over the canonical text of all members but the hash.
std::string hash_of(const LedgerEvent& event);

struct Head {
  std::int64_t sequence = 0;
  std::string hash = {};  // empty before the first event
};
Head head(io::Database& database);

// Appends to the chain, in the caller's transaction; gives back the event.
LedgerEvent append(io::Database& database, const Stamp& stamp, const std::string& kind, const std::string& subject,
                   const Json& payload);

LedgerEvent event_of(const io::Row& row);  // of select_sql(table("events"))

// "2026-11-23T21:05:00Z" and an actor. Throws Error(usage) for anything else.
void check(const Stamp& stamp);

}  // namespace plotwatch::ledger
