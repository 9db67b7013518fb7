// One POST over HTTP.
#pragma once

#include <string>

#include "notify/webhook.hpp"

namespace plotwatch::notify {

struct HttpAnswer {
  int status = 0;             // 0: no answer
  std::string body, problem;  // problem: empty for a status of 200 to 299; never holds the address
};

// JSON in UTF-8. Proxies as libcurl takes them from the environment (https_proxy).
HttpAnswer http_post(const std::string& url, const std::string& body, const Headers& headers, int timeout_seconds);

}  // namespace plotwatch::notify
