#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "rules/reach.hpp"
#include "rules/rules.hpp"

namespace plotwatch::rules {
namespace {

void check_row(const Rule& rule, std::vector<std::string>& problems) {
  const auto add = [&](std::string_view what) { problems.push_back(fmt::format("rule '{}' {}", rule.id, what)); };
  if (rule.id.empty()) add("has no id");
  if (rule.reason.empty()) add("has no reason");
  if (rule.reason_zh.empty()) add("has no reason_zh");
  if (rule.verified && rule.basis.empty()) add("is verified and names no basis");
  if (rule.effective_from && rule.effective_to && *rule.effective_from > *rule.effective_to)
    add(fmt::format("is in force from {}, after it ends on {}", rule.effective_from->iso(), rule.effective_to->iso()));
  if (rule.min_area_m2 && rule.max_area_m2 && *rule.min_area_m2 >= *rule.max_area_m2)
    add(fmt::format("fits no area: min_area_m2 {} is not below max_area_m2 {}", *rule.min_area_m2, *rule.max_area_m2));
  if (rule.within_m && rule.beyond_m && *rule.beyond_m >= *rule.within_m)
    add(fmt::format("fits no distance: beyond_m {} is not below within_m {}", *rule.beyond_m, *rule.within_m));
}

}  // namespace

std::vector<std::string> problems(const RuleTable& table) {
  std::vector<std::string> problems;
  std::set<std::string> ids;
  const Reach reach(table);
  std::vector<ReachBox> earlier;
  for (const Rule& rule : table.rules) {
    const std::size_t before = problems.size();
    check_row(rule, problems);
    if (!rule.id.empty() && !ids.insert(rule.id).second)
      problems.push_back(fmt::format("two rules have the id '{}'", rule.id));
    const ReachBox box = reach.box(rule);
    std::vector<std::size_t> by;
    if (!empty(box) && covered(box, earlier, 0, by)) {
      std::set<std::string> names;
      for (const std::size_t i : by) names.insert(table.rules[i].id);
      problems.push_back(
          fmt::format("rule '{}' can never decide: earlier rows cover it ({})", rule.id, fmt::join(names, ", ")));
    } else if (empty(box) && problems.size() == before) {
      problems.push_back(fmt::format("rule '{}' can never decide: its conditions exclude each other", rule.id));
    }
    earlier.push_back(box);
  }
  return problems;
}

std::vector<std::string> conflicts(const RuleTable& table) {
  const Reach reach(table);
  std::vector<ReachBox> boxes;
  for (const Rule& rule : table.rules) boxes.push_back(reach.box(rule));
  std::vector<std::string> found;
  for (std::size_t b = 0; b < boxes.size(); ++b)
    for (std::size_t a = 0; a < b; ++a) {
      const Rule &first = table.rules[a], &second = table.rules[b];
      if (first.severity == second.severity || contains(boxes[a], boxes[b]) || contains(boxes[b], boxes[a])) continue;
      const ReachBox common = intersection(boxes[a], boxes[b]);
      std::vector<std::size_t> by;
      if (empty(common) || covered(common, {boxes.begin(), boxes.begin() + static_cast<std::ptrdiff_t>(a)}, 0, by))
        continue;
      found.push_back(fmt::format(
          "rules '{}' ({}) and '{}' ({}) both fit ({}), and neither is the narrower: '{}' "
          "decides because it stands first",
          first.id, name(first.severity), second.id, name(second.severity), reach.example(common), first.id));
    }
  return found;
}

}  // namespace plotwatch::rules
