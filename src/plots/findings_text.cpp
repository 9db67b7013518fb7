#include "plots/findings_text.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace plotwatch::plots {
namespace {

using nlohmann::ordered_json;

// Bad UTF-8 becomes U+FFFD: a JSON text may hold nothing else.
std::string dump(const ordered_json& json) {
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

const char* name(PlotFinding::Severity severity) {
  return severity == PlotFinding::Severity::warning ? "warning" : "note";
}

const char* name(PlotChange::Kind kind) {
  switch (kind) {
    case PlotChange::Kind::added: return "added";
    case PlotChange::Kind::removed: return "removed";
    case PlotChange::Kind::changed: return "changed";
  }
  return "changed";
}

std::string shown(const std::string& status) { return status.empty() ? "–" : status; }

std::string line_of(const PlotChange& c) {
  std::string line = fmt::format("{:<8} {}", name(c.kind), c.code);
  if (!c.name.empty()) line += fmt::format(" ({})", c.name);
  if (c.kind != PlotChange::Kind::changed) {
    const std::string& status = c.kind == PlotChange::Kind::added ? c.status_after : c.status_before;
    return status.empty() ? line : line + ", status " + status;
  }
  std::vector<std::string> parts;
  if (c.boundary) parts.push_back(fmt::format("boundary +{:.1f} m² -{:.1f} m²", c.gained_m2, c.lost_m2));
  if (c.status) parts.push_back(fmt::format("status {} -> {}", shown(c.status_before), shown(c.status_after)));
  parts.insert(parts.end(), c.others.begin(), c.others.end());
  return line + fmt::format(": {}", fmt::join(parts, "; "));
}

}  // namespace

std::string to_text(const CheckResult& r) {
  const auto warnings = std::count_if(r.findings.begin(), r.findings.end(), [](const PlotFinding& f) {
    return f.severity == PlotFinding::Severity::warning;
  });
  std::string out = fmt::format("{}: {} plots, {}\n", r.source, r.plots, r.crs);
  for (const PlotFinding& f : r.findings) {
    out += fmt::format("{:<7} {:<8} ", name(f.severity), f.kind);
    if (f.row > 0) out += fmt::format("row {} ", f.row);
    if (!f.code.empty()) out += fmt::format("plot {} ", f.code);
    out += "\n        " + f.problem + "\n";
    if (!f.fix.empty()) out += "        -> " + f.fix + "\n";
  }
  return out + (r.findings.empty() ? std::string("no problems\n")
                                   : fmt::format("{} warnings, {} notes\n", warnings,
                                                 r.findings.size() - static_cast<std::size_t>(warnings)));
}

std::string to_json(const CheckResult& r) {
  ordered_json findings = ordered_json::array();
  for (const PlotFinding& f : r.findings)
    findings.push_back({{"severity", name(f.severity)},
                        {"kind", f.kind},
                        {"row", f.row},
                        {"plot", f.code},
                        {"problem", f.problem},
                        {"fix", f.fix}});
  return dump(
      {{"source", r.source}, {"crs", r.crs}, {"plots", r.plots}, {"passed", r.passed()}, {"findings", findings}});
}

std::string to_text(const RegisterDiff& d) {
  std::string out;
  for (const PlotChange& c : d.changes) out += line_of(c) + "\n";
  using Kind = PlotChange::Kind;
  return out + fmt::format("{} added, {} removed, {} changed ({} boundary, {} status), {} unchanged\n",
                           d.count(Kind::added), d.count(Kind::removed), d.count(Kind::changed), d.boundaries(),
                           d.statuses(), d.unchanged);
}

std::string to_json(const RegisterDiff& d) {
  ordered_json changes = ordered_json::array();
  for (const PlotChange& c : d.changes) {
    ordered_json one{{"kind", name(c.kind)}, {"plot", c.code}, {"name", c.name}};
    if (c.kind == PlotChange::Kind::changed) {
      one["boundary"] = c.boundary;
      if (c.boundary) one["gained_m2"] = c.gained_m2, one["lost_m2"] = c.lost_m2;
    }
    one["status_before"] = c.status_before;
    one["status_after"] = c.status_after;
    one["others"] = c.others;
    changes.push_back(std::move(one));
  }
  using Kind = PlotChange::Kind;
  return dump({{"added", d.count(Kind::added)},
               {"removed", d.count(Kind::removed)},
               {"changed", d.count(Kind::changed)},
               {"boundary", d.boundaries()},
               {"status", d.statuses()},
               {"unchanged", d.unchanged},
               {"changes", changes}});
}

}  // namespace plotwatch::plots
