#include <cmath>
#include <string>
#include <vector>

#include "kernels/correlation/correlation.hpp"
#include "kernels/device/round_trip.hpp"
#include "support/poisoned_planes.hpp"
#include "twin/twin.hpp"

namespace plotwatch {
namespace {

using namespace kernels;
using test::PoisonedPlanes;

class Correlation : public test::Twin {
 protected:
  void SetUp() override {
    Twin::SetUp();
    if (IsSkipped()) return;
    const std::string why = list_devices(test::twin_backend()).devices.front().why_no_transforms;
    if (!why.empty()) GTEST_SKIP() << why;
  }
};

struct Fields {
  PoisonedPlanes<float> before_x, before_y, after_x, after_y;

  Fields(int width, int height, unsigned seed)
      : before_x(test::random_planes(width, height, 1, seed)),
        before_y(test::random_planes(width, height, 1, seed + 1)),
        after_x(test::random_planes(width, height, 1, seed + 2)),
        after_y(test::random_planes(width, height, 1, seed + 3)) {}
};

struct Naive {
  std::vector<double> value;
  double most = 0;  // sum over pairs of the root of both energies
};

// By definition, in doubles; displacements wrap around the transform.
Naive naive_correlation(std::vector<Fields>& pairs, bool imaginary, PoisonedPlanes<float>* weight, const Corner& corner,
                        const CorrelationShape& s) {
  Naive found;
  const int side = s.side();
  found.value.resize(static_cast<std::size_t>(side * side));
  for (Fields& f : pairs) {
    const auto sample = [&](PoisonedPlanes<float>& plane, int x, int y) {
      if (x >= s.width || y >= s.height) return 0.0;
      return double{plane(corner.x + x, corner.y + y)} * (weight ? (*weight)(x, y) : 1);
    };
    const auto im = [&](PoisonedPlanes<float>& plane, int x, int y) { return imaginary ? sample(plane, x, y) : 0.0; };
    double before = 0, after = 0;
    for (int y = 0; y < s.height; ++y)
      for (int x = 0; x < s.width; ++x) {
        before += std::pow(sample(f.before_x, x, y), 2) + std::pow(im(f.before_y, x, y), 2);
        after += std::pow(sample(f.after_x, x, y), 2) + std::pow(im(f.after_y, x, y), 2);
      }
    found.most += std::sqrt(before * after);
    std::size_t i = 0;
    for (int dy = -s.reach; dy <= s.reach; ++dy)
      for (int dx = -s.reach; dx <= s.reach; ++dx, ++i)
        for (int y = 0; y < s.height; ++y)
          for (int x = 0; x < s.width; ++x) {
            const int ax = (x + dx + s.columns) % s.columns, ay = (y + dy + s.rows) % s.rows;
            found.value[i] +=
                sample(f.after_x, ax, ay) * sample(f.before_x, x, y) + im(f.after_y, ax, ay) * im(f.before_y, x, y);
          }
  }
  return found;
}

void expect_within_tolerance(const CorrelationShape& shape, int n_pairs, bool imaginary, bool weighted,
                             std::vector<Corner> corners) {
  const int width = shape.width + 9, height = shape.height + 7;
  std::vector<Fields> pairs;
  for (int p = 0; p < n_pairs; ++p) pairs.emplace_back(width, height, 10u * static_cast<unsigned>(p));
  auto weight = test::random_planes(shape.width, shape.height, 1, 99, 0.5f, 0.1f);
  const int side = shape.side(), rows = side * static_cast<int>(corners.size());
  PoisonedPlanes<float> out(side, rows);
  RoundTrip trip(test::twin_backend());
  std::vector<FieldPair> fields;
  for (Fields& f : pairs) {
    FieldPair on_device{trip.in(f.before_x.read_view()), {}, trip.in(f.after_x.read_view()), {}};
    if (imaginary)
      on_device.before_y = trip.in(f.before_y.read_view()), on_device.after_y = trip.in(f.after_y.read_view());
    fields.push_back(on_device);
  }
  const View<const float> taper = weighted ? trip.in(weight.read_view()) : View<const float>{};
  trip.queue().correlate(fields, taper, corners, shape, trip.out(out.view()));
  trip.finish();
  EXPECT_TRUE(out.padding_untouched());
  for (std::size_t w = 0; w < corners.size(); ++w) {
    const Naive want = naive_correlation(pairs, imaginary, weighted ? &weight : nullptr, corners[w], shape);
    double worst = 0;
    for (int y = 0; y < side; ++y)
      for (int x = 0; x < side; ++x)
        worst = std::max(worst, std::abs(out(x, static_cast<int>(w) * side + y) -
                                         want.value[static_cast<std::size_t>(y * side + x)]));
    // A tenth: the rest is there for libraries that no test has seen.
    EXPECT_LE(worst, 0.1 * correlation_tolerance * want.most)
        << "window " << w << " of " << shape.width << " x " << shape.height << ", pixel (" << corners[w].x << ", "
        << corners[w].y << ")";
  }
}

TEST_F(Correlation, IsThatOfTheDefinition) {
  expect_within_tolerance({16, 16, 16, 16, 5, 3}, 2, true, true, {{0, 0}, {9, 7}, {3, 2}});
  expect_within_tolerance({30, 20, 32, 25, 4, 4}, 1, true, true, {{1, 0}});       // fewer than planned
  expect_within_tolerance({33, 9, 45, 20, 8, 1}, 1, false, false, {{0, 0}});      // padded: nothing wraps
  expect_within_tolerance({7, 5, 7, 5, 2, 2}, 3, true, false, {{2, 2}, {9, 7}});  // prime sizes
  expect_within_tolerance({64, 64, 64, 64, 17, 2}, 2, true, true, {{0, 7}, {5, 3}});
}

TEST_F(Correlation, FindsAKnownShift) {
  constexpr int side = 48;
  const CorrelationShape shape{side, side, side, side, 12, 1};
  auto ground = test::random_planes(side + 20, side + 20, 1, 5);
  PoisonedPlanes<float> before(side, side), after(side, side);
  before.fill([&](int x, int y, int) { return ground(x + 10, y + 10); });
  after.fill([&](int x, int y, int) { return ground(x + 10 - 7, y + 10 + 3); });  // moved by (7, -3)
  PoisonedPlanes<float> out(25, 25);
  RoundTrip trip(test::twin_backend());
  const FieldPair pair{trip.in(before.read_view()), {}, trip.in(after.read_view()), {}};
  const Corner corner;
  trip.queue().correlate({&pair, 1}, {}, {&corner, 1}, shape, trip.out(out.view()));
  trip.finish();
  int best_x = 0, best_y = 0;
  for (int y = 0; y < 25; ++y)
    for (int x = 0; x < 25; ++x)
      if (out(x, y) > out(best_x, best_y)) best_x = x, best_y = y;
  EXPECT_EQ(best_x - 12, 7) << "pixel (" << best_x << ", " << best_y << ")";
  EXPECT_EQ(best_y - 12, -3);
}

}  // namespace
}  // namespace plotwatch
