// Which reference a plot gets, on histories small enough to be told by hand.
#include "pipeline/nightly/choose.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace plotwatch::pipeline::nightly {
namespace {

SceneLook look(const std::string& id, const Date& date, const std::map<std::string, float>& clear) {
  SceneLook l;
  l.id = id;
  l.date = date;
  l.sensor = "S2";
  l.clear = clear;
  return l;
}

Case a_case(const Date& first, const std::optional<Date>& clear_before, const Date& last) {
  Case c;
  c.first_seen = first;
  c.last_clear_before = clear_before;
  c.last_seen = last;
  return c;
}

const ChooseOptions defaults;

TEST(Choose, PrefersTheSameSeasonOfAnEarlierYearToTheNewestScene) {
  const std::vector<SceneLook> past{look("june25", {2025, 6, 1}, {{"A", 1.F}}),
                                    look("march26", {2026, 3, 1}, {{"A", 1.F}}),
                                    look("may26", {2026, 5, 20}, {{"A", 1.F}})};
  const Choice c = choose(look("june26", {2026, 6, 3}, {{"A", 1.F}}), past, {}, defaults);
  ASSERT_EQ(c.pairs.size(), 1u);
  EXPECT_EQ(c.pairs[0].before, "june25");
  EXPECT_EQ(c.pairs[0].reason, "same season of 2025");
}

TEST(Choose, InTheFirstYearTakesTheNearestScene) {
  const std::vector<SceneLook> past{look("march", {2026, 3, 1}, {{"A", 1.F}}), look("may", {2026, 5, 4}, {{"A", 1.F}}),
                                    look("too near", {2026, 5, 5}, {{"A", 1.F}})};
  const Choice c = choose(look("june", {2026, 6, 3}, {{"A", 1.F}}), past, {}, defaults);
  ASSERT_EQ(c.pairs.size(), 1u);
  EXPECT_EQ(c.pairs[0].before, "may");  // 30 days are min_gap_days
}

TEST(Choose, CloudOverOnePlotGivesItAnotherReference) {
  const std::vector<SceneLook> past{look("a", {2025, 6, 1}, {{"A", 1.F}, {"B", .3F}, {"C", 1.F}}),
                                    look("b", {2025, 6, 11}, {{"A", .5F}, {"B", 1.F}})};
  const Choice c =
      choose(look("x", {2026, 6, 1}, {{"A", .9F}, {"B", .9F}, {"C", .7F}, {"D", 1.F}}), past, {}, defaults);
  ASSERT_EQ(c.pairs.size(), 2u);
  EXPECT_EQ(c.pairs[0].before, "a");
  EXPECT_EQ(c.pairs[0].plots, std::vector<std::string>{"A"});
  EXPECT_EQ(c.pairs[1].before, "b");
  EXPECT_EQ(c.pairs[1].plots, std::vector<std::string>{"B"});
  EXPECT_EQ(c.not_clear, std::vector<std::string>{"C"});
  EXPECT_EQ(c.no_reference, std::vector<std::string>{"D"});
}

TEST(Choose, NeverTakesAReferenceOnWhichAnOpenCaseMayBeSeen) {
  const std::vector<SceneLook> past{look("last clear", {2025, 5, 20}, {{"A", 1.F}}),
                                    look("between", {2025, 5, 25}, {{"A", 1.F}}),
                                    look("seen", {2025, 6, 1}, {{"A", 1.F}})};
  const SceneLook after = look("x", {2026, 6, 1}, {{"A", 1.F}});
  const std::vector<Case> open{a_case({2025, 6, 1}, Date{2025, 5, 20}, {2025, 7, 1})};
  EXPECT_EQ(choose(after, past, {{"A", reference_bounds(open)}}, defaults).pairs.at(0).before, "last clear");
  const std::vector<Case> unbracketed{a_case({2025, 6, 1}, {}, {2025, 7, 1})};
  EXPECT_EQ(choose(after, past, {{"A", reference_bounds(unbracketed)}}, defaults).pairs.at(0).before, "between");
}

TEST(Choose, TheOldestOfSeveralOpenCasesBinds) {
  const std::vector<Case> cases{a_case({2026, 3, 1}, Date{2026, 2, 1}, {2026, 5, 1}),
                                a_case({2025, 9, 1}, Date{2025, 8, 1}, {2026, 5, 1})};
  const ReferenceBounds b = reference_bounds(cases);
  EXPECT_TRUE(may_be_reference(b, {2025, 8, 1}));
  EXPECT_FALSE(may_be_reference(b, {2025, 8, 2}));
}

TEST(Choose, ACaseThatIsGoneBarsOnlyItsOwnDays) {
  Case gone = a_case({2025, 9, 1}, Date{2025, 8, 20}, {2025, 9, 20});
  gone.tier = Tier::gone;
  gone.open = false;
  const ReferenceBounds b = reference_bounds(std::vector{gone});
  EXPECT_TRUE(may_be_reference(b, {2025, 8, 31}));
  EXPECT_FALSE(may_be_reference(b, {2025, 9, 1}));
  EXPECT_FALSE(may_be_reference(b, {2025, 9, 20}));
  EXPECT_TRUE(may_be_reference(b, {2025, 9, 21}));
}

TEST(Choose, WhatAPersonAcceptedMayBecomeTheReferenceAndWhatWasFoundMayNot) {
  Case c = a_case({2025, 9, 1}, Date{2025, 8, 20}, {2026, 5, 1});
  c.open = false;
  c.judgement = Judgement::permitted;
  EXPECT_TRUE(may_be_reference(reference_bounds(std::vector{c}), {2026, 1, 1}));
  c.judgement = Judgement::construction;
  EXPECT_FALSE(may_be_reference(reference_bounds(std::vector{c}), {2026, 1, 1}));
}

TEST(Choose, KeepsToSensorAndOrbitWhereItCan) {
  std::vector<SceneLook> past{look("other sensor", {2025, 6, 1}, {{"A", 1.F}}),
                              look("other orbit", {2025, 6, 4}, {{"A", 1.F}}),
                              look("same", {2025, 6, 5}, {{"A", 1.F}})};
  past[0].sensor = "L8";
  past[1].orbit = "R089";
  EXPECT_EQ(choose(look("x", {2026, 6, 1}, {{"A", 1.F}}), past, {}, defaults).pairs.at(0).before, "same");
}

TEST(Choose, OneScanServesAllPlotsThatAcceptItsReference) {
  std::vector<SceneLook> past{look("a", {2025, 6, 1}, {{"A", 1.F}, {"B", 1.F}, {"C", 1.F}}),
                              look("b", {2025, 6, 5}, {{"A", 1.F}, {"B", 1.F}, {"C", 1.F}})};
  past[1].clear["A"] = .81F;  // dearer than a for every plot, within the tolerance or not
  const Choice c = choose(look("x", {2026, 6, 1}, {{"A", 1.F}, {"B", 1.F}, {"C", 1.F}}), past, {}, defaults);
  ASSERT_EQ(c.pairs.size(), 1u);
  EXPECT_EQ(c.pairs[0].plots, (std::vector<std::string>{"A", "B", "C"}));
}

TEST(Choose, BeyondMaxPairsPlotsTakeTheNextBestAndNeverAForbiddenOne) {
  ChooseOptions one;
  one.max_pairs = 1;
  const std::vector<SceneLook> past{look("a", {2025, 6, 1}, {{"A", 1.F}, {"B", 1.F}, {"C", 1.F}, {"D", .1F}}),
                                    look("b", {2024, 9, 1}, {{"A", 1.F}, {"B", 1.F}, {"C", 1.F}, {"D", 1.F}})};
  const std::vector<Case> open{a_case({2025, 1, 1}, {}, {2025, 7, 1})};
  const Choice c = choose(look("x", {2026, 6, 1}, {{"A", 1.F}, {"B", 1.F}, {"C", 1.F}, {"D", 1.F}}), past,
                          {{"C", reference_bounds(open)}}, one);
  ASSERT_EQ(c.pairs.size(), 1u);
  EXPECT_EQ(c.pairs[0].plots, (std::vector<std::string>{"A", "B"}));
  EXPECT_EQ(c.no_reference, (std::vector<std::string>{"C", "D"}));
}

TEST(Choose, TheOrderOfScenesDoesNotMatter) {
  std::vector<SceneLook> past;
  for (int i = 0; i < 40; ++i) {
    const std::string name = fmt::format("s{}", i);
    past.push_back(look(name, Date::from_days(Date{2024, 6, 1}.days() + std::chrono::days(16 * i)),
                        {{"A", .5F + .5F * static_cast<float>((i * 7) % 10) / 10},
                         {"B", .5F + .5F * static_cast<float>((i * 3) % 10) / 10},
                         {"C", i % 2 == 0 ? 1.F : 0.F}}));
  }
  const SceneLook after = look("x", {2026, 6, 1}, {{"A", 1.F}, {"B", 1.F}, {"C", 1.F}});
  const auto told = [&](const Choice& c) {
    std::string text;
    for (const ChosenPair& p : c.pairs) {
      text += p.before + ":";
      for (const std::string& plot : p.plots) text += plot;
      text += ";";
    }
    return text;
  };
  const std::string expected = told(choose(after, past, {}, defaults));
  EXPECT_FALSE(expected.empty());
  std::reverse(past.begin(), past.end());
  EXPECT_EQ(told(choose(after, past, {}, defaults)), expected);
  std::rotate(past.begin(), past.begin() + 17, past.end());
  EXPECT_EQ(told(choose(after, past, {}, defaults)), expected);
}

TEST(Choose, AcrossTheTurnOfTheYear) {
  const SceneLook january = look("j", {2026, 1, 3}, {{"A", 1.F}});
  EXPECT_NEAR(reference_cost(look("d", {2024, 12, 29}, {}), january, 1, defaults), 5 / 20. + .25 * 370 / 365.25, .02);
}

}  // namespace
}  // namespace plotwatch::pipeline::nightly
