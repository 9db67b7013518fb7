// The review page's server: what the API does, behind HTTP.
#pragma once

#include <memory>
#include <string>

#include "review/http/server.hpp"
#include "review/service.hpp"

namespace plotwatch::review {

struct ListenSettings {
  std::string address = "127.0.0.1";
  int port = 8080;  // 0: any that is free
  int workers = 8;  // requests that are worked on at one time
  ServerLimits limits = {};
};

class Review {
 public:
  // Opens the ledger and listens. Throws what Ledger::open throws; Error(config) for settings that do not fit together;
  // Error(output) where the port is taken.
  Review(ReviewSettings settings, const ListenSettings& listen);
  ~Review();

  int port() const;
  std::string setup_path() const;  // "/setup?token=…"; empty when no link is open
  void run();                      // until stop(), from any thread or a signal's handler thread
  void stop();

  // One request, without sockets.
  Response answer(const Request& request);

 private:
  std::unique_ptr<Service> service_;
  std::unique_ptr<Server> server_;
};

}  // namespace plotwatch::review
