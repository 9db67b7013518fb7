// The pure part: from what was recorded of one plot to its cases. Literal histories.
#include "ledger/history.hpp"

#include <gmock/gmock.h>

#include "ledger/match.hpp"
#include "unit/ledger/office.hpp"

namespace plotwatch::ledger {
namespace {

using test::candidate;
using test::day;
using test::on_plot;
using testing::ElementsAre;

class Plot0 {
 public:
  Plot0() { history_.plot_code = "DX-000"; }

  Plot0& view(const char* before, const char* after, double clear = 1) {
    history_.views.push_back({std::string("scan-") + after, day(before), day(after), clear, {}});
    return *this;
  }
  Plot0& seen(const char* before, const char* after, const MultiPolygon& geometry, Severity severity = Severity::P1) {
    const std::string scan = std::string("scan-") + after;
    if (history_.views.empty() || history_.views.back().scan_id != scan) view(before, after);
    RecordedSighting s{scan + "/" + std::to_string(history_.sightings.size()),
                       scan,
                       day(before),
                       day(after),
                       candidate(0, "c", geometry, severity),
                       10};
    history_.sightings.push_back(s);
    return *this;
  }
  // Of the case that holds the sighting.
  Plot0& said(std::size_t sighting, Said::Kind kind, const char* through, Judgement judgement = Judgement::none) {
    const std::string id = "case-" + std::to_string(sighting);
    history_.names.push_back({id, history_.sightings[sighting].id});
    Said s;
    s.sequence = static_cast<std::int64_t>(history_.said.size()) + 1;
    s.stamp = test::at(through, "王");
    s.kind = kind;
    s.case_id = id;
    s.judgement = judgement;
    s.text = "reason";
    s.through = day(through);
    history_.said.push_back(s);
    return *this;
  }
  std::vector<CaseHistory> cases() const { return case_histories(history_, policy, calendar); }
  CaseHistory only() const {
    std::vector<CaseHistory> all = cases();
    EXPECT_EQ(all.size(), 1u);
    return all.empty() ? CaseHistory{} : all.front();
  }

