// The conditions of a row, one by one. Private to rules.
#pragma once

#include <string>
#include <vector>

#include "rules/rules.hpp"

namespace plotwatch::rules {

// Every condition that the case does not fit, in words; none: the row fits.
std::vector<std::string> unmet(const Rule& rule, const Case& facts);
bool fits(const Rule& rule, const Case& facts);  // the same without words, which cost a hundred times as much
std::vector<std::string> unmet(const PermitRule& row, const PermitCover& cover, const Case& facts);

}  // namespace plotwatch::rules
