// Each stage's options check themselves, and name every field that is out of range.
#include <cmath>

#include <gtest/gtest.h>

#include "model/change.hpp"
#include "model/registration.hpp"

namespace plotwatch {
namespace {

TEST(StageOptions, DefaultsAreGood) {
  EXPECT_TRUE(ChangeOptions{}.problems().empty());
  EXPECT_TRUE(RegistrationOptions{}.problems().empty());
}

// The field named by the one problem that `change` makes.
template <class Options, class Change>
std::string field_of(Change&& change) {
  Options options;
  change(options);
  const std::vector<std::string> problems = options.problems();
  return problems.size() == 1 ? problems[0].substr(0, problems[0].find(' '))
                              : std::to_string(problems.size()) + " problems";
}

TEST(StageOptions, ChangeRanges) {
  using C = ChangeOptions;
  EXPECT_EQ(field_of<C>([](C& o) { o.seed_fraction = 1.5; }), "change.seed_fraction");
  EXPECT_EQ(field_of<C>([](C& o) { o.false_alarm_rate = 0; }), "change.false_alarm_rate");
  EXPECT_EQ(field_of<C>([](C& o) { o.smoothing_px = NAN; }), "change.smoothing_px");
  EXPECT_EQ(field_of<C>([](C& o) { o.search_radius = 3; }), "change.search_radius");
  EXPECT_EQ(field_of<C>([](C& o) { o.min_pixels = 0; }), "change.min_pixels");
  EXPECT_EQ(field_of<C>([](C& o) { o.closing_px = 4; }), "change.closing_px");
  EXPECT_EQ(field_of<C>([](C& o) { o.max_iterations = 0; }), "change.max_iterations");
}

TEST(StageOptions, RegistrationRanges) {
  using R = RegistrationOptions;
  EXPECT_EQ(field_of<R>([](R& o) { o.max_shift = -1; }), "registration.max_shift");
  EXPECT_EQ(field_of<R>([](R& o) { o.window = 97; }), "registration.window");
  EXPECT_EQ(field_of<R>([](R& o) { o.min_tie_points = 3; }), "registration.min_tie_points");
  EXPECT_EQ(field_of<R>([](R& o) { o.min_reliability = 1; }), "registration.min_reliability");
  EXPECT_EQ(field_of<R>([](R& o) { o.outlier_px = NAN; }), "registration.outlier_px");
  EXPECT_EQ(field_of<R>([](R& o) { o.held_out_share = 0.51; }), "registration.held_out_share");
  EXPECT_EQ(field_of<R>([](R& o) { o.min_improvement = -0.1; }), "registration.min_improvement");
}

}  // namespace
}  // namespace plotwatch
