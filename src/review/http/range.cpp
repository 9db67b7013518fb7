#include "review/http/range.hpp"

#include <algorithm>
#include <charconv>

namespace plotwatch::review {
namespace {

std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

RangeAnswer parse_range(std::string_view header, std::uint64_t size) {
  const RangeAnswer whole{RangeKind::whole, {0, size}};
  constexpr std::string_view unit = "bytes=";
  if (!header.starts_with(unit)) return whole;
  header.remove_prefix(unit.size());
  const auto dash = header.find('-');
  if (dash == std::string_view::npos || header.find(',') != std::string_view::npos) return whole;
  const std::string_view first_text = header.substr(0, dash), last_text = header.substr(dash + 1);
  const auto last = whole_number(last_text);
  if (!last_text.empty() && !last) return whole;
  if (first_text.empty()) {  // the last bytes
    if (!last) return whole;
    if (*last == 0 || size == 0) return {RangeKind::outside, {}};
    const std::uint64_t length = std::min(*last, size);
    return {RangeKind::part, {size - length, length}};
  }
  const auto first = whole_number(first_text);
  if (!first || (last && *last < *first)) return whole;
  if (*first >= size) return {RangeKind::outside, {}};
  const std::uint64_t end = last ? std::min(*last, size - 1) : size - 1;
  return {RangeKind::part, {*first, end - *first + 1}};
}

}  // namespace plotwatch::review
