#include "report/seen_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <system_error>

#include <fmt/format.h>

#include "report/number_format.hpp"

namespace plotwatch::report {
namespace {

constexpr std::array<Cover, 5> covers{Cover::unknown, Cover::vegetation, Cover::bare, Cover::built, Cover::water};

bool says_nothing(Transition t) { return name(t) == "other change"; }

// use(name, value) for each "name=value" between spaces.
template <class Use>
void each_pair(std::string_view text, Use use) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size()), equals = text.find('=');
    if (equals < end) {
      double value = 0;
      const std::string_view number = text.substr(equals + 1, end - equals - 1);
      if (std::from_chars(number.data(), number.data() + number.size(), value).ec == std::errc())
        use(text.substr(0, equals), value);
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

std::string seen_zh(const Candidate& c) {
  if (c.stage == Stage::unclear) return std::string(name_zh(c.transition));
  if (says_nothing(c.transition)) return std::string(name_zh(c.stage));
  return fmt::format("{}（{}）", name_zh(c.stage), name_zh(c.transition));
}

std::string seen_en(const Candidate& c) {
  if (c.stage == Stage::unclear) return std::string(name(c.transition));
  if (says_nothing(c.transition)) return std::string(name(c.stage));
  return fmt::format("{} ({})", name(c.stage), name(c.transition));
}

std::string spectrum_text(const GroundSeen& ground) {
  std::string text;
  for (const GroundSeen::Band& b : ground.bands)
    text += fmt::format("{}{}={:.5g}", text.empty() ? "" : " ", name(b.role), b.value);
  return text;
}

void read_spectrum(std::string_view text, GroundSeen& ground) {
  each_pair(text, [&](std::string_view word, double value) {
    if (const std::optional<BandRole> role = parse_band_role(word)) ground.bands.push_back({*role, value});
  });
}

std::string cover_text(const GroundSeen& ground) {
  std::string text;
  for (const Cover c : covers)
    if (ground.share(c) >= 0.005) text += fmt::format("{}{}={:.2f}", text.empty() ? "" : " ", name(c), ground.share(c));
  return text;
}

void read_cover(std::string_view text, GroundSeen& ground) {
  each_pair(text, [&](std::string_view word, double value) {
    for (const Cover c : covers)
      if (name(c) == word) ground.cover[static_cast<std::size_t>(c)] = value;
  });
}

std::string evidence_text(const Candidate& c) {
  std::string text;
  for (const GroundIndex i : all_ground_indices()) {
    const auto before = c.before.of(i), after = c.after.of(i);
    if (i != GroundIndex::contrast && before && after)
      text += fmt::format("{}{} {} → {}", text.empty() ? "" : "; ", name(i), fixed(*before, 2), fixed(*after, 2));
  }
  return text;
}

std::string_view index_zh(GroundIndex index) {
  switch (index) {
    case GroundIndex::ndvi: return "植被指数";
    case GroundIndex::ndbi: return "建筑指数";
    case GroundIndex::water: return "水体指数";
    case GroundIndex::greenness: return "绿度";
    case GroundIndex::brightness: return "亮度";
    case GroundIndex::contrast: return "亮度差异";
  }
  return "";
}

}  // namespace plotwatch::report
