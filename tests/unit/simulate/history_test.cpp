// Works and their stages, and other events, day by day.
#include "simulate/history.hpp"

#include <chrono>
#include <set>

#include <gtest/gtest.h>

#include "simulate/outline.hpp"
#include "simulate/season_register.hpp"

namespace plotwatch::simulate {
namespace {

SeasonOptions busy() {
  SeasonOptions o;
  o.seed = 3;
  o.width = o.height = 300;
  o.plots = 50;
  o.site_share = 0.6;
  o.event_share = 1;
  return o;
}

Date days_after(const Date& date, int days) { return Date::from_days(date.days() + std::chrono::days{days}); }

TEST(Work, GrowsStageByStage) {
  Work work;
  work.plot = 4;
  work.growth_days = 7;
  const auto square = [](double side, Material material) {
    return Part{ring_of({0, 0, side, side}), {0, 0, side, side}, material, 0};
  };
  work.stages = {{Step::clearing, {2025, 3, 1}, {square(100, Material::dry_soil)}},
                 {Step::foundation, {2025, 4, 1}, {square(50, Material::fresh_concrete)}}};
  EXPECT_FALSE(as_of(work, {2025, 2, 28}));
  const auto area = [&](const Date& date) { return ring_area(as_of(work, date)->parts.front().ring); };
  EXPECT_NEAR(area({2025, 3, 1}), 3000, 1e-6);         // 0.3 of it
  EXPECT_NEAR(area({2025, 3, 2}), 3000 + 1000, 1e-6);  // + 0.7 / 7 a day
  EXPECT_NEAR(area({2025, 3, 8}), 10000, 1e-6);
  EXPECT_EQ(as_of(work, {2025, 3, 31})->parts.size(), 1U);
  const auto later = as_of(work, {2025, 4, 20});
  ASSERT_EQ(later->parts.size(), 2U);
  EXPECT_EQ(later->parts[1].material, Material::fresh_concrete);
  EXPECT_EQ(later->plot, 4);
}

TEST(History, StartsWorksOnPlotsInsideTheTimeGiven) {
  const SeasonOptions o = busy();
  const History history(o);
  ASSERT_EQ(history.works().size(), 30U);
  std::set<int> plots;
  int visible = 0;
  for (const Work& work : history.works()) {
    EXPECT_TRUE(plots.insert(work.plot).second) << "two works on plot " << work.plot;
    EXPECT_GE(work.start(), days_after(o.from, 72));
    EXPECT_LE(work.start(), days_after(o.from, 686));
    for (std::size_t i = 1; i < work.stages.size(); ++i) EXPECT_LT(work.stages[i - 1].from, work.stages[i].from);
    EXPECT_GT(work.area_m2, 300);
    visible += work.contrast >= 0.03 ? 1 : 0;
    // Nothing reaches beyond the plot by more than a demolished building's surroundings.
    const PlotSite& plot = history.base().plots[static_cast<std::size_t>(work.plot)];
    const Rect room = bounds_of(plot.ring).inset(-0.01);
    for (const WorkStage& stage : work.stages)
      for (const Part& part : stage.parts)
        for (const Point& p : part.ring) EXPECT_TRUE(room.contains(p.x, p.y));
  }
  EXPECT_GE(visible, 28);
}

TEST(History, HasAllKindsOfWorkAndEvents) {
  std::set<WorkKind> works;
  std::set<EventKind> events;
  for (std::uint64_t seed = 1; seed < 7; ++seed) {
    SeasonOptions o = busy();
    o.seed = seed;
    const History history(o);
    for (const Work& work : history.works()) works.insert(work.kind);
    for (const GroundEvent& event : history.events()) events.insert(event.kind);
  }
  EXPECT_EQ(works.size(), 6U);
  EXPECT_EQ(events.size(), 3U);
}

TEST(History, ShowsOfADayWhatWasBegunByThen) {
  const SeasonOptions o = busy();
  const History history(o);
  EXPECT_TRUE(history.on(o.from).sites.empty());
  EXPECT_EQ(history.on(days_after(o.from, 729)).sites.size(), history.works().size());
  for (const Work& work : history.works()) {
    const auto built = [&](const Date& date) {
      const District d = history.on(date);
      const Lot& lot = d.layout.lots()[static_cast<std::size_t>(d.plots[static_cast<std::size_t>(work.plot)].lot)];
      if (work.building >= 0) {
        EXPECT_EQ(d.layout.buildings(lot)[static_cast<std::size_t>(work.building)].demolished, lot.event >= 0);
      }
      return lot.event >= 0;
    };
    EXPECT_FALSE(built(days_after(work.start(), -1)));
    EXPECT_TRUE(built(work.start()));
  }
}

TEST(History, ChangesGroundForAnEventAndBack) {
  const History history(busy());
  int seen = 0;
  for (const GroundEvent& event : history.events()) {
    const auto use = [&](const Date& date) {
      return history.on(date).layout.lots()[static_cast<std::size_t>(event.lot)].use;
    };
    const Lot& lot = history.base().layout.lots()[static_cast<std::size_t>(event.lot)];
    if (event.kind == EventKind::standing_water) {
      ++seen;
      EXPECT_EQ(use(event.from), Use::pond);
      EXPECT_EQ(use(days_after(event.to, 1)), Use::vacant);
    } else if (event.kind == EventKind::greenhouse_film) {
      ++seen;
      EXPECT_EQ(use(days_after(event.from, -1)), Use::field);
      EXPECT_EQ(use(event.from), Use::greenhouse);
    } else {
      ++seen;
      EXPECT_LT(history.lot_days({event.to.year, 8, 1})(lot).canopy.green, 0.35F);
    }
  }
  EXPECT_GT(seen, 5);
}

TEST(Register, RenewsStatusesOnRenewalDaysWithoutGaps) {
  const SeasonOptions o = busy();
  const History history(o);
  const std::vector<PlotState> states = plan_register(history, o);
  const std::vector<Date> renewals = renewal_days(o.from, {2025, 12, 31});
  std::set<int> plots;
  int changes = 0;
  for (std::size_t i = 0; i < states.size(); ++i) {
    plots.insert(states[i].plot);
    if (i == 0 || states[i - 1].plot != states[i].plot) continue;
    ++changes;
    ASSERT_TRUE(states[i - 1].listed_to);
    EXPECT_EQ(days_after(*states[i - 1].listed_to, 1), states[i].listed_from);
    EXPECT_NE(states[i - 1].status, states[i].status);
    EXPECT_EQ(std::count(renewals.begin(), renewals.end(), states[i].listed_from), 1);
    EXPECT_EQ(states[i].status_from, states[i].listed_from);
  }
  EXPECT_EQ(plots.size(), 50U);
  EXPECT_GT(changes, 5);  // 50 plots, 4 renewals, 0.11 each, less those whose status is the last
  EXPECT_LT(changes, 40);
  EXPECT_FALSE(states.back().listed_to);
}

}  // namespace
}  // namespace plotwatch::simulate
