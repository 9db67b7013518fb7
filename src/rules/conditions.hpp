// The conditions of a row, one by one. Private to rules.
#pragma once

#include <string>
#include <vector>

#include "rules/rules.hpp"

namespace plotwatch::rules {

// Every condition that the case does not fit, in words; none: the row fits. `first_only` stops at the first.
std::vector<std::string> unmet(const Rule& rule, const Case& facts, bool first_only);
std::vector<std::string> unmet(const PermitRule& row, const PermitCover& cover, const Case& facts);

}  // namespace plotwatch::rules
