// What to look at on site.
#pragma once

#include <string>
#include <vector>

#include "model/candidate.hpp"

namespace plotwatch::report {

struct CheckItem {
  std::string zh, en;
};

// Questions for the person on site: by what seems to have changed, by the plot's status, and those that are always
// asked.
std::vector<CheckItem> checklist(const Candidate& candidate);

}  // namespace plotwatch::report
