#include "simulate/season_register.hpp"

#include <chrono>
#include <map>
#include <set>

#include <fmt/format.h>

#include "io/vector.hpp"
#include "simulate/outline.hpp"
#include "simulate/random.hpp"
#include "simulate/scene_format.hpp"
#include "simulate/truth.hpp"

namespace plotwatch::simulate {

namespace {

constexpr double change_share = 0.11;  // of plots, at a renewal
constexpr double late_share = 0.06;    // of plots without a site, that enter the register at some renewal

Date day_before(const Date& date) { return Date::from_days(date.days() - std::chrono::days{1}); }

// What may follow a status: survey, listing, remediation, after-care; from unused land to development.
const std::vector<std::string>& successors(const std::string& status) {
  static const std::map<std::string, std::vector<std::string>> table{
      {"survey_pending", {"listed", "cleared"}},
      {"listed", {"staged", "aftercare"}},
      {"staged", {"aftercare", "cleared"}},
      {"aftercare", {"cleared"}},
      {"priority_idle", {"survey_pending"}},
      {"key_unit", {"priority_idle"}},
      {"unused", {"acquisition"}},
      {"acquisition", {"use_change"}},
      {"use_change", {"cleared"}},
  };
  static const std::vector<std::string> none;
  const auto row = table.find(status);
  return row == table.end() ? none : row->second;
}

}  // namespace

std::vector<Date> renewal_days(const Date& from, const Date& to) {
  std::vector<Date> days;
  for (int year = from.year; year <= to.year; ++year)
    for (const Date& day : {day_before({year, 3, 1}), Date{year, 8, 31}})
      if (day >= from && day <= to) days.push_back(day);
  return days;
}

std::vector<PlotState> plan_register(const History& history, const SeasonOptions& o) {
  const Date last = Date::from_days(o.from.days() + std::chrono::days{o.days - 1});
  const std::vector<Date> renewals = renewal_days(Date::from_days(o.from.days() + std::chrono::days{1}), last);
  std::set<int> with_site;
  for (const Work& work : history.works()) with_site.insert(work.plot);
  std::vector<PlotState> states;
  const District& d = history.base();
  for (std::size_t i = 0; i < d.plots.size(); ++i) {
    const PlotSite& plot = d.plots[i];
    Dice dice(hash(d.layout.lots()[static_cast<std::size_t>(plot.lot)].seed, 151));
    PlotState state{static_cast<int>(i), plot.status, plot.status_from, plot.status_from, std::nullopt};
    const bool late = with_site.count(state.plot) == 0 && !renewals.empty() && dice.chance(late_share);
    if (late) {
      const Date day = renewals[static_cast<std::size_t>(dice.below(static_cast<int>(renewals.size())))];
      state.status_from = state.listed_from = day;
    }
    for (const Date& day : renewals) {
      const bool changes = dice.chance(change_share);
      const auto& next = successors(state.status);
      const int choice = next.empty() ? 0 : dice.below(static_cast<int>(next.size()));
      if (day <= state.listed_from || !changes || next.empty()) continue;
      state.listed_to = day_before(day);
      states.push_back(state);
      state.status = next[static_cast<std::size_t>(choice)];
      state.status_from = state.listed_from = day;
      state.listed_to.reset();
    }
    states.push_back(state);
  }
  return states;
}

void write_register(const std::filesystem::path& path, const History& history, const std::vector<PlotState>& states,
                    const Grid& grid) {
  const District& d = history.base();
  io::OutputLayer layer;
  layer.name = "plots";
  layer.description = "Simulated register of plots: a row for each state of each plot";
  layer.crs = grid.crs;
  layer.fields = {{"code", io::FieldType::text, "plot code"},
                  {"name", io::FieldType::text, "plot name"},
                  {"status", io::FieldType::text, "status code"},
                  {"unit", io::FieldType::text, "responsible unit"},
                  {"status_from", io::FieldType::text, "date since when the status holds"},
                  {"listed_from", io::FieldType::text, "first day of this row in the register"},
                  {"listed_to", io::FieldType::text, "last day of this row in the register; empty: still in it"}};
  for (const PlotState& state : states) {
    const PlotSite& plot = d.plots[static_cast<std::size_t>(state.plot)];
    io::Feature feature;
    feature.values = {plot.code,
                      plot.name,
                      state.status,
                      plot.unit,
                      state.status_from.iso(),
                      state.listed_from.iso(),
                      state.listed_to ? io::FieldValue(state.listed_to->iso()) : io::FieldValue()};
    feature.geometry = to_map(grid, on_ground(d.frame, plot.ring));
    layer.features.push_back(std::move(feature));
  }
  io::write_geopackage(path.string(), {layer});
}

void write_permits(const std::filesystem::path& path, const History& history, const Grid& grid) {
  const District& d = history.base();
  io::OutputLayer layer;
  layer.name = "permits";
  layer.description = "Simulated permits and remediation plans";
  layer.crs = grid.crs;
  layer.fields = {{"kind", io::FieldType::text, "permit or remediation_plan"},
                  {"name", io::FieldType::text, "number of the document"},
                  {"plot_code", io::FieldType::text, "plot it is for"},
                  {"from", io::FieldType::text, "first day"},
                  {"to", io::FieldType::text, "last day"},
                  {"allows", io::FieldType::text, "what it allows; empty: any work"}};
  for (const Work& work : history.works()) {
    if (!work.permitted) continue;
    const PlotSite& plot = d.plots[static_cast<std::size_t>(work.plot)];
    const bool remediation = work.kind == WorkKind::remediation;
    io::Feature feature;
    feature.values = {std::string(remediation ? "remediation_plan" : "permit"),
                      fmt::format("模拟许〔{}〕{}号", work.start().year, work.plot + 1),
                      plot.code,
                      Date::from_days(work.start().days() - std::chrono::days{20}).iso(),
                      Date::from_days(work.start().days() + std::chrono::days{1095}).iso(),
                      std::string()};
    feature.geometry = to_map(grid, on_ground(d.frame, plot.ring));  // documents are made out for whole plots
    layer.features.push_back(std::move(feature));
  }
  io::write_geopackage(path.string(), {layer});
}

}  // namespace plotwatch::simulate
