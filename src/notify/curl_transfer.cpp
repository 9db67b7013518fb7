#include "notify/curl_transfer.hpp"

#include <mutex>

#include "core/error.hpp"

namespace plotwatch::notify {
namespace {

constexpr std::size_t most_answer_bytes = 64 << 10;

std::size_t keep(char* data, std::size_t size, std::size_t count, void* answer) {
  auto& text = *static_cast<std::string*>(answer);
  if (text.size() < most_answer_bytes) text.append(data, std::min(size * count, most_answer_bytes - text.size()));
  return size * count;
}

void start_curl() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

}  // namespace

CurlTransfer::CurlTransfer(const std::string& url, const char* protocols, int timeout_seconds) {
  start_curl();
  handle_.reset(curl_easy_init());
  if (!handle_) throw Error(ExitCode::internal, "libcurl cannot start", "", "Check the installation of libcurl.");
  CURL* h = handle_.get();
  curl_easy_setopt(h, CURLOPT_URL, url.c_str());
  curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, protocols);
  curl_easy_setopt(h, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(h, CURLOPT_TIMEOUT, static_cast<long>(timeout_seconds));
  curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT, static_cast<long>(timeout_seconds));
  curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, keep);
  curl_easy_setopt(h, CURLOPT_WRITEDATA, &answer_);
  curl_easy_setopt(h, CURLOPT_USERAGENT, "plotwatch");
}

void CurlTransfer::add(CurlHandle::List& list, const std::string& text) const {
  list.reset(curl_slist_append(list.release(), text.c_str()));
}

std::string CurlTransfer::perform() {
  const CURLcode code = curl_easy_perform(handle_.get());
  return code == CURLE_OK ? "" : curl_easy_strerror(code);
}

long CurlTransfer::status() const {
  long status = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
  return status;
}

}  // namespace plotwatch::notify
