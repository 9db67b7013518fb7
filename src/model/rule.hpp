// Rules are data: plot status x transition (x size, distance, date) -> severity, reason, deadline, legal basis.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "core/working_days.hpp"
#include "model/candidate.hpp"
#include "model/stage.hpp"
#include "model/transition.hpp"

namespace plotwatch {

struct Rule {
  std::string id;                       // unique in the table
  std::vector<std::string> statuses;    // plot status codes; empty: any status
  std::vector<Transition> transitions;  // empty: any transition
  Severity severity = Severity::P3;
  std::string reason, reason_zh, basis;
  bool verified = false;
  std::optional<Date> effective_from, effective_to;  // inclusive, compared with the after scene's date
  // Further conditions; what is left out holds always. A fact that is not known fits no condition on it.
  std::optional<double> min_area_m2 = {}, max_area_m2 = {};  // of the candidate: min <= area < max
  std::string near = {};                                     // a layer of surroundings, for the next two
  std::optional<double> within_m = {}, beyond_m = {};        // distance to it: <= within, > beyond
  std::vector<int> months = {};                              // 1 to 12, of the after scene's date; empty: any
  std::optional<bool> due_passed = {};                       // the plot's promised day lies before that date, or not
  std::optional<int> deadline_days = {};                     // working days from that date to the visit
  std::string unit = {};                                     // who checks; empty: the plot's own unit
  std::string article = {};                                  // of the basis
  std::vector<Stage> stages = {};                            // of the change; empty: any
};

// What a document that covers the candidate does to the verdict.
struct PermitRule {
  std::string kind;                   // of the permit
  std::vector<std::string> statuses;  // of the plot; empty: any
  Severity severity = Severity::P3;   // the verdict falls to this, never rises
  std::string reason, reason_zh;      // added to the rule's; {} stands for the document's name
};

struct RuleTable {
  std::string source;
  std::vector<Rule> rules;               // the first that matches decides
  std::vector<PermitRule> permits = {};  // the first that matches a covering document lowers
  WorkCalendar calendar = {};
};

}  // namespace plotwatch
