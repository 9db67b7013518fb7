// The signed webhook, after the Standard Webhooks specification 1.0 (standardwebhooks.com): any of its libraries can
// check what plotwatch sends.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/utc_time.hpp"

namespace plotwatch::notify {

using Headers = std::vector<std::pair<std::string, std::string>>;

// webhook-id, webhook-timestamp (seconds since 1970) and webhook-signature: "v1," and the base64 of
// HMAC-SHA256(key, id + "." + timestamp + "." + body). A secret that begins with "whsec_" is base64 of the key; any
// other text is the key. The id is the message's own: a message that is sent again has it again.
Headers webhook_headers(const std::string& id, const std::string& body, const std::string& secret, UtcTime now);

}  // namespace plotwatch::notify
