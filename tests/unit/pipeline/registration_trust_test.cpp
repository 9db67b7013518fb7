#include "pipeline/registration_trust.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plotwatch::pipeline {
namespace {

using ::testing::HasSubstr;
using Fate = TiePoint::Fate;
using Refusal = TiePoint::Refusal;

const RegistrationOptions options;  // min_tie_points 8
const ChangeOptions change;         // search radius 1: bears 1.5 px

Registration with_points(int reliable, double length, int refused, Refusal why) {
  Registration r;
  for (int i = 0; i < reliable; ++i) {
    TiePoint p;
    p.dx = i % 2 ? length : -length;
    p.fate = i % 4 ? Fate::used : Fate::outlier;
    r.tie_points.push_back(p);
  }
  for (int i = 0; i < refused; ++i) {
    TiePoint p;
    p.fate = Fate::unreliable;
    p.refusal = why;
    r.tie_points.push_back(p);
  }
  return r;
}

bool comparable(const Registration& r) { return !why_not_comparable(r, options, change); }

TEST(RegistrationTrust, FollowsTheHeldOutPointsWhereThereAreAny) {
  Registration r = with_points(100, 0.2, 0, Refusal::none);
  r.quality.held_out_rmse_before = 0.3;
  r.quality.residual_px = 0.2;
  EXPECT_TRUE(comparable(r));
  r.quality.residual_px = 1.5;
  EXPECT_TRUE(comparable(r));
  r.quality.residual_px = 1.6;
  EXPECT_THAT(why_not_comparable(r, options, change).value_or(""), HasSubstr("1.6 px apart"));
  r.quality.applied = true;
  EXPECT_TRUE(comparable(r));
}

TEST(RegistrationTrust, DoubtsPointsThatContradictEachOtherWhenTheyAreFarOff) {
  EXPECT_TRUE(comparable(with_points(40, 1.4, 0, Refusal::none)));
  EXPECT_THAT(why_not_comparable(with_points(40, 3, 0, Refusal::none), options, change).value_or(""),
              HasSubstr("contradict each other"));
}

TEST(RegistrationTrust, DoubtsALargeShiftThatNoFieldTakesBack) {
  Registration r = with_points(3, 12, 4, Refusal::masked);
  EXPECT_TRUE(comparable(r));  // too few to say anything
  r.quality.coarse_px = 12;
  EXPECT_THAT(why_not_comparable(r, options, change).value_or(""), HasSubstr("12 px apart"));
}

TEST(RegistrationTrust, DoubtsGroundThatDoesNotMatchButNotGroundThatShowsNothing) {
  EXPECT_FALSE(comparable(with_points(1, 0, 40, Refusal::no_match)));
  EXPECT_TRUE(comparable(with_points(5, 0, 40, Refusal::no_match)));  // more than a tenth
  EXPECT_TRUE(comparable(with_points(0, 0, 15, Refusal::no_match)));  // too few to tell
  EXPECT_TRUE(comparable(with_points(0, 0, 400, Refusal::masked)));
  EXPECT_TRUE(comparable(with_points(0, 0, 400, Refusal::no_texture)));
}

TEST(RegistrationTrust, BelievesWhoeverSwitchesRegistrationOff) {
  RegistrationOptions off;
  off.enabled = false;
  EXPECT_FALSE(why_not_comparable(with_points(0, 0, 40, Refusal::no_match), off, change));
}

TEST(RegistrationTrust, BearsMoreWhereTheSearchReachesFurther) {
  ChangeOptions wide;
  wide.search_radius = 2;
  EXPECT_FALSE(why_not_comparable(with_points(40, 2.4, 0, Refusal::none), options, wide));
}

}  // namespace
}  // namespace plotwatch::pipeline
