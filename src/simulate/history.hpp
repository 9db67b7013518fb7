// The district through the years: what is built, dug, pulled down, and what else happens.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "core/date.hpp"
#include "simulate/calendar.hpp"
#include "simulate/construction.hpp"
#include "simulate/season.hpp"
#include "simulate/works.hpp"

namespace plotwatch::simulate {

// Something that changes the ground and is no construction.
enum class EventKind { fallow_year, greenhouse_film, standing_water };
std::string_view name(EventKind kind);  // "greenhouse film put up"

struct GroundEvent {
  EventKind kind = EventKind::fallow_year;
  int lot = 0;
  std::optional<int> plot;  // index into District::plots, where the lot is a registered plot
  Date from, to;            // inclusive
};

class History {
 public:
  explicit History(const SeasonOptions& options);

  const District& base() const { return base_; }  // before anything happened
  const std::vector<Work>& works() const { return works_; }
  const std::vector<GroundEvent>& events() const { return events_; }

  District on(const Date& date) const;  // with the sites of that day
  // What stands on lots that day; `district` as on(date) gave it.
  std::function<LotDay(const Lot&)> lot_days(const Date& date) const;

 private:
  SeasonOptions options_;
  District base_;
  std::vector<Work> works_;
  std::vector<GroundEvent> events_;
};

}  // namespace plotwatch::simulate
