// Messages that wait to be sent. Not part of the chain: what was told to whom is no fact about plots, and the states of
// sending change all the time.
#include "core/error.hpp"
#include "ledger/records_json.hpp"
#include "ledger/store.hpp"

namespace plotwatch::ledger {

std::int64_t Ledger::told_through(const std::string& channel) const {
  std::int64_t through = 0;
  implementation_->database->each("SELECT through FROM told WHERE channel = $1", {channel},
                                  [&](const io::Row& row) { through = row.integer(0); });
  return through;
}

void Ledger::queue(const std::string& channel, std::int64_t through, std::span<const OutboxMessage> messages) {
  io::Database& database = *implementation_->database;
  io::Transaction transaction = io::Transaction::write(database, "queue messages", "ledger_info");
  for (const OutboxMessage& m : messages)
    database.run(insert_sql(table("outbox")) + " ON CONFLICT (message_id) DO NOTHING",
                 row_of(next_fid(database, "outbox"), m));
  database.run(
      "INSERT INTO told (channel, through) VALUES ($1, $2) ON CONFLICT (channel) DO UPDATE SET through = $2 "
      "WHERE told.through < $2",
      {channel, through});
  transaction.commit();
}

std::vector<OutboxMessage> Ledger::outbox(std::optional<OutboxMessage::State> state) const {
  std::vector<OutboxMessage> all;
  const auto take = [&](const io::Row& row) { all.push_back(message_row(row)); };
  io::Database& database = *implementation_->database;
  if (state)
    database.each(select_sql(table("outbox")) + " WHERE state = $1 ORDER BY fid", {std::string(code(*state))}, take);
  else
    database.each(select_sql(table("outbox")) + " ORDER BY fid", {}, take);
  return all;
}

void Ledger::update_message(const OutboxMessage& m) {
  io::Database& database = *implementation_->database;
  io::Transaction transaction = io::Transaction::write(database, "update a message", "ledger_info");
  bool known = false;
  database.each("SELECT 1 FROM outbox WHERE message_id = $1", {m.id}, [&](const io::Row&) { known = true; });
  if (!known) throw Error(ExitCode::usage, "there is no message " + m.id, database.where(), "Queue it first.");
  database.run(
      "UPDATE outbox SET state = $2, attempts = $3, next_attempt_at = $4, sent_at = $5, last_error = $6 "
      "WHERE message_id = $1",
      {m.id, std::string(code(m.state)), std::int64_t{m.attempts}, m.next_attempt_at, m.sent_at, m.last_error});
  transaction.commit();
}

}  // namespace plotwatch::ledger
