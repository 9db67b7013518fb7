#include "report/number_format.hpp"

#include <array>
#include <cmath>

#include <fmt/format.h>

namespace plotwatch::report {
namespace {
const std::string unknown = "–";
}

double rounded(double value, int decimals) {
  static constexpr std::array<double, 11> powers{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10};
  const auto at = static_cast<std::size_t>(decimals);
  const double unit = decimals >= 0 && at < powers.size() ? powers[at] : std::pow(10.0, decimals);
  const double result = std::round(value * unit) / unit;
  return result == 0 ? 0.0 : result;
}

std::string fixed(double value, int decimals) {
  return std::isfinite(value) ? fmt::format("{:.{}f}", rounded(value, decimals), decimals) : unknown;
}

std::string grouped(double value) {
  if (!std::isfinite(value)) return unknown;
  const std::string digits = fixed(std::abs(value), 0);
  std::string text(std::round(value) < 0 ? "-" : "");
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

std::string percent(double share) {
  if (!std::isfinite(share)) return unknown;
  const double hundredths = share * 100;
  const bool whole = hundredths >= 9.95 || hundredths == 0;
  return fixed(hundredths, whole ? 0 : 1) + "%";
}

std::string iso(const std::optional<Date>& date) { return date ? date->iso() : unknown; }

}  // namespace plotwatch::report
