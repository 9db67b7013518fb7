// What changed into what.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace plotwatch {

// Land cover that broad-band indices can tell apart.
enum class Cover : std::uint8_t { unknown = 0, vegetation = 1, bare = 2, built = 3, water = 4 };

std::string_view name(Cover cover);     // "vegetation"
std::string_view name_zh(Cover cover);  // "植被"

// A pixel of transition.tif: 0 no change, 255 not observable, else 1 + 5 * before + after.
struct Transition {
  Cover before = Cover::unknown;
  Cover after = Cover::unknown;
  auto operator<=>(const Transition&) const = default;
};

inline constexpr std::uint8_t transition_none = 0;
inline constexpr std::uint8_t transition_nodata = 255;

constexpr std::uint8_t encode(Transition t) {
  return static_cast<std::uint8_t>(1 + 5 * static_cast<int>(t.before) + static_cast<int>(t.after));
}
std::optional<Transition> decode_transition(std::uint8_t code);  // empty for 0, 255 and unused codes

std::string_view name(Transition t);     // "vegetation->bare"; equal or unknown covers: "other change"
std::string_view name_zh(Transition t);  // "植被→裸地"
std::optional<Transition> parse_transition(std::string_view name);
std::vector<Transition> all_transitions();

}  // namespace plotwatch
