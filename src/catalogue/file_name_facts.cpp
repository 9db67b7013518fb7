#include "catalogue/file_name_facts.hpp"

#include <chrono>
#include <regex>

#include <fmt/format.h>

namespace plotwatch::catalogue {
namespace {

bool believable(const Date& date) { return date.year >= 1972 && date.year <= 2099; }

std::optional<Date> landsat_identifier_date(const std::string& name) {
  static const std::regex pattern(R"((?:^|[^A-Za-z])L[CEMOT]\d{7}(\d{4})(\d{3})[A-Z]{3}\d\d)");
  std::smatch match;
  if (!std::regex_search(name, match, pattern)) return std::nullopt;
  const int day = std::stoi(match[2].str());
  if (day < 1 || day > 366) return std::nullopt;
  const auto first = std::chrono::sys_days(std::chrono::year{std::stoi(match[1].str())} / std::chrono::January / 1);
  return Date::from_days(first + std::chrono::days{day - 1});
}

}  // namespace

std::optional<Date> date_in_name(std::string_view text) {
  const std::string name(text);
  static const std::regex pattern(R"((\d{4})([-_]?)(\d\d)\2(\d\d))");
  for (std::sregex_iterator it(name.begin(), name.end(), pattern), end; it != end; ++it) {
    const auto at = static_cast<std::size_t>(it->position()), past = at + static_cast<std::size_t>(it->length());
    const auto digit = [&](std::size_t i) { return i < name.size() && name[i] >= '0' && name[i] <= '9'; };
    if ((at > 0 && digit(at - 1)) || digit(past)) continue;
    const auto date = parse_date(fmt::format("{}-{}-{}", (*it)[1].str(), (*it)[3].str(), (*it)[4].str()));
    if (date && believable(*date)) return date;
  }
  return landsat_identifier_date(name);
}

std::string sensor_in_name(std::string_view text) {
  const std::string name(text);
  std::smatch match;
  static const std::regex sentinel2(R"((?:^|[^A-Za-z0-9])S2([ABCD])(?:[^A-Za-z0-9]|$))");
  if (std::regex_search(name, match, sentinel2)) return fmt::format("Sentinel-2{} MSI", match[1].str());
  static const std::regex landsat(R"((?:^|[^A-Za-z0-9])L([CEOT])(0?)([4-9])(?:_|\d{13}))");
  if (std::regex_search(name, match, landsat)) {
    const std::string number = match[3].str();
    if (number == "8" || number == "9") return fmt::format("Landsat {} OLI/TIRS", number);
    return fmt::format("Landsat {} {}", number, number == "7" ? "ETM+" : "TM");
  }
  return "";
}

std::optional<int> landsat_number(std::string_view sensor) {
  constexpr std::string_view prefix = "Landsat ";
  if (sensor.substr(0, prefix.size()) != prefix || sensor.size() <= prefix.size()) return std::nullopt;
  const char digit = sensor[prefix.size()];
  return digit >= '1' && digit <= '9' ? std::optional<int>(digit - '0') : std::nullopt;
}

bool is_sentinel2(std::string_view sensor) { return sensor.substr(0, 10) == "Sentinel-2"; }

}  // namespace plotwatch::catalogue
