// Private to notify: one transfer of libcurl, with what every transfer here must have.
#pragma once

#include <memory>
#include <string>

#include <curl/curl.h>

namespace plotwatch::notify {

struct CurlHandle {
  struct Free {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  };
  struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };
  using List = std::unique_ptr<curl_slist, FreeList>;
};

class CurlTransfer {
 public:
  // No redirects, certificates checked, the answer kept up to 64 KiB. Throws Error(internal) when libcurl cannot start.
  CurlTransfer(const std::string& url, const char* protocols, int timeout_seconds);

  CURL* handle() const { return handle_.get(); }
  void add(CurlHandle::List& list, const std::string& text) const;
  std::string perform();  // empty, or why it failed; the address is not in it
  const std::string& answer() const { return answer_; }
  long status() const;

 private:
  std::unique_ptr<CURL, CurlHandle::Free> handle_;
  std::string answer_;
};

}  // namespace plotwatch::notify
