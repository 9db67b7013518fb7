// Pure: what is known of a change -> severity, reason, deadline, basis. No rasters, no files.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "model/permit.hpp"
#include "model/rule.hpp"

namespace plotwatch::rules {

// A document whose footprint meets the candidate.
struct PermitCover {
  Permit permit;     // its geometry is not looked at
  double share = 0;  // of the candidate's area inside the footprint, [0, 1]
};

// What is known of a change. What is not known stays empty.
struct Case {
  std::string status;  // of the plot
  Transition transition;
  Date date;                                      // of the after scene
  std::optional<double> area_m2 = {};             // of the candidate
  std::map<std::string, double> distance_m = {};  // to the nearest object of each layer of surroundings
  std::optional<Date> due = {};                   // what was promised for the plot
  std::string plot_code = {};
  std::vector<PermitCover> permits = {};  // in the order of their layer
  std::optional<Stage> stage = {};        // what seems to have happened
};

// A document covers a candidate when this share of it lies in the footprint: outlines follow pixels.
inline constexpr double covered_share = 0.9;

// The first rule in the table's order whose conditions fit. When none fits: P3, rule id "no-rule", and a reason that
// says so. Then the first document that covers the candidate, is in force, allows the transition and has a row in the
// table lowers the severity and is named.
Verdict judge(const RuleTable& table, const Case& facts);
Verdict judge(const RuleTable& table, const std::string& status, Transition transition, const Date& date);

struct Step {
  std::string id;  // of the rule, or the name of the document
  bool fits = false;
  std::vector<std::string> why_not;  // every condition that fails
};
struct Explanation {
  Verdict verdict;
  std::vector<Step> rules;    // in the table's order, up to the one that decides
  std::vector<Step> permits;  // every document, up to the one that lowers
};
Explanation explain(const RuleTable& table, const Case& facts);
std::string to_text(const Explanation& explanation, const Case& facts);

// Rows that can never decide because earlier rows cover them, duplicate ids, from after to, empty reasons.
std::vector<std::string> problems(const RuleTable& table);

// Pairs of rows of different severity that fit the same case where neither is the narrower: only their order decides,
// and a reader of the table may not see it. Rows that an earlier row hides there do not count.
std::vector<std::string> conflicts(const RuleTable& table);

}  // namespace plotwatch::rules
