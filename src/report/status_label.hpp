// Plot status codes in words.
#pragma once

#include <string>
#include <string_view>

namespace plotwatch::report {

struct StatusLabel {
  std::string zh, en;
};

// Of the codes that the rules tables use; any other code, or none, is shown as it is.
StatusLabel status_label(std::string_view code);

}  // namespace plotwatch::report
