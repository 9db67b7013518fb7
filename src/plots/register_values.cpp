#include "plots/register_values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace plotwatch::plots {
namespace {

constexpr std::string_view ideographic_space = "\u3000";

std::string_view trimmed(std::string_view text) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\0'; };
  for (bool more = true; more;) {
    more = false;
    if (!text.empty() && is_space(text.front())) text.remove_prefix(1), more = true;
    if (!text.empty() && is_space(text.back())) text.remove_suffix(1), more = true;
    if (text.starts_with(ideographic_space)) text.remove_prefix(ideographic_space.size()), more = true;
    if (text.ends_with(ideographic_space)) text.remove_suffix(ideographic_space.size()), more = true;
  }
  return text;
}

// Takes a number of up to `digits` digits off the front.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  const std::string_view head = text.substr(0, digits);
  int number = 0;
  const auto [end, error] = std::from_chars(head.data(), head.data() + head.size(), number);
  if (error != std::errc() || number < 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - head.data()));
  return number;
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

}  // namespace

std::string text_of(const io::FieldValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return std::string(trimmed(*text));
  if (const auto* whole = std::get_if<long long>(&value)) return fmt::format("{}", *whole);
  if (const auto* real = std::get_if<double>(&value)) {
    // Codes of up to 15 digits come as numbers from spreadsheets.
    if (std::abs(*real) < 1e15 && *real == std::floor(*real)) return fmt::format("{:.0f}", *real);
    return fmt::format("{}", *real);
  }
  return {};
}

std::optional<Date> date_of(std::string_view text) {
  text = trimmed(text);
  const std::optional<int> year = take_number(text, 4);
  if (!year) return std::nullopt;
  const bool compact = !text.empty() && text.front() >= '0' && text.front() <= '9';
  std::string_view separator;
  for (const std::string_view mark : {"-", "/", ".", "年"})
    if (!compact && take(text, mark)) separator = mark;
  if (!compact && separator.empty()) return std::nullopt;
  const std::optional<int> month = take_number(text, 2);
  if (!month) return std::nullopt;
  if (!compact && !take(text, separator == "年" ? "月" : separator)) return std::nullopt;
  const std::optional<int> day = take_number(text, 2);
  if (!day) return std::nullopt;
  if (separator == "年") take(text, "日");
  if (!text.empty() && text.front() != 'T' && text.front() != ' ') return std::nullopt;
  return parse_date(fmt::format("{:04}-{:02}-{:02}", *year, *month, *day));
}

std::string_view status_of_word(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 26> words{{{"名录内", "listed"},
                                                                                 {"名录内地块", "listed"},
                                                                                 {"建设用地名录内", "listed"},
                                                                                 {"调查中", "survey_pending"},
                                                                                 {"调查未完成", "survey_pending"},
                                                                                 {"用途变更", "use_change"},
                                                                                 {"拟变更用途", "use_change"},
                                                                                 {"暂不开发", "priority_idle"},
                                                                                 {"暂不开发利用", "priority_idle"},
                                                                                 {"优先监管", "priority_idle"},
                                                                                 {"拟收储", "acquisition"},
                                                                                 {"收储", "acquisition"},
                                                                                 {"分期修复", "staged"},
                                                                                 {"分阶段修复", "staged"},
                                                                                 {"后期管理", "aftercare"},
                                                                                 {"重点单位", "key_unit"},
                                                                                 {"重点监管单位", "key_unit"},
                                                                                 {"未利用地", "unused"},
                                                                                 {"严格管控", "strict_farmland"},
                                                                                 {"严格管控类", "strict_farmland"},
                                                                                 {"已移出", "cleared"},
                                                                                 {"移出名录", "cleared"},
                                                                                 {"重点耕地", "key_farmland"},
                                                                                 {"整治点位", "cleanup_site"},
                                                                                 {"复垦", "reclamation"},
                                                                                 {"复垦地块", "reclamation"}}};
  for (const auto& [chinese, code] : words)
    if (chinese == word) return code;
  return {};
}

bool is_known_status(std::string_view status) {
  constexpr std::array<std::string_view, 14> known{
      "listed",   "survey_pending", "use_change",      "priority_idle", "acquisition",  "staged",       "aftercare",
      "key_unit", "unused",         "strict_farmland", "cleared",       "key_farmland", "cleanup_site", "reclamation"};
  return std::find(known.begin(), known.end(), status) != known.end();
}

}  // namespace plotwatch::plots
