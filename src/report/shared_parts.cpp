#include <algorithm>
#include <string>

#include "report/sections.hpp"
#include "report/seen_text.hpp"
#include "report/status_label.hpp"

namespace plotwatch::report {

Html severity_badge(Severity severity) { return html("<span class=\"badge {0}\">{0}</span>", name(severity)); }

Html seen_words(const Candidate& candidate) {
  std::string en = seen_en(candidate);
  if (const auto arrow = en.find("->"); arrow != std::string::npos) en.replace(arrow, 2, " → ");
  return both(seen_zh(candidate), en);
}

Html status_words(const std::string& code) {
  if (code.empty()) return html("–");
  const StatusLabel label = status_label(code);
  return both(label.zh, label.en);
}

}  // namespace plotwatch::report
