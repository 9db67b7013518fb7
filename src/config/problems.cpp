#include "config/problems.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "config/nearest.hpp"
#include "core/error.hpp"

namespace plotwatch::config {

void Problems::add(const std::string& where, const std::string& what, unsigned line) {
  entries_.emplace_back(line, where.empty() ? what : where + ": " + what);
}

void Problems::throw_if_any(const std::string& subject, const std::string& advice) const {
  if (entries_.empty()) return;
  auto sorted = entries_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string text = sorted.size() == 1 ? "one problem" : fmt::format("{} problems", sorted.size());
  for (const auto& [line, entry] : sorted) text += "\n  " + entry;
  throw Error(ExitCode::config, text, subject, advice);
}

std::string did_you_mean(const std::string& word, const std::vector<std::string>& known) {
  const std::optional<std::string> near = nearest(word, known);
  return near ? ", did you mean '" + *near + "'?" : "";
}

}  // namespace plotwatch::config
