#include "core/date.hpp"

#include <charconv>

#include <fmt/format.h>

namespace plotwatch {
namespace {

template <class T>
bool parse_digits(std::string_view text, T& value) {
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
  return status == std::errc{} && end == text.data() + text.size();
}

}  // namespace

std::string Date::iso() const { return fmt::format("{:04}-{:02}-{:02}", year, month, day); }

std::chrono::sys_days Date::days() const {
  return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day};
}

Date Date::from_days(std::chrono::sys_days d) {
  const std::chrono::year_month_day ymd{d};
  return {static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day())};
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  if (text.size() > 10 && text[10] != 'T' && text[10] != ' ') return std::nullopt;
  Date date;
  if (!parse_digits(text.substr(0, 4), date.year) || !parse_digits(text.substr(5, 2), date.month) ||
      !parse_digits(text.substr(8, 2), date.day))
    return std::nullopt;
  const std::chrono::year_month_day ymd =
      std::chrono::year{date.year} / std::chrono::month{date.month} / std::chrono::day{date.day};
  if (!ymd.ok()) return std::nullopt;
  return date;
}

}  // namespace plotwatch
