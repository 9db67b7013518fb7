#include "review/advice.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "review/json.hpp"

namespace plotwatch::review {
namespace {

constexpr int least_judged = 5, least_below = 3;

bool is_false_alarm(Judgement j) { return j == Judgement::farm_work || j == Judgement::false_change; }
bool counts(Judgement j) { return j != Judgement::none && j != Judgement::unclear; }

std::string subject_of(const BoardCase& c, const std::string& by) {
  if (by == "rule") return c.record.rule.rule_id;
  if (by == "sensor") return c.sensor;
  return c.record.plot_code;
}

struct Group {
  std::vector<double> real, false_alarms;  // confidences
};

Advice advice_of(const std::string& by, const std::string& subject, const Group& group) {
  Advice out;
  out.id = by + ":" + subject;
  out.by = by;
  out.subject = subject;
  out.false_alarms = static_cast<int>(group.false_alarms.size());
  out.judged = out.false_alarms + static_cast<int>(group.real.size());
  out.rate = static_cast<double>(out.false_alarms) / out.judged;
  const double least_real = group.real.empty() ? 1.0 : *std::min_element(group.real.begin(), group.real.end());
  const double cut = std::floor(least_real * 100 + 1e-9) / 100;
  out.below_false = static_cast<int>(
      std::count_if(group.false_alarms.begin(), group.false_alarms.end(), [&](double c) { return c < cut; }));
  // Without a single real case there is nothing to say which confidence would be too high.
  if (!group.real.empty() && out.below_false >= least_below && out.below_false * 5 >= out.false_alarms)
    out.confidence = cut;
  return out;
}

}  // namespace

std::vector<Advice> advise(std::span<const std::shared_ptr<const BoardCase>> cases) {
  std::vector<Advice> out;
  for (const char* by : {"rule", "sensor", "plot"}) {
    std::map<std::string, Group> groups;
    for (const auto& c : cases) {
      const std::string subject = subject_of(*c, by);
      if (subject.empty() || !counts(c->record.judgement)) continue;
      Group& group = groups[subject];
      (is_false_alarm(c->record.judgement) ? group.false_alarms : group.real).push_back(c->record.confidence);
    }
    for (const auto& [subject, group] : groups)
      if (group.real.size() + group.false_alarms.size() >= least_judged) out.push_back(advice_of(by, subject, group));
  }
  std::stable_sort(out.begin(), out.end(), [](const Advice& a, const Advice& b) {
    return std::pair(!a.confidence, -a.rate) < std::pair(!b.confidence, -b.rate);
  });
  return out;
}

std::string proposal_of(const Advice& advice) {
  return advice.confidence ? fmt::format("{}@{:.2f}", advice.id, *advice.confidence) : advice.id;
}

AdviceAnswers advice_answers(const ledger::ReviewStore& store) {
  std::vector<LedgerEvent> events = store.events_of_kind("review_advice_accepted");
  for (LedgerEvent& e : store.events_of_kind("review_advice_declined")) events.push_back(std::move(e));
  std::sort(events.begin(), events.end(),
            [](const LedgerEvent& a, const LedgerEvent& b) { return a.sequence < b.sequence; });
  std::map<std::string, bool> last;
  std::map<std::pair<std::string, std::string>, double> accepted;
  for (const LedgerEvent& e : events) {
    const Json said = Json::parse(e.payload, nullptr, false);
    if (!said.is_object()) continue;
    const std::pair group(said.value("by", ""), said.value("subject", ""));
    const bool yes = e.kind == "review_advice_accepted";
    last[said.value("proposal", "")] = yes;
    if (yes)
      accepted[group] = said.value("confidence", 0.0);
    else
      accepted.erase(group);
  }
  AdviceAnswers out;
  out.last.assign(last.begin(), last.end());
  for (const auto& [group, confidence] : accepted) out.accepted.push_back({group.first, group.second, confidence});
  return out;
}

std::vector<ConfidenceThreshold> accepted_thresholds(const ledger::ReviewStore& store) {
  return advice_answers(store).accepted;
}

bool below_threshold(const BoardCase& c, std::span<const ConfidenceThreshold> thresholds) {
  return std::any_of(thresholds.begin(), thresholds.end(), [&](const ConfidenceThreshold& t) {
    return subject_of(c, t.by) == t.subject && c.record.confidence < t.confidence;
  });
}

}  // namespace plotwatch::review
