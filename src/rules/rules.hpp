// Pure: (plot status, transition, date) -> severity, reason, basis. No rasters.
#pragma once

#include <string>
#include <vector>

#include "core/date.hpp"
#include "model/rule.hpp"

namespace plotwatch::rules {

// The first rule in the table's order whose status, transition and dates fit. When none fits: P3, rule id
// "no-rule", and a reason that says so.
Verdict judge(const RuleTable& table, const std::string& status, Transition transition, const Date& date);

// Rows that can never decide because an earlier row covers them, duplicate ids, from after to, empty reasons.
std::vector<std::string> problems(const RuleTable& table);

}  // namespace plotwatch::rules
