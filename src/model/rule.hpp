// Rules are data: (plot status x transition), valid between two dates -> severity, reason, legal basis.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "model/candidate.hpp"
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
};

struct RuleTable {
  std::string source;
  std::vector<Rule> rules;  // the first that matches decides
};

}  // namespace plotwatch
