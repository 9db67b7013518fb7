// A calendar date (proleptic Gregorian), without time of day or zone.
#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace plotwatch {

struct Date {
  int year = 1970;
  unsigned month = 1;  // 1..12
  unsigned day = 1;    // 1..31

  auto operator<=>(const Date&) const = default;

  std::string iso() const;             // "2026-11-23"
  std::chrono::sys_days days() const;  // for arithmetic
  static Date from_days(std::chrono::sys_days d);
};

// "2026-11-23", or an ISO date-time whose first ten characters are such a date. Empty when it is no valid date.
std::optional<Date> parse_date(std::string_view text);

}  // namespace plotwatch
