#include "notify/mail.hpp"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "notify/curl_transfer.hpp"
#include "notify/secret.hpp"

namespace plotwatch::notify {
namespace {

struct Upload {
  std::string text;
  std::size_t done = 0;
};

std::size_t next_part(char* buffer, std::size_t size, std::size_t count, void* data) {
  auto& upload = *static_cast<Upload*>(data);
  const std::size_t bytes = std::min(size * count, upload.text.size() - upload.done);
  std::memcpy(buffer, upload.text.data() + upload.done, bytes);
  upload.done += bytes;
  return bytes;
}

}  // namespace

std::string send_mail(const Relay& relay, const Mail& mail, UtcTime now, int timeout_seconds) {
  CurlTransfer transfer(relay.url, "smtp,smtps", timeout_seconds);
  CURL* h = transfer.handle();
  CurlHandle::List receivers;
  for (const std::string& address : mail.to) transfer.add(receivers, "<" + address + ">");
  const std::string from = "<" + mail.from + ">";
  Upload upload{mail_message(mail, now)};
  curl_easy_setopt(h, CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(h, CURLOPT_MAIL_RCPT, receivers.get());
  curl_easy_setopt(h, CURLOPT_USE_SSL, static_cast<long>(relay.require_tls ? CURLUSESSL_ALL : CURLUSESSL_TRY));
  if (!relay.user.empty()) {
    curl_easy_setopt(h, CURLOPT_USERNAME, relay.user.c_str());
    curl_easy_setopt(h, CURLOPT_PASSWORD, relay.password.c_str());
  }
  curl_easy_setopt(h, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(h, CURLOPT_READFUNCTION, next_part);
  curl_easy_setopt(h, CURLOPT_READDATA, &upload);
  const std::string failure = transfer.perform();
  if (failure.empty()) return "";
  const long status = transfer.status();
  return fmt::format("{}: {}{}", host_of(relay.url), failure, status > 0 ? fmt::format(" (answer {})", status) : "");
}

}  // namespace plotwatch::notify