  CasePolicy policy;
  WorkCalendar calendar;
  PlotHistory history_;
};

const MultiPolygon site = on_plot(0, 50, 50, 40);

TEST(History, TiersCountDates) {
  Plot0 plot;
  plot.seen("2026-01-01", "2026-03-15", site);
  EXPECT_EQ(plot.only().record.tier, Tier::first_seen);
  EXPECT_EQ(plot.only().record.id, "DX-000-20260315-1");
  EXPECT_FALSE(plot.only().record.deadline);
  plot.seen("2026-01-01", "2026-03-20", site);
  EXPECT_EQ(plot.only().record.tier, Tier::confirmed);
  EXPECT_EQ(plot.only().record.confirmed_on, day("2026-03-20"));
  // 2026-03-20 is a Friday; ten working days on is Friday, 2026-04-03.
  EXPECT_EQ(plot.only().record.deadline, day("2026-04-03"));
  plot.seen("2026-01-01", "2026-03-25", site).seen("2026-01-01", "2026-03-30", site);
  EXPECT_EQ(plot.only().record.tier, Tier::established);
  EXPECT_EQ(plot.only().record.sightings, 4);
}

// A sighting of this confidence and transition.
Plot0& sees(Plot0& plot, const char* after, double confidence,
            Transition transition = {Cover::vegetation, Cover::built}) {
  plot.seen("2026-01-01", after, site);
  plot.history_.sightings.back().candidate.confidence = confidence;
  plot.history_.sightings.back().candidate.transition = transition;
  return plot;
}

TEST(History, WeakSightingsConfirmNothingHoweverMany) {
  Plot0 plot;
  for (const char* after : {"2026-03-01", "2026-03-06", "2026-03-11", "2026-03-16", "2026-03-21", "2026-03-26"})
    sees(plot, after, 0.45);
  EXPECT_EQ(plot.only().record.tier, Tier::first_seen);
  EXPECT_EQ(plot.only().record.sightings, 6);
  EXPECT_EQ(plot.only().record.first_seen, day("2026-03-01"));
  EXPECT_FALSE(plot.only().record.confirmed_on);
}

TEST(History, EvidenceIsACumulativeSumThatNeverFallsBelowNothing) {
  Plot0 plot;
  sees(plot, "2026-03-01", 0.75);  // 0.3
  sees(plot, "2026-03-06", 0.25);  // 0.1
  sees(plot, "2026-03-11", 0.05);  // would be below 0
  sees(plot, "2026-03-16", 0.70);  // 0.25
  EXPECT_EQ(plot.only().record.tier, Tier::first_seen);
  sees(plot, "2026-03-21", 0.65);                         // 0.45: enough
  EXPECT_EQ(plot.only().record.tier, Tier::established);  // and seen five times
  EXPECT_EQ(plot.only().record.confirmed_on, day("2026-03-21"));
  std::vector<double> sums;
  for (const CaseLook& look : plot.only().looks) sums.push_back(look.evidence);
  EXPECT_THAT(sums, testing::Pointwise(testing::DoubleNear(1e-12), {0.3, 0.1, 0.0, 0.25, 0.45}));
}

TEST(History, OneDateConfirmsNothingHoweverSure) {
  Plot0 plot;
  sees(plot, "2026-03-01", 1.0);
  EXPECT_EQ(plot.only().record.tier, Tier::first_seen);
  sees(plot, "2026-03-06", 0.45);
  EXPECT_EQ(plot.only().record.tier, Tier::confirmed);
}

TEST(History, ItBeganWhenTheEvidenceRose) {
  Plot0 plot;
  sees(plot, "2026-03-01", 0.3);  // a sliver
  sees(plot, "2026-04-20", 0.7);
  EXPECT_EQ(plot.only().record.first_seen, day("2026-04-20"));
  EXPECT_EQ(plot.only().record.last_clear_before, day("2026-01-01"));
  sees(plot, "2026-04-25", 0.8);
  sees(plot, "2026-05-01", 0.0);  // from now on it is confirmed, and its start stays
  sees(plot, "2026-05-06", 0.0).seen("2026-01-01", "2026-05-11", site);
  EXPECT_EQ(plot.only().record.first_seen, day("2026-04-20"));
}

TEST(History, WhatGrowsOrIsFloodedIsNoEvidence) {
  for (const auto& [transition, tier] : {std::pair{Transition{Cover::bare, Cover::vegetation}, Tier::first_seen},
                                         {Transition{Cover::vegetation, Cover::water}, Tier::first_seen},
                                         {Transition{Cover::water, Cover::bare}, Tier::first_seen},
                                         {Transition{Cover::vegetation, Cover::bare}, Tier::confirmed},
                                         {Transition{}, Tier::confirmed}}) {
    Plot0 plot;
    sees(plot, "2026-03-01", 0.8, transition);
    sees(plot, "2026-03-06", 0.8, transition);
    EXPECT_EQ(plot.only().record.tier, tier) << name(transition);
  }
}

// Views of the year before; then two dates on which the site turned bare, and `now` of the plot with it.
Tier tier_of_bare_ground(std::vector<double> past, double now, Cover before = Cover::vegetation) {
  Plot0 plot;
  const char* dates[] = {"2025-05-01", "2025-06-01", "2025-07-01", "2025-08-01"};
  const auto bare = [&](double share) { plot.history_.views.back().after_cover[2] = share; };
  for (std::size_t i = 0; i < past.size(); ++i) plot.view("2025-01-01", dates[i]), bare(past[i]);
  for (const char* after : {"2026-03-01", "2026-03-06"}) {
    plot.view("2026-01-01", after), bare(now);
    sees(plot, after, 0.8, {before, Cover::bare});
  }
  return plot.only().record.tier;
}

TEST(History, BareGroundIsNoEvidenceWhereThePlotLiesBareAtTimes) {
  EXPECT_EQ(tier_of_bare_ground({0, 0.1, 0.9, 0.9}, 0.8), Tier::first_seen);            // a field, cut
  EXPECT_EQ(tier_of_bare_ground({0, 0.1, 0.1, 0.2}, 0.8), Tier::confirmed);             // never before
  EXPECT_EQ(tier_of_bare_ground({0, 0.5, 0.5, 0.5}, 0.6), Tier::confirmed);             // more than ever
  EXPECT_EQ(tier_of_bare_ground({0.9, 0.9}, 0.8), Tier::confirmed);                     // too few dates to tell
  EXPECT_EQ(tier_of_bare_ground({0.9, 0.9, 0.9}, 0.8, Cover::built), Tier::confirmed);  // pulled down
}

TEST(History, HolidaysMoveTheDeadline) {
  Plot0 plot;
  plot.calendar = {{day("2026-03-23"), day("2026-03-24")}, {day("2026-03-28")}};
  plot.seen("2026-01-01", "2026-03-15", site).seen("2026-01-01", "2026-03-20", site);
  EXPECT_EQ(plot.only().record.deadline, day("2026-04-06"));  // two days later, one worked Saturday
}

TEST(History, SeveralScansOfOneDateAreOneLook) {
  Plot0 plot;
  plot.seen("2026-01-01", "2026-03-15", site);
  plot.history_.views.push_back({"scan-b", day("2026-02-01"), day("2026-03-15"), 1, {}});
  RecordedSighting again = plot.history_.sightings.front();
  again.id = "scan-b/0";
  again.scan_id = "scan-b";
  plot.history_.sightings.push_back(again);
  EXPECT_EQ(plot.only().record.sightings, 1);
  EXPECT_EQ(plot.only().sightings.size(), 2u);
  EXPECT_EQ(plot.only().record.last_clear_before, day("2026-01-01"));
}

TEST(History, TheStartIsBracketedByClearLooks) {
  Plot0 plot;
  plot.view("2026-01-01", "2026-02-10").view("2026-01-01", "2026-02-20", 0.3).view("2026-02-25", "2026-03-05");
  plot.seen("2026-01-01", "2026-03-15", site);
  const Case c = plot.only().record;
  // February 20 was cloudy; the pair that begins on February 25 cannot say that nothing was there before it.
  EXPECT_EQ(c.last_clear_before, day("2026-02-10"));
  EXPECT_EQ(c.first_seen, day("2026-03-15"));
  EXPECT_THAT(plot.only().looks, testing::SizeIs(2));
}

TEST(History, GoneAfterMissesInARow) {
  Plot0 plot;
  plot.seen("2026-01-01", "2026-03-15", site).seen("2026-01-01", "2026-03-20", site);
  plot.view("2026-01-01", "2026-03-25").view("2026-01-01", "2026-03-30");
  EXPECT_EQ(plot.only().record.tier, Tier::confirmed);
  EXPECT_EQ(plot.only().record.misses, 2);
  plot.view("2026-03-20", "2026-04-04");  // compared with a date on which it stood: no change is no miss
  EXPECT_EQ(plot.only().record.misses, 2);
  plot.view("2026-01-01", "2026-04-05", 0.5);  // cloud
  EXPECT_EQ(plot.only().record.misses, 2);
  plot.view("2026-01-01", "2026-04-09");
  EXPECT_EQ(plot.only().record.tier, Tier::gone);
  EXPECT_FALSE(plot.only().record.open);
  // What is seen again on the ground is a new case that knows of the old one.
  plot.seen("2026-01-01", "2026-05-01", site);
  const std::vector<CaseHistory> cases = plot.cases();
  ASSERT_EQ(cases.size(), 2u);
  EXPECT_THAT(cases[1].record.parents, ElementsAre(cases[0].record.id));
  EXPECT_EQ(cases[1].record.last_clear_before, day("2026-04-09"));
}

TEST(History, WhatAPersonHoldsUpDoesNotEnd) {
  Plot0 plot;
  plot.seen("2026-01-01", "2026-03-15", site);
  plot.said(0, Said::Kind::judged, "2026-03-15", Judgement::construction);
  for (const char* after : {"2026-03-20", "2026-03-25", "2026-03-30"}) plot.view("2026-01-01", after);
  EXPECT_EQ(plot.only().record.tier, Tier::gone);
  EXPECT_TRUE(plot.only().record.open);
  plot.seen("2026-01-01", "2026-04-05", site);
  EXPECT_EQ(plot.only().record.misses, 0);
}

TEST(History, NearOutlinesAreOneCaseFarOnesAreNot) {
  Plot0 plot;
  plot.seen("2026-01-01", "2026-03-15", on_plot(0, 0, 0, 20));
  plot.seen("2026-01-01", "2026-03-20", on_plot(0, 45, 0, 20));   // 25 m apart
  plot.seen("2026-01-01", "2026-03-20", on_plot(0, 150, 0, 20));  // 85 m further
  const std::vector<CaseHistory> cases = plot.cases();
  ASSERT_EQ(cases.size(), 2u);
  EXPECT_EQ(cases[0].record.sightings, 2);
  EXPECT_EQ(cases[1].record.first_seen, day("2026-03-20"));
}

TEST(History, MergesIntoTheOlderCase) {
  Plot0 plot;
  plot.seen("2026-01-01", "2026-03-15", on_plot(0, 0, 0, 30));
  plot.seen("2026-01-01", "2026-03-20", on_plot(0, 100, 0, 30));
  plot.seen("2026-01-01", "2026-03-25", on_plot(0, 0, 0, 130, 30));
  const std::vector<CaseHistory> cases = plot.cases();
  ASSERT_EQ(cases.size(), 2u);
  EXPECT_EQ(cases[0].record.id, "DX-000-20260315-1");
  EXPECT_THAT(cases[0].record.parents, ElementsAre("DX-000-20260320-1"));
  EXPECT_EQ(cases[1].record.merged_into, "DX-000-20260315-1");
  EXPECT_FALSE(cases[1].record.open);
  EXPECT_EQ(cases[0].record.area_m2, 130 * 30);
}

TEST(History, AWeakCaseThatTakesInAStrongOneBeginsWithIt) {
  Plot0 plot;
  plot.seen("2026-01-01", "2026-03-15", on_plot(0, 0, 0, 30));
  plot.history_.sightings.back().candidate.confidence = 0.3;
  plot.seen("2026-01-01", "2026-03-20", on_plot(0, 100, 0, 30));
  plot.seen("2026-01-01", "2026-03-25", on_plot(0, 0, 0, 130, 30));
  const std::vector<CaseHistory> cases = plot.cases();
  ASSERT_EQ(cases.size(), 2u);
  EXPECT_EQ(cases[1].record.merged_into, cases[0].record.id);
  EXPECT_EQ(cases[0].record.first_seen, day("2026-03-20"));
  EXPECT_EQ(cases[0].record.confirmed_on, day("2026-03-25"));
}

TEST(History, SplitsWhenSeenApartOnTwoDates) {
  Plot0 plot;
  plot.seen("2026-01-01", "2026-03-15", on_plot(0, 0, 0, 130, 30));
  const auto apart = [&](const char* after) {
    plot.seen("2026-01-01", after, on_plot(0, 0, 0, 40, 30)).seen("2026-01-01", after, on_plot(0, 100, 0, 30));
  };
  apart("2026-03-20");
  EXPECT_EQ(plot.only().record.sightings, 2);  // once may be a cloud's edge
  apart("2026-03-25");
  apart("2026-03-30");
  const std::vector<CaseHistory> cases = plot.cases();
  ASSERT_EQ(cases.size(), 2u);
  EXPECT_EQ(cases[0].record.area_m2, 40 * 30);
  EXPECT_EQ(cases[1].record.area_m2, 30 * 30);
  EXPECT_EQ(cases[1].record.id, "DX-000-20260325-1");
  EXPECT_THAT(cases[1].record.parents, ElementsAre(cases[0].record.id));
  EXPECT_EQ(cases[1].record.first_seen, day("2026-03-15"));  // its ground was seen since then
  EXPECT_EQ(cases[1].record.sightings, 4);
  EXPECT_EQ(cases[0].record.sightings, 4);
}

TEST(History, AFalseChangeComesBackOnlyWhenItGrows) {
  Plot0 plot;
  plot.seen("2026-01-01", "2026-03-15", on_plot(0, 50, 50, 40));
  plot.said(0, Said::Kind::judged, "2026-03-15", Judgement::false_change);
  EXPECT_EQ(plot.only().record.tier, Tier::gone);
  EXPECT_FALSE(plot.only().record.open);
  plot.seen("2026-01-01", "2026-03-20", on_plot(0, 50, 50, 45), Severity::P0);  // 1.27 times
  EXPECT_FALSE(plot.only().record.open);
  EXPECT_THAT(plot.only().suppressed, ElementsAre(false, true));
  plot.seen("2026-01-01", "2026-03-25", on_plot(0, 50, 50, 50));  // 1.56 times, 900 m² more
  const CaseHistory back = plot.only();
  EXPECT_TRUE(back.record.open);
  EXPECT_EQ(back.record.tier, Tier::first_seen);
  EXPECT_EQ(back.record.judgement, Judgement::none);
  EXPECT_THAT(back.suppressed, ElementsAre(false, true, false));
}

TEST(History, AllowedWorkComesBackWhenItGetsWorse) {
  for (const auto& [judgement, back] : {std::pair{Judgement::farm_work, true}, {Judgement::false_change, false}}) {
    Plot0 plot;
    plot.seen("2026-01-01", "2026-03-15", site, Severity::P2);
    plot.said(0, Said::Kind::judged, "2026-03-15", judgement);
    plot.seen("2026-01-01", "2026-03-20", site, Severity::P2);
    EXPECT_FALSE(plot.only().record.open);
    plot.seen("2026-01-01", "2026-03-25", site, Severity::P0);
    EXPECT_EQ(plot.only().record.open, back) << name(judgement);
  }
}

TEST(History, AnUndoneJudgementCountsNoMore) {
  Plot0 plot;
  plot.seen("2026-01-01", "2026-03-15", site);
  plot.said(0, Said::Kind::judged, "2026-03-15", Judgement::suspected);
  plot.said(0, Said::Kind::judged, "2026-03-15", Judgement::false_change);
  plot.said(0, Said::Kind::undone, "2026-03-15");
  plot.history_.said.back().undoes = 2;
  EXPECT_EQ(plot.only().record.judgement, Judgement::suspected);
  EXPECT_TRUE(plot.only().record.open);
}

TEST(History, TheRuleIsThatOfTheMostSevereSightingSinceTheJudgement) {
  Plot0 plot;
  plot.seen("2026-01-01", "2026-03-15", site, Severity::P0).seen("2026-01-01", "2026-03-20", site, Severity::P2);
  EXPECT_EQ(plot.only().record.rule.severity, Severity::P0);
  plot.said(0, Said::Kind::judged, "2026-03-20", Judgement::suspected);
  EXPECT_EQ(plot.only().record.rule.severity, Severity::P2);
}

TEST(ClearMap, AnswersForPartsOfAPlot) {
  const MultiPolygon plot = on_plot(0, 0, 0, 200);
  const double middle = test::east + 100;
  const ClearMap map = make_clear_map(plot, [&](const MultiPolygon& part) {
    return area(clip(part, {-1e9, -1e9, middle, 1e9})) / area(part);  // clear in the west
  });
  EXPECT_LE(map.shares.size(), 36u);
  EXPECT_EQ(clear_map_from(to_bytes(map)), map);
  EXPECT_DOUBLE_EQ(*clear_share(map, on_plot(0, 10, 10, 30)), 1);
  EXPECT_DOUBLE_EQ(*clear_share(map, on_plot(0, 150, 10, 30)), 0);
  EXPECT_NEAR(*clear_share(map, plot), 0.5, 0.01);
  EXPECT_FALSE(clear_share(map, on_plot(3, 0, 0, 10)));
}

TEST(Match, OverlapIsOverTheSmallerArea) {
  EXPECT_DOUBLE_EQ(overlap(on_plot(0, 0, 0, 100), on_plot(0, 90, 0, 20)), 0.5);
  EXPECT_DOUBLE_EQ(overlap(on_plot(0, 0, 0, 100), on_plot(0, 200, 0, 20)), 0);
  const CasePolicy policy;
  EXPECT_TRUE(matches(on_plot(0, 0, 0, 10), on_plot(0, 40, 0, 10), policy));
  EXPECT_FALSE(matches(on_plot(0, 0, 0, 10), on_plot(0, 41, 0, 10), policy));
}

TEST(Match, ANearOutlineDoesNotJoinTwoGrounds) {
  const MultiPolygon left = on_plot(0, 0, 0, 20), right = on_plot(0, 60, 0, 20), between = on_plot(0, 35, 0, 5),
                     across = on_plot(0, 10, 0, 60, 20);
  const CasePolicy policy;
  EXPECT_THAT(group({&left, &right}, {&between}, policy).front().grounds, ElementsAre(0));
  EXPECT_THAT(group({&left, &right}, {&across}, policy).front().grounds, ElementsAre(0, 1));
}

}  // namespace
}  // namespace plotwatch::ledger
