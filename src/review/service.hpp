// What all of the API shares: settings, the ledger, who calls.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "review/case_board.hpp"
#include "review/http/message.hpp"
#include "review/import_desk.hpp"
#include "review/ledgers.hpp"
#include "review/page_files.hpp"
#include "review/scan_views.hpp"
#include "review/throttle.hpp"

namespace plotwatch::review {

struct ReviewSettings {
  std::string ledger;                // path or URL
  std::string page;                  // folder of the built page; empty: none
  std::vector<std::string> proxies;  // addresses whose forwarded address and log-in are believed
  std::string login_header;          // in lower case; empty: nobody logs in through a proxy
  int budget = 0;                    // visits that can be made; 0: none set
  std::string language;              // "zh", "en"; empty: as the browser asks
  bool set_up_again = false;         // a set-up link although there are accounts
  // UTC "2026-11-23T21:05:00Z". Tests set it.
  std::function<std::string()> now;
};

struct Service {
  explicit Service(ReviewSettings s);

  ReviewSettings settings;
  Ledgers ledgers;
  BoardKeeper keeper;
  ScanViews views;
  Throttle throttle;
  ImportDesk imports;
  PageFiles page;

  std::string now() const { return settings.now(); }
  Date today() const;  // of now(), in China's time: the day that deadlines are counted in

  // The one-time secret of the set-up link; empty when none is open.
  std::string setup_token() const;
  void close_setup();

  // A secret against forged requests for accounts that a proxy logs in, kept while the server runs.
  std::string csrf_of_proxied(const std::string& name);

 private:
  mutable std::mutex mutex_;
  std::string setup_token_;
  std::map<std::string, std::string> csrf_of_proxied_;
};

struct Caller {
  ledger::Account account;
  std::string csrf;
  std::string token_hash;  // empty: logged in by a proxy
};

// A request that was let in.
struct Call {
  const Request& request;
  std::map<std::string, std::string> path;  // "{id}" of the route's pattern → what stands there
  std::optional<Caller> caller;             // empty on routes for anyone
  std::string address;                      // of the person's machine, as far as it is known
  bool secure = true;                       // cookies go over TLS alone

  const ledger::Account& account() const { return caller->account; }
  Stamp stamp(const Service& service) const { return {service.now(), account().name}; }
  // The unit whose cases are shown; empty: all.
  std::string unit() const;
  const std::string& at(const std::string& name) const { return path.at(name); }
};

std::string utc_after(const std::string& utc, std::chrono::seconds later);

}  // namespace plotwatch::review
