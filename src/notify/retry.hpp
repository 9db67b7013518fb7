// When a message is tried again.
#pragma once

#include "core/utc_time.hpp"
#include "model/ledger.hpp"
#include "model/nightly.hpp"

namespace plotwatch::notify {

// What an attempt made of a message: sent, or pending until a later moment, or given up after max_attempts. Pauses
// double from first_pause_minutes up to a day. `problem` empty: it was sent.
OutboxMessage after_attempt(OutboxMessage message, const std::string& problem, const NotifyOptions& options,
                            UtcTime now);

// Pending and its moment has come. A message that was found in state "sending" is due at once: the process that sent
// it ended before it could say whether it arrived.
bool is_due(const OutboxMessage& message, UtcTime now);

}  // namespace plotwatch::notify
