#include "model/stage.hpp"

#include <array>
#include <utility>

namespace plotwatch {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 11> names{{{"unclear", "类型不明"},
                                                                               {"clearing", "清表或开挖"},
                                                                               {"earthwork", "动土、堆土或平整"},
                                                                               {"cover net", "绿色苫盖网"},
                                                                               {"building", "建筑或硬化地面"},
                                                                               {"road", "道路等线状工程"},
                                                                               {"demolition", "拆除"},
                                                                               {"filling", "填埋水面"},
                                                                               {"flooding", "新增水面"},
                                                                               {"regrowth", "植被恢复"},
                                                                               {"crop", "作物或季节变化"}}};

}  // namespace

std::string_view name(Stage stage) { return names[static_cast<std::size_t>(stage)].first; }
std::string_view name_zh(Stage stage) { return names[static_cast<std::size_t>(stage)].second; }

std::optional<Stage> parse_stage(std::string_view text) {
  for (const Stage stage : all_stages())
    if (name(stage) == text) return stage;
  return std::nullopt;
}

const std::vector<Stage>& all_stages() {
  static const std::vector<Stage> all = [] {
    std::vector<Stage> stages;
    for (std::size_t i = 0; i < names.size(); ++i) stages.push_back(static_cast<Stage>(i));
    return stages;
  }();
  return all;
}

}  // namespace plotwatch
