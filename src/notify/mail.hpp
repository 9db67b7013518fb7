// One mail through a relay.
#pragma once

#include <string>

#include "notify/mail_message.hpp"

namespace plotwatch::notify {

struct Relay {
  std::string url;  // "smtp://host:25", "smtps://host:465"
  std::string user, password;
  bool require_tls = true;
};

// Empty when the relay took the mail for every receiver, else why it did not.
std::string send_mail(const Relay& relay, const Mail& mail, UtcTime now, int timeout_seconds);

}  // namespace plotwatch::notify
