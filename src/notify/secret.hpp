// Secrets lie in the environment or in a file, never in the configuration, the ledger or the log.
#pragma once

#include <string>

namespace plotwatch::notify {

// "env:NAME" and "file:PATH" give what is there, without white space at its ends; any other text gives itself.
// Throws Error(config) when there is nothing; the message names the place and never shows the secret. A file that
// others may read is warned of.
std::string resolve_secret(const std::string& place, const std::string& field);

// "https://host" of an address, for messages: the rest of a chat robot's address is its secret.
std::string host_of(const std::string& url);

}  // namespace plotwatch::notify
