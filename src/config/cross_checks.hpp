// What only shows when all options are known: ranges of a stage's options, fields that must be there, fields that
// contradict each other.
#pragma once

#include <string>
#include <vector>

#include "config/config.hpp"

namespace plotwatch::config {

struct Finding {
  std::string field;    // path of the field to change
  std::string problem;  // names the field
};

std::vector<Finding> cross_checks(const ScanOptions& options, Purpose purpose);

}  // namespace plotwatch::config
