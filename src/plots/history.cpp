#include "plots/history.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "core/error.hpp"
#include "io/crs.hpp"
#include "io/files.hpp"
#include "plots/row_choice.hpp"

namespace plotwatch::plots {
namespace {

Date day_before(const Date& day) { return Date::from_days(day.days() - std::chrono::days{1}); }

// What the list says, and what it leaves out as it was.
Plot merged(const Plot& old, const Plot& renewed, const Date& day) {
  Plot p = renewed;
  const auto keep = [](auto& value, const auto& before) {
    if (value == std::decay_t<decltype(value)>{}) value = before;
  };
  keep(p.name, old.name), keep(p.unit, old.unit), keep(p.use, old.use);
  keep(p.land_class, old.land_class), keep(p.map_sheet, old.map_sheet);
  keep(p.district_code, old.district_code), keep(p.district_name, old.district_name);
  keep(p.stated_area_m2, old.stated_area_m2), keep(p.stated_lonlat, old.stated_lonlat), keep(p.due, old.due);
  const bool same_status = renewed.status.empty() || renewed.status == old.status;
  if (same_status) {
    p.status = old.status;
    keep(p.status_from, old.status_from), keep(p.status_to, old.status_to);
  } else if (!p.status_from) {
    p.status_from = day;
  }
  return p;
}

// The columns that either side has; each row's values follow.
void align_others(RegisterHistory& history, PlotRegister& list) {
  std::vector<std::string> all = history.other_fields;
  for (const std::string& f : list.other_fields)
    if (std::find(all.begin(), all.end(), f) == all.end()) all.push_back(f);
  const auto widen = [&](std::vector<Plot>& plots, const std::vector<std::string>& fields) {
    for (Plot& p : plots) {
      std::vector<std::string> values(all.size());
      for (std::size_t i = 0; i < fields.size() && i < p.other.size(); ++i)
        values[static_cast<std::size_t>(std::find(all.begin(), all.end(), fields[i]) - all.begin())] = p.other[i];
      p.other = std::move(values);
    }
  };
  widen(history.rows, history.other_fields);
  widen(list.plots, list.other_fields);
  history.other_fields = list.other_fields = all;
}

void check_day(const RegisterHistory& history, const Date& day) {
  if (history.renewals.empty() || history.renewals.back().day < day) return;
  const Renewal& last = history.renewals.back();
  if (day < last.day)
    throw Error(ExitCode::input,
                fmt::format("a list of {} cannot be taken in: the register was renewed on {} already", day.iso(),
                            last.day.iso()),
                last.source, "Take lists in by their dates, oldest first; begin a new register where one is missing.");
}

}  // namespace

PlotRegister as_of(const RegisterHistory& history, const Date& day) {
  PlotRegister plots;
  plots.crs = history.crs;
  plots.other_fields = history.other_fields;
  for (const Plot& p : history.rows)
    if (within(p.listed_from, p.listed_to, day)) plots.plots.push_back(p);
  return plots;
}

RegisterHistory renew(const RegisterHistory& history, const PlotRegister& incoming, const Date& day,
                      const std::string& sha256, const RenewOptions& options, RegisterDiff& changes) {
  check_day(history, day);
  RegisterHistory next = history;
  PlotRegister list = incoming;
  if (history.crs.empty()) next.crs = list.crs;
  const io::CoordinateTransform to_history(list.crs, next.crs);
  if (!to_history.identity())
    for (Plot& p : list.plots) p.geometry = to_history.apply(p.geometry);
  list.crs = next.crs;
  align_others(next, list);

  changes = diff(as_of(next, day), list, options.tolerance_m);
  if (options.partial)
    std::erase_if(changes.changes, [](const PlotChange& c) { return c.kind == PlotChange::Kind::removed; });
  if (!history.renewals.empty() && history.renewals.back().day == day) {
    if (changes.changes.empty()) return history;
    throw Error(ExitCode::input, fmt::format("the register was renewed on {} already, with other contents", day.iso()),
                history.renewals.back().source, "Give the day on which this list came into force.");
  }

  std::map<std::string, const Plot*> renewed;
  for (const Plot& p : list.plots) renewed[p.code] = &p;
  std::map<std::string, std::size_t> current;  // rows that are in the register on the day
  for (std::size_t i = 0; i < next.rows.size(); ++i)
    if (!next.rows[i].listed_to) current[next.rows[i].code] = i;
  Renewal record{day, incoming.source, sha256, 0, 0, 0, 0, 0, changes.unchanged};
  for (const PlotChange& c : changes.changes) {
    Plot row;
    if (c.kind != PlotChange::Kind::added) next.rows[current.at(c.code)].listed_to = day_before(day);
    if (c.kind == PlotChange::Kind::removed) {
      ++record.removed;
      continue;
    }
    row = c.kind == PlotChange::Kind::added ? *renewed.at(c.code)
                                            : merged(next.rows[current.at(c.code)], *renewed.at(c.code), day);
    row.listed_from = day;
    row.listed_to.reset();
    next.rows.push_back(std::move(row));
    record.added += c.kind == PlotChange::Kind::added;
    record.boundary += c.boundary;
    record.status += c.status;
    record.other += c.kind == PlotChange::Kind::changed && !c.boundary && !c.status;
  }
  std::stable_sort(next.rows.begin(), next.rows.end(), [](const Plot& a, const Plot& b) {
    return std::tie(a.code, a.listed_from) < std::tie(b.code, b.listed_from);
  });
  next.renewals.push_back(std::move(record));
  return next;
}

}  // namespace plotwatch::plots
