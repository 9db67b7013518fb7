#include <cmath>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "evaluate/history.hpp"

namespace plotwatch::evaluate {

namespace {

using nlohmann::ordered_json;

std::string share(double value) { return std::isfinite(value) ? fmt::format("{:.3f}", value) : std::string("-"); }
std::string count(const std::optional<int>& value) { return value ? fmt::format("{}", *value) : std::string("never"); }

std::string row(const SiteGroup& group, const FoundFigures& f, const char* tier) {
  const auto delay = [&f](const std::optional<int>& value) { return f.sites > 0 ? count(value) : std::string("-"); };
  return fmt::format("  {:<14}{:<12}{:>6}{:>10}{:>8}{:>8}{:>8}{:>8}{:>8}\n", group.name, tier, f.sites,
                     group.too_few_looks, share(f.recall), delay(f.median_looks), delay(f.p90_looks),
                     delay(f.median_days), delay(f.p90_days));
}

std::string case_row(const char* name, const CaseCounts& c) {
  return fmt::format("  {:<14}{:>8}{:>8}{:>9}{:>11}{:>26}\n", name, c.cases, c.right, c.in_vain, share(c.precision),
                     share(c.in_vain_per_100_plot_years));
}

ordered_json json_of(const std::optional<int>& value) { return value ? ordered_json(*value) : ordered_json(); }

ordered_json json_of(const FoundFigures& f) {
  return {{"sites", f.sites},
          {"recall", f.recall},
          {"median_looks", json_of(f.median_looks)},
          {"p90_looks", json_of(f.p90_looks)},
          {"median_days", json_of(f.median_days)},
          {"p90_days", json_of(f.p90_days)}};
}

ordered_json json_of(const CaseCounts& c) {
  return {{"cases", c.cases},
          {"right", c.right},
          {"in_vain", c.in_vain},
          {"precision", c.precision},
          {"in_vain_per_100_plot_years", c.in_vain_per_100_plot_years}};
}

}  // namespace

std::string to_text(const HistoryFigures& f) {
  std::string out = fmt::format("{} plots, {:.2f} years\n", f.plots, f.years);
  out += fmt::format("  {:<14}{:<12}{:>6}{:>10}{:>8}{:>8}{:>8}{:>8}{:>8}\n", "sites", "tier", "sites", "too few",
                     "recall", "median", "90 %", "median", "90 %");
  out += fmt::format("  {:<14}{:<12}{:>6}{:>10}{:>8}{:>8}{:>8}{:>8}{:>8}\n", "", "", "", "looks", "", "looks", "looks",
                     "days", "days");
  for (const SiteGroup& group : f.groups) {
    out += row(group, group.seen, "first seen");
    out += row(group, group.confirmed, "confirmed");
  }
  out += fmt::format("  {:<14}{:>8}{:>8}{:>9}{:>11}{:>26}\n", "cases", "all", "right", "in vain", "precision",
                     "in vain / 100 plots, year");
  out += case_row("first seen", f.seen) + case_row("confirmed", f.confirmed);
  if (!f.in_vain_on.empty()) {
    out += fmt::format("  {:<32}{:>8}{:>11}\n", "in vain on", "all", "confirmed");
    for (const auto& [ground, cases] : f.in_vain_on)
      out += fmt::format("  {:<32}{:>8}{:>11}\n", ground, cases.first, cases.second);
  }
  out += fmt::format("  confirmed in vain and given up later: {}\n", f.confirmed_in_vain_gone);
  return out;
}

std::string to_json(const HistoryFigures& f) {
  // A figure that is not defined (nothing to divide by, never reached) becomes null.
  ordered_json json{{"plots", f.plots}, {"years", f.years}};
  json["groups"] = ordered_json::array();
  for (const SiteGroup& group : f.groups)
    json["groups"].push_back({{"name", group.name},
                              {"sites", group.sites},
                              {"too_few_looks", group.too_few_looks},
                              {"first_seen", json_of(group.seen)},
                              {"confirmed", json_of(group.confirmed)}});
  json["first_seen"] = json_of(f.seen);
  json["confirmed"] = json_of(f.confirmed);
  json["confirmed_in_vain_gone"] = f.confirmed_in_vain_gone;
  json["in_vain_on"] = ordered_json::object();
  for (const auto& [ground, cases] : f.in_vain_on)
    json["in_vain_on"][ground] = {{"all", cases.first}, {"confirmed", cases.second}};
  return json.dump(2) + "\n";
}

}  // namespace plotwatch::evaluate
