#include "core/utc_time.hpp"

#include <charconv>

#include <fmt/format.h>

#include "core/date.hpp"

namespace plotwatch {

std::string utc_text(UtcTime time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::hh_mm_ss clock{time - day};
  return fmt::format("{}T{:02}:{:02}:{:02}Z", Date::from_days(day).iso(), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

std::optional<UtcTime> parse_utc_time(std::string_view text) {
  if (text.size() != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z')
    return std::nullopt;
  const auto date = parse_date(text.substr(0, 10));
  if (!date) return std::nullopt;
  const auto part = [&](std::size_t at, int limit) -> int {
    int value = -1;
    const auto [end, status] = std::from_chars(text.data() + at, text.data() + at + 2, value);
    return status == std::errc{} && end == text.data() + at + 2 && value >= 0 && value < limit ? value : -1;
  };
  const int hours = part(11, 24), minutes = part(14, 60), seconds = part(17, 60);
  if (hours < 0 || minutes < 0 || seconds < 0) return std::nullopt;
  return UtcTime(date->days()) + std::chrono::hours(hours) + std::chrono::minutes(minutes) +
         std::chrono::seconds(seconds);
}

UtcTime clock_now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

}  // namespace plotwatch
