#include "model/ledger.hpp"

#include <array>

namespace plotwatch {
namespace {

struct Names {
  std::string_view code, en, zh;
};

constexpr std::array<Names, 4> tiers{{{"first_seen", "first seen", "首次发现"},
                                      {"confirmed", "confirmed", "多期确认"},
                                      {"established", "established", "持续存在"},
                                      {"gone", "gone", "已消失"}}};

constexpr std::array<Names, 8> judgements{{{"none", "not reviewed", "未核查"},
                                           {"suspected", "suspected construction", "疑似建设"},
                                           {"construction", "construction found on site", "现场发现建设"},
                                           {"permitted", "permitted", "有许可手续"},
                                           {"remediation", "remediation work", "修复施工"},
                                           {"farm_work", "farm work", "农业活动"},
                                           {"false_change", "false change", "实地伪变化"},
                                           {"unclear", "unclear", "无法判定"}}};

template <class Enum, std::size_t N>
std::optional<Enum> parse(const std::array<Names, N>& names, std::string_view code) {
  for (std::size_t i = 0; i < N; ++i)
    if (names[i].code == code) return Enum(i);
  return std::nullopt;
}

constexpr std::size_t at(auto value) { return static_cast<std::size_t>(value); }

}  // namespace

std::string_view name(Tier tier) { return tiers[at(tier)].en; }
std::string_view name_zh(Tier tier) { return tiers[at(tier)].zh; }
std::string_view code(Tier tier) { return tiers[at(tier)].code; }
std::string_view name(Judgement judgement) { return judgements[at(judgement)].en; }
std::string_view name_zh(Judgement judgement) { return judgements[at(judgement)].zh; }
std::string_view code(Judgement judgement) { return judgements[at(judgement)].code; }
std::optional<Tier> parse_tier(std::string_view code) { return parse<Tier>(tiers, code); }
std::optional<Judgement> parse_judgement(std::string_view code) { return parse<Judgement>(judgements, code); }

}  // namespace plotwatch
