#include <algorithm>
#include <string>

#include "report/sections.hpp"
#include "report/status_label.hpp"

namespace plotwatch::report {

Html severity_badge(Severity severity) { return html("<span class=\"badge {0}\">{0}</span>", name(severity)); }

Html transition_words(Transition transition) {
  std::string en(name(transition));
  if (const auto arrow = en.find("->"); arrow != std::string::npos) en.replace(arrow, 2, " → ");
  return both(name_zh(transition), en);
}

Html status_words(const std::string& code) {
  if (code.empty()) return html("–");
  const StatusLabel label = status_label(code);
  return both(label.zh, label.en);
}

}  // namespace plotwatch::report
