#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "registration/registration.hpp"
#include "support/known_displacement.hpp"

namespace plotwatch::registration {
namespace {

using support::known::Normal;
using Model = RegistrationQuality::Model;
using Fate = TiePoint::Fate;

Grid grid_of(int side) {
  Grid grid;
  grid.width = grid.height = side;
  return grid;
}

// A lattice of points with displacement `truth` and noise of `sigma` pixels an axis.
template <class Truth>
std::vector<TiePoint> lattice(int side, int count, double sigma, Truth truth, std::uint32_t seed = 1) {
  Normal random(seed);
  std::vector<TiePoint> points;
  for (int r = 0; r < count; ++r)
    for (int c = 0; c < count; ++c) {
      TiePoint p;
      p.x = (c + 0.5) * side / count;
      p.y = (r + 0.5) * side / count;
      const Point d = truth(p.x, p.y);
      p.dx = d.x + sigma * random();
      p.dy = d.y + sigma * random();
      p.reliability = 0.8;
      points.push_back(p);
    }
  return points;
}

Point affine_truth(double x, double y) {
  return {2.5 + 0.002 * (x - 300), -1.25 + 0.001 * (y - 300) - 0.0005 * (x - 300)};
}

void expect_same_bytes(const Registration& a, const Registration& b) {
  EXPECT_TRUE(std::equal(a.field.a, a.field.a + 3, b.field.a));
  EXPECT_TRUE(std::equal(a.field.b, a.field.b + 3, b.field.b));
  EXPECT_EQ(a.field.local_dx, b.field.local_dx);
  EXPECT_EQ(a.quality.reason, b.quality.reason);
  EXPECT_EQ(a.quality.held_out_rmse_after, b.quality.held_out_rmse_after);
  EXPECT_EQ(a.quality.residual_px, b.quality.residual_px);
}

TEST(Fit, FindsAShiftAndNoMore) {
  const auto r = fit(lattice(600, 8, 0.05, [](double, double) { return Point{3.3, -0.7}; }), grid_of(600), {});
  EXPECT_EQ(r.quality.model, Model::shift);
  EXPECT_TRUE(r.quality.applied);
  EXPECT_NEAR(r.field.at(10, 20).x, 3.3, 0.02);
  EXPECT_NEAR(r.field.at(590, 590).y, -0.7, 0.02);
  EXPECT_EQ(r.quality.windows, 64);
  EXPECT_EQ(r.quality.used + r.quality.held_out, 64);
  EXPECT_NEAR(*r.quality.held_out_rmse_before, std::hypot(3.3, 0.7), 0.05);
  EXPECT_NEAR(*r.quality.held_out_rmse_after, 0.05 * std::sqrt(2), 0.025);
  EXPECT_NEAR(r.quality.residual_px, 0.05, 0.025);
}

TEST(Fit, FindsAnAffineModelExactlyWithoutNoise) {
  const auto r = fit(lattice(600, 6, 0, affine_truth), grid_of(600), {});
  EXPECT_EQ(r.quality.model, Model::affine);
  for (const double x : {0.0, 300.0, 600.0})
    for (const double y : {0.0, 300.0, 600.0}) {
      EXPECT_NEAR(r.field.at(x, y).x, affine_truth(x, y).x, 1e-9);
      EXPECT_NEAR(r.field.at(x, y).y, affine_truth(x, y).y, 1e-9);
    }
}

TEST(Fit, IsNotPulledByOutliers) {
  auto points = lattice(600, 8, 0.03, affine_truth);
  Normal random(4);
  for (std::size_t i = 0; i < points.size(); i += 3) {  // a third points anywhere; one direction more often
    points[i].dx += 4 + 6 * random.uniform();
    points[i].dy += 3 * random();
  }
  const auto r = fit(points, grid_of(600), {});
  EXPECT_EQ(r.quality.model, Model::affine);
  EXPECT_GE(r.quality.outliers, 20);
  for (const double x : {50.0, 550.0}) {
    EXPECT_NEAR(r.field.at(x, x).x, affine_truth(x, x).x, 0.05);
    EXPECT_NEAR(r.field.at(x, x).y, affine_truth(x, x).y, 0.05);
  }
}

TEST(Fit, FollowsASmoothDistortion) {
  const support::KnownDisplacement known{.name = "", .shift_x = 1, .shift_y = 2, .local = 1.0};
  const auto truth = [&](double x, double y) { return known.at(x, y, 600); };
  const auto r = fit(lattice(600, 16, 0.03, truth), grid_of(600), {});
  EXPECT_EQ(r.quality.model, Model::local);
  double worst = 0;
  for (int y = 30; y < 570; y += 20)
    for (int x = 30; x < 570; x += 20) {
      const Point d = r.field.at(x, y), t = truth(x, y);
      worst = std::max(worst, std::hypot(d.x - t.x, d.y - t.y));
    }
  EXPECT_LT(worst, 0.15);
}

TEST(Fit, LeavesAlignedScenesAlone) {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    const auto r = fit(lattice(
                           600, 8, 0.06,
                           [](double, double) {
                             return Point{0, 0};
                           },
                           seed),
                       grid_of(600), {});
    if (r.quality.applied) {
      // One false alarm in twenty would still be harmless: nothing beyond the noise of the mean.
      EXPECT_LT(std::hypot(r.field.at(300, 300).x, r.field.at(300, 300).y), 0.03) << seed;
      continue;
    }
    EXPECT_TRUE(r.field.is_identity());
    EXPECT_EQ(r.quality.reason.rfind("already aligned", 0), 0u) << r.quality.reason;
    EXPECT_NEAR(r.quality.residual_px, 0.06, 0.04);
  }
}

TEST(Fit, SaysWhyThereAreTooFewPoints) {
  auto points = lattice(600, 4, 0.02, affine_truth);
  for (std::size_t i = 3; i < points.size(); ++i) {
    points[i].fate = Fate::unreliable;
    points[i].refusal = i < 10 ? TiePoint::Refusal::masked : TiePoint::Refusal::no_texture;
  }
  const auto r = fit(points, grid_of(600), {});
  EXPECT_FALSE(r.quality.applied);
  EXPECT_TRUE(r.field.is_identity());
  EXPECT_EQ(r.quality.reason,
            "too few tie points (3 of 16 windows reliable; 7 masked by cloud or nodata; 6 without texture)");
  EXPECT_EQ(r.quality.unreliable, 13);
  EXPECT_EQ(r.quality.residual_px, 0.5);
  EXPECT_EQ(fit({}, grid_of(600), {}).quality.reason, "no matching window lies on both scenes");
}

TEST(Fit, RefusesPointsThatContradictEachOther) {
  Normal random(9);
  auto points = lattice(600, 8, 0, [&](double, double) {
    return Point{40 * random.uniform() - 20, 40 * random.uniform() - 20};
  });
  const auto r = fit(points, grid_of(600), {});
  EXPECT_FALSE(r.quality.applied);
  EXPECT_TRUE(r.field.is_identity());
  EXPECT_NE(r.quality.reason.find("contradict"), std::string::npos) << r.quality.reason;
}

TEST(Fit, DoesNotDependOnTheOrderOfThePoints) {
  auto points = lattice(600, 9, 0.05, affine_truth);
  for (std::size_t i = 0; i < points.size(); i += 5) points[i].dx += 9;
  const auto first = fit(points, grid_of(600), {});
  std::mt19937 engine(3);
  for (int i = 0; i < 5; ++i) {
    std::shuffle(points.begin(), points.end(), engine);
    expect_same_bytes(fit(points, grid_of(600), {}), first);
  }
}

TEST(Fit, IgnoresPointsThatAreNotFiniteOrNotReliable) {
  auto points = lattice(600, 6, 0, affine_truth);
  points[3].dx = std::numeric_limits<double>::quiet_NaN();
  points[9].reliability = 0.01;
  points[9].dy = 55;
  const auto r = fit(points, grid_of(600), {});
  EXPECT_EQ(r.quality.unreliable, 2);
  EXPECT_NEAR(r.field.at(300, 300).y, -1.25, 1e-9);
}

TEST(Fit, PointsInALineGiveAShiftAtMost) {
  std::vector<TiePoint> points;
  for (int i = 0; i < 20; ++i) {
    TiePoint p;
    p.x = 30.0 * i;
    p.y = 300;
    p.dx = 2;
    p.dy = 1 + 0.01 * (i % 3);
    p.reliability = 0.9;
    points.push_back(p);
  }
  const auto r = fit(points, grid_of(600), {});
  EXPECT_EQ(r.quality.model, Model::shift);
  EXPECT_NEAR(r.field.at(0, 0).x, 2, 0.01);
  EXPECT_NEAR(r.field.at(600, 600).x, 2, 0.01);
}

TEST(Fit, HoldsOutTheAskedShareAndAccountsForEveryPoint) {
  RegistrationOptions options;
  options.held_out_share = 0.4;
  const auto r = fit(lattice(2000, 20, 0.05, affine_truth), grid_of(2000), options);
  EXPECT_NEAR(r.quality.held_out, 160, 12);
  const RegistrationQuality& q = r.quality;
  EXPECT_EQ(q.used + q.held_out + q.unreliable + q.inconsistent + q.outliers, q.windows);
}

}  // namespace
}  // namespace plotwatch::registration
