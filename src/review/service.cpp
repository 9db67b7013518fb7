#include "review/service.hpp"

#include <chrono>

#include <fmt/chrono.h>

#include "review/password.hpp"

namespace plotwatch::review {
namespace {

using Seconds = std::chrono::sys_seconds;

std::string text_of(Seconds t) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(t)));
}

Seconds time_of(const std::string& utc) {
  const Date day = parse_date(utc).value_or(Date{});
  const auto two = [&](std::size_t at) { return utc.size() > at + 1 ? std::stoi(utc.substr(at, 2)) : 0; };
  return Seconds(day.days()) + std::chrono::hours(two(11)) + std::chrono::minutes(two(14)) +
         std::chrono::seconds(two(17));
}

ReviewSettings with_clock(ReviewSettings settings) {
  if (!settings.now)
    settings.now = [] {
      return text_of(std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now()));
    };
  return settings;
}

}  // namespace

std::string utc_after(const std::string& utc, std::chrono::seconds later) { return text_of(time_of(utc) + later); }

Service::Service(ReviewSettings s)
    : settings(with_clock(std::move(s))),
      ledgers(settings.ledger),
      keeper(ledgers, [this] { return today(); }),
      page(settings.page) {
  const bool nobody = ledgers.read([](const Books& books) { return books.store.accounts().empty(); });
  if (nobody || settings.set_up_again) setup_token_ = random_token();
}

Date Service::today() const {
  constexpr std::chrono::hours china{8};
  return *parse_date(utc_after(now(), china));
}

std::string Service::setup_token() const {
  const std::lock_guard lock(mutex_);
  return setup_token_;
}

void Service::close_setup() {
  const std::lock_guard lock(mutex_);
  setup_token_.clear();
}

std::string Service::csrf_of_proxied(const std::string& name) {
  const std::lock_guard lock(mutex_);
  std::string& csrf = csrf_of_proxied_[name];
  if (csrf.empty()) csrf = random_token();
  return csrf;
}

std::string Call::unit() const { return account().role <= ledger::Role::inspector ? account().unit : std::string(); }

}  // namespace plotwatch::review
