// How often a log-in may fail. By name at one address, by address, and by name from everywhere, so that neither many
// passwords for one name nor one password for many names can be tried, and nobody is locked out by a stranger easily.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>

namespace plotwatch::review {

class Throttle {
 public:
  using Time = std::chrono::steady_clock::time_point;
  struct Limits {
    int of_name_at_address = 5, of_address = 30, of_name = 50;  // failures within `window`
    std::chrono::seconds window{900};
  };
  Throttle() : Throttle(Limits{}) {}
  explicit Throttle(Limits limits) : limits_(limits) {}

  // Zero: it may be tried now. Otherwise after so many seconds.
  std::chrono::seconds wait(const std::string& name, const std::string& address, Time now);
  void failed(const std::string& name, const std::string& address, Time now);
  void succeeded(const std::string& name, const std::string& address);  // forgets this name at this address

 private:
  struct Count {
    int failures = 0;
    Time first;
  };
  std::chrono::seconds wait_of(const std::string& key, int limit, Time now);
  void count(const std::string& key, Time now);
  void forget_old(Time now);

  Limits limits_;
  std::mutex mutex_;
  std::map<std::string, Count> counts_;
};

}  // namespace plotwatch::review
