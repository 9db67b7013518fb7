#include "notify/http.hpp"

#include <fmt/format.h>

#include "notify/curl_transfer.hpp"
#include "notify/secret.hpp"

namespace plotwatch::notify {

HttpAnswer http_post(const std::string& url, const std::string& body, const Headers& headers, int timeout_seconds) {
  CurlTransfer transfer(url, "http,https", timeout_seconds);
  CurlHandle::List list;
  transfer.add(list, "Content-Type: application/json; charset=utf-8");
  transfer.add(list, "Expect:");  // some robots do not answer to "100-continue"
  for (const auto& [name, value] : headers) transfer.add(list, name + ": " + value);
  CURL* h = transfer.handle();
  curl_easy_setopt(h, CURLOPT_HTTPHEADER, list.get());
  curl_easy_setopt(h, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  curl_easy_setopt(h, CURLOPT_POSTFIELDS, body.data());
  HttpAnswer answer;
  const std::string failure = transfer.perform();
  answer.status = static_cast<int>(transfer.status());
  answer.body = transfer.answer();
  if (!failure.empty())
    answer.problem = fmt::format("{}: {}", host_of(url), failure);
  else if (answer.status < 200 || answer.status > 299)
    answer.problem = fmt::format("{} answered {}", host_of(url), answer.status);
  return answer;
}

}  // namespace plotwatch::notify
