#include "notify/webhook.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/hmac.hpp"

namespace plotwatch::notify {
namespace {

std::string key_of(const std::string& secret) {
  constexpr std::string_view prefix = "whsec_";
  if (secret.rfind(prefix, 0) != 0) return secret;
  const auto key = decode_base64(std::string_view(secret).substr(prefix.size()));
  if (!key)
    throw Error(ExitCode::config, "the webhook's secret begins with whsec_ and is no base64", "notify.webhook.secret",
                "Copy it whole, or leave the prefix away for a key in plain text.");
  return *key;
}

}  // namespace

Headers webhook_headers(const std::string& id, const std::string& body, const std::string& secret, UtcTime now) {
  const std::string timestamp = fmt::format("{}", now.time_since_epoch().count());
  const std::string signature = hmac_sha256(key_of(secret), id + "." + timestamp + "." + body);
  return {{"webhook-id", id}, {"webhook-timestamp", timestamp}, {"webhook-signature", "v1," + base64(signature)}};
}

}  // namespace plotwatch::notify
