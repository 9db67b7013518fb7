// One attempt to send one message.
#pragma once

#include <string>

#include "core/utc_time.hpp"
#include "model/ledger.hpp"
#include "model/nightly.hpp"

namespace plotwatch::notify {

// Empty when the receiver took it, else the reason, without any secret. Every channel but the digest, which is a file
// and the caller's. `repeated`: an earlier attempt may have arrived; webhook and mail carry the same id again, a chat
// message says that it may be a repeat. Throws Error(config) for a secret that is not there.
std::string send(const OutboxMessage& message, bool repeated, const NotifyOptions& options, UtcTime now);

}  // namespace plotwatch::notify
