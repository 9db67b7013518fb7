#include <fmt/format.h>
#include <fmt/ranges.h>

#include "rules/rules.hpp"

namespace plotwatch::rules {
namespace {

std::string line_of(const Step& step) {
  if (step.fits) return fmt::format("  {:<34} fits\n", step.id);
  if (step.why_not.empty()) return fmt::format("  {:<34} no: the table has no row for it\n", step.id);
  return fmt::format("  {:<34} no: {}\n", step.id, fmt::join(step.why_not, "; "));
}

}  // namespace

std::string to_text(const Explanation& e, const Case& facts) {
  std::string out = fmt::format("{} on a plot with {} on {}", name(facts.transition),
                                facts.status.empty() ? "no status" : "status '" + facts.status + "'", facts.date.iso());
  if (facts.stage) out += fmt::format(", stage '{}'", name(*facts.stage));
  if (facts.area_m2) out += fmt::format(", {:.0f} m²", *facts.area_m2);
  for (const auto& [layer, metres] : facts.distance_m) out += fmt::format(", {:.0f} m from '{}'", metres, layer);
  if (facts.due) out += fmt::format(", promised for {}", facts.due->iso());
  out += "\n\nrows in order\n";
  for (const Step& step : e.rules) out += line_of(step);
  if (!e.permits.empty()) out += "documents\n";
  for (const Step& step : e.permits) out += line_of(step);
  const Verdict& v = e.verdict;
  out += fmt::format("\n{} by rule {}\n  {}\n  {}\n", name(v.severity), v.rule_id, v.reason, v.reason_zh);
  if (!v.basis.empty()) out += fmt::format("  basis: {}{}\n", v.basis, v.verified ? "" : " [not verified 未经核实]");
  if (v.deadline) out += fmt::format("  visit by: {}\n", v.deadline->iso());
  if (!v.unit.empty()) out += fmt::format("  who: {}\n", v.unit);
  if (!v.permit.empty()) out += fmt::format("  lowered by: {}\n", v.permit);
  return out;
}

}  // namespace plotwatch::rules
