#include "model/candidate.hpp"

#include <array>
#include <utility>

namespace plotwatch {
namespace {

constexpr std::array<std::string_view, 4> severities{"P0", "P1", "P2", "P3"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> causes{
    {{"", ""},
     {"outside the scenes", "影像范围之外"},
     {"no data in a scene", "影像无数据"},
     {"cloud", "云遮挡"},
     {"cloud shadow", "云影遮挡"},
     {"registration failed", "影像配准失败"},
     {"smaller than one pixel", "小于一个像元"}}};

}  // namespace

std::string_view name(Severity severity) { return severities[static_cast<std::size_t>(severity)]; }

std::optional<Severity> parse_severity(std::string_view text) {
  for (std::size_t i = 0; i < severities.size(); ++i)
    if (severities[i] == text) return Severity(i);
  return std::nullopt;
}

std::string_view name(PlotObservation::Cause cause) { return causes[static_cast<std::size_t>(cause)].first; }
std::string_view name_zh(PlotObservation::Cause cause) { return causes[static_cast<std::size_t>(cause)].second; }

}  // namespace plotwatch
