#include "review/throttle.hpp"

#include <algorithm>

namespace plotwatch::review {
namespace {

constexpr std::size_t most_counts = 20'000;

// Control characters, which no log-in name has, keep the three kinds of keys apart.
std::string key_of_both(const std::string& name, const std::string& address) { return "\1" + name + "\2" + address; }
std::string key_of_name(const std::string& name) { return "\3" + name; }
std::string key_of_address(const std::string& address) { return "\4" + address; }

}  // namespace

std::chrono::seconds Throttle::wait_of(const std::string& key, int limit, Time now) {
  const auto found = counts_.find(key);
  if (found == counts_.end() || found->second.failures < limit) return std::chrono::seconds(0);
  const auto left = std::chrono::ceil<std::chrono::seconds>(found->second.first + limits_.window - now);
  return std::max(left, std::chrono::seconds(0));
}

std::chrono::seconds Throttle::wait(const std::string& name, const std::string& address, Time now) {
  const std::lock_guard lock(mutex_);
  return std::max({wait_of(key_of_both(name, address), limits_.of_name_at_address, now),
                   wait_of(key_of_address(address), limits_.of_address, now),
                   wait_of(key_of_name(name), limits_.of_name, now)});
}

void Throttle::count(const std::string& key, Time now) {
  Count& count = counts_[key];
  if (count.failures == 0 || now - count.first >= limits_.window) count = {0, now};
  ++count.failures;
}

void Throttle::forget_old(Time now) {
  std::erase_if(counts_, [&](const auto& entry) { return now - entry.second.first >= limits_.window; });
  if (counts_.size() >= most_counts)  // a flood of made-up names: what counts addresses stays
    std::erase_if(counts_, [](const auto& entry) { return entry.first.front() != '\4'; });
}

void Throttle::failed(const std::string& name, const std::string& address, Time now) {
  const std::lock_guard lock(mutex_);
  if (counts_.size() >= most_counts) forget_old(now);
  count(key_of_both(name, address), now);
  count(key_of_address(address), now);
  count(key_of_name(name), now);
}

void Throttle::succeeded(const std::string& name, const std::string& address) {
  const std::lock_guard lock(mutex_);
  counts_.erase(key_of_both(name, address));
}

}  // namespace plotwatch::review
