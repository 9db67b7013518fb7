#include "model/transition.hpp"

#include <array>
#include <string>
#include <utility>

namespace plotwatch {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> covers{
    {{"unknown", "未知"}, {"vegetation", "植被"}, {"bare", "裸地"}, {"built", "建筑或硬化"}, {"water", "水面"}}};

bool is_other(Transition t) { return t.before == t.after || t.before == Cover::unknown || t.after == Cover::unknown; }

struct Names {
  std::array<std::pair<std::string, std::string>, 25> of;  // by cover before, then after
  Names() {
    for (int b = 0; b < 5; ++b)
      for (int a = 0; a < 5; ++a) {
        const Transition t{Cover(b), Cover(a)};
        const auto ub = static_cast<std::size_t>(b), ua = static_cast<std::size_t>(a);
        of[5 * ub + ua] = is_other(t)
                              ? std::pair<std::string, std::string>{"other change", "其他变化"}
                              : std::pair{std::string(covers[ub].first) + "->" + std::string(covers[ua].first),
                                          std::string(covers[ub].second) + "→" + std::string(covers[ua].second)};
      }
  }
};

const std::pair<std::string, std::string>& names_of(Transition t) {
  static const Names names;
  return names.of.at(5 * static_cast<std::size_t>(t.before) + static_cast<std::size_t>(t.after));
}

}  // namespace

std::string_view name(Cover cover) { return covers[static_cast<std::size_t>(cover)].first; }
std::string_view name_zh(Cover cover) { return covers[static_cast<std::size_t>(cover)].second; }

std::optional<Transition> decode_transition(std::uint8_t code) {
  if (code < 1 || code > 25) return std::nullopt;
  return Transition{Cover((code - 1) / 5), Cover((code - 1) % 5)};
}

std::string_view name(Transition t) { return names_of(t).first; }
std::string_view name_zh(Transition t) { return names_of(t).second; }

std::optional<Transition> parse_transition(std::string_view text) {
  if (text == "other change") return Transition{};
  for (const Transition t : all_transitions())
    if (!is_other(t) && name(t) == text) return t;
  return std::nullopt;
}

std::vector<Transition> all_transitions() {
  std::vector<Transition> all;
  for (int b = 0; b < 5; ++b)
    for (int a = 0; a < 5; ++a) all.push_back({Cover(b), Cover(a)});
  return all;
}

}  // namespace plotwatch
