#include "review/advice.hpp"

#include <gtest/gtest.h>

namespace plotwatch::review {
namespace {

using Cases = std::vector<std::shared_ptr<const BoardCase>>;

void add(Cases& cases, Judgement judgement, double confidence, const std::string& rule = "R1") {
  auto c = std::make_shared<BoardCase>();
  c->record.judgement = judgement;
  c->record.confidence = confidence;
  c->record.rule.rule_id = rule;
  cases.push_back(c);
}

TEST(Advice, ProposesTheConfidenceBelowWhichFalseAlarmsAloneWereFound) {
  Cases cases;
  for (const double confidence : {0.10, 0.20, 0.30, 0.60}) add(cases, Judgement::false_change, confidence);
  add(cases, Judgement::farm_work, 0.35);
  add(cases, Judgement::construction, 0.457);
  add(cases, Judgement::permitted, 0.9);
  add(cases, Judgement::unclear, 0.05);
  add(cases, Judgement::none, 0.01);
  const auto advice = advise(cases);
  ASSERT_EQ(advice.size(), 1u) << "neither sensors nor plots are known";
  EXPECT_EQ(advice[0].id, "rule:R1");
  EXPECT_EQ(advice[0].judged, 7);
  EXPECT_EQ(advice[0].false_alarms, 5);
  EXPECT_DOUBLE_EQ(advice[0].rate, 5.0 / 7);
  ASSERT_TRUE(advice[0].confidence);
  EXPECT_DOUBLE_EQ(*advice[0].confidence, 0.45) << "rounded down, so that the real one stays above";
  EXPECT_EQ(advice[0].below_false, 4);
  EXPECT_EQ(proposal_of(advice[0]), "rule:R1@0.45");
}

TEST(Advice, ProposesNothingWithoutARealCaseOrWithTooFewBelow) {
  Cases all_false, few;
  for (int i = 0; i < 6; ++i) add(all_false, Judgement::false_change, 0.1 * i);
  ASSERT_EQ(advise(all_false).size(), 1u);
  EXPECT_FALSE(advise(all_false)[0].confidence);
  EXPECT_DOUBLE_EQ(advise(all_false)[0].rate, 1.0);
  for (int i = 0; i < 4; ++i) add(few, Judgement::construction, 0.2);
  add(few, Judgement::false_change, 0.1);
  EXPECT_FALSE(advise(few)[0].confidence);
}

TEST(Advice, IsSilentAboutGroupsThatWereHardlyJudged) {
  Cases cases;
  for (int i = 0; i < 4; ++i) add(cases, Judgement::false_change, 0.1);
  add(cases, Judgement::false_change, 0.1, "R2");
  EXPECT_TRUE(advise(cases).empty());
}

TEST(Advice, AcceptedPutsItsOwnGroupBelow) {
  const std::vector<ConfidenceThreshold> thresholds{{"rule", "R1", 0.45}};
  BoardCase c;
  c.record.rule.rule_id = "R1";
  c.record.confidence = 0.44;
  EXPECT_TRUE(below_threshold(c, thresholds));
  c.record.confidence = 0.45;
  EXPECT_FALSE(below_threshold(c, thresholds));
  c.record.confidence = 0.1;
  c.record.rule.rule_id = "R2";
  EXPECT_FALSE(below_threshold(c, thresholds));
}

}  // namespace
}  // namespace plotwatch::review
