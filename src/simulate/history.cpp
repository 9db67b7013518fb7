#include "simulate/history.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <set>

#include "simulate/plot_sites.hpp"
#include "simulate/weather.hpp"

namespace plotwatch::simulate {

namespace {

constexpr double unregistered_event_share = 0.05;
constexpr double farmland_weight = 5;  // a district's register is mostly unused land and farmland

District bare_district(const SeasonOptions& o) {
  DistrictOptions d;
  d.seed = o.seed;
  d.width = o.width;
  d.height = o.height;
  d.pixel_size = o.pixel_size;
  d.plots = o.plots;
  d.before = o.from;
  const Frame frame(o.seed);
  const double reach = 60 + (8 * o.shift_px + 4) * o.pixel_size;
  const Rect extent = frame.around(-reach, -reach, o.width * o.pixel_size + reach, o.height * o.pixel_size + reach);
  District district{frame, Layout(o.seed, extent), {}, {}};
  district.plots = choose_plots(district.frame, district.layout, d, farmland_weight);
  return district;
}

Date last_day(const SeasonOptions& o) { return Date::from_days(o.from.days() + std::chrono::days{o.days - 1}); }

// A day of the history that gives before and after their share.
Date some_day(const SeasonOptions& o, Dice& dice) {
  return Date::from_days(o.from.days() + std::chrono::days{static_cast<int>(dice.between(0.1, 0.9) * o.days)});
}

std::optional<GroundEvent> draw_event(const Lot& lot, const SeasonOptions& o, Dice& dice) {
  GroundEvent event;
  const int year = some_day(o, dice).year;
  if (lot.use == Use::field && dice.chance(0.55)) {
    if (FieldCalendar::crop_of(lot, year + 1) == Crop::fallow) return std::nullopt;  // nobody would notice
    event.kind = EventKind::fallow_year;
    event.from = {year, 10, 7};
    event.to = {year + 1, 10, 6};
  } else if (lot.use == Use::field) {
    event.kind = EventKind::greenhouse_film;
    event.from = some_day(o, dice);
    event.to = last_day(o);
  } else if (lot.use == Use::vacant && lot.buildings == 0) {
    event.kind = EventKind::standing_water;
    event.from = {year, 7, 5 + static_cast<unsigned>(dice.below(25))};
    event.to = {year, 9, 10 + static_cast<unsigned>(dice.below(20))};
  } else {
    return std::nullopt;
  }
  if (event.from > last_day(o) || event.to < o.from) return std::nullopt;
  return event;
}

bool in_picture(const District& d, const Lot& lot, const SeasonOptions& o) {
  const Point p = d.frame.to_xy({(lot.rect.u0 + lot.rect.u1) / 2, (lot.rect.v0 + lot.rect.v1) / 2});
  return p.x >= 0 && p.y >= 0 && p.x < o.width * o.pixel_size && p.y < o.height * o.pixel_size;
}

std::vector<GroundEvent> plan_events(const District& d, const std::vector<Work>& works, const SeasonOptions& o) {
  std::vector<std::optional<int>> plot_of(d.layout.lots().size());
  std::set<int> busy;
  for (std::size_t i = 0; i < d.plots.size(); ++i)
    plot_of[static_cast<std::size_t>(d.plots[i].lot)] = static_cast<int>(i);
  for (const Work& work : works) busy.insert(d.plots[static_cast<std::size_t>(work.plot)].lot);
  std::vector<GroundEvent> events;
  for (std::size_t i = 0; i < d.layout.lots().size(); ++i) {
    const Lot& lot = d.layout.lots()[i];
    if (busy.count(static_cast<int>(i)) > 0 || !in_picture(d, lot, o)) continue;
    Dice dice(hash(lot.seed, 141));
    if (!dice.chance(plot_of[i] ? o.event_share : std::min(o.event_share, unregistered_event_share))) continue;
    if (auto event = draw_event(lot, o, dice)) {
      event->lot = static_cast<int>(i);
      event->plot = plot_of[i];
      events.push_back(*event);
    }
  }
  return events;
}

}  // namespace

std::string_view name(EventKind kind) {
  static constexpr std::array<std::string_view, 3> names{"field fallowed for a year", "greenhouse film put up",
                                                         "standing water in a wet summer"};
  return names[static_cast<std::size_t>(kind)];
}

History::History(const SeasonOptions& options)
    : options_(options),
      base_(bare_district(options)),
      works_(plan_works(base_, options)),
      events_(plan_events(base_, works_, options)) {}

District History::on(const Date& date) const {
  District d = base_;
  for (const GroundEvent& event : events_) {
    if (date < event.from || date > event.to) continue;
    Lot& lot = d.layout.lots()[static_cast<std::size_t>(event.lot)];
    if (event.kind == EventKind::greenhouse_film) lot.use = Use::greenhouse;
    if (event.kind == EventKind::standing_water) lot.use = Use::pond;
  }
  for (const Work& work : works_) {
    auto site = as_of(work, date);
    if (!site) continue;
    Lot& lot = d.layout.lots()[static_cast<std::size_t>(d.plots[static_cast<std::size_t>(work.plot)].lot)];
    if (site->building >= 0) d.layout.buildings(lot)[static_cast<std::size_t>(site->building)].demolished = true;
    lot.event = static_cast<int>(d.sites.size());
    d.sites.push_back(std::move(*site));
  }
  return d;
}

std::function<LotDay(const Lot&)> History::lot_days(const Date& date) const {
  std::set<std::uint64_t> fallow;  // by the lot's seed, which is its own
  for (const GroundEvent& event : events_)
    if (event.kind == EventKind::fallow_year && date >= event.from && date <= event.to)
      fallow.insert(base_.layout.lots()[static_cast<std::size_t>(event.lot)].seed);
  const FieldCalendar calendar(date, soil_wetness(options_.seed, date));
  return [calendar, fallow, day = day_of_year(date)](const Lot& lot) {
    LotDay out = calendar(lot);
    if (fallow.count(lot.seed) > 0) out.canopy = canopy(Crop::fallow, day, 0);
    return out;
  };
}

}  // namespace plotwatch::simulate
