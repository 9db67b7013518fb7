#pragma once

#include <string>

namespace plotwatch::app {

// The rules table that comes with plotwatch: installed beside it, or in its source tree. Throws Error(config) when
// neither is there.
std::string default_rules();

}  // namespace plotwatch::app
