// The rows of the field table that only a night reads.
#pragma once

#include <vector>

#include "config/field_table.hpp"

namespace plotwatch::config {

void add_nightly(std::vector<FieldEntry>& table);

}  // namespace plotwatch::config
