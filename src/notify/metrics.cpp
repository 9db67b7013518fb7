#include "notify/metrics.hpp"

#include <cmath>

#include <fmt/format.h>

namespace plotwatch::notify {
namespace {

std::string escaped(const std::string& text, bool quotes) {
  std::string out;
  for (const char c : text) {
    if (c == '\\')
      out += "\\\\";
    else if (c == '\n')
      out += "\\n";
    else if (c == '"' && quotes)
      out += "\\\"";
    else
      out += c;
  }
  return out;
}

std::string number(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  return value == std::floor(value) && std::fabs(value) < 1e15 ? fmt::format("{:.0f}", value)
                                                               : fmt::format("{}", value);
}

}  // namespace

std::string prometheus_text(const std::vector<Metric>& metrics) {
  std::string text;
  for (const Metric& m : metrics) {
    text += fmt::format("# HELP {} {}\n# TYPE {} {}\n", m.name, escaped(m.help, false), m.name,
                        m.counter ? "counter" : "gauge");
    for (const Sample& s : m.samples) {
      std::string labels;
      for (const auto& [name, value] : s.labels)
        labels += fmt::format("{}{}=\"{}\"", labels.empty() ? "" : ",", name, escaped(value, true));
      text += fmt::format("{}{} {}\n", m.name, labels.empty() ? "" : "{" + labels + "}", number(s.value));
    }
  }
  return text;
}

}  // namespace plotwatch::notify
