#include "registration/refine.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "registration/half_shift.hpp"
#include "registration/normal_equations.hpp"

namespace plotwatch::registration {
namespace {

constexpr int max_iterations = 8;
constexpr double small_step = 0.002;  // px
constexpr double largest_move = 1.5;  // px from the start
// Residuals above this many times their typical size lose weight.
constexpr double outlier_knee = 2.5;
constexpr double least_curvature = 1e-6;
// px: what aliasing leaves in a window of noiseless scenes; blocks of it err alike, so their scatter does not show it.
constexpr double sampling_error = 0.005;
constexpr double pixels_a_sample = 5;  // smoothing leaves one independent gradient component in this many pixels

struct BandSamples {
  Plane before_x, before_y, after_x, after_y;
  BandSamples(int w, int h) : before_x(w, h), before_y(w, h), after_x(w, h), after_y(w, h) {}
};

// Taper times usability of both dates, the after side at the whole-pixel displacement.
Plane base_weight(const GradientPair& band, const PixelWindow& window, const Plane& taper, int ix, int iy) {
  Plane weight(window.width, window.height);
  for (int y = 0; y < window.height; ++y) {
    const int ay = window.y + y + iy;
    if (ay < 0 || ay >= band.after.weight.height) continue;
    const float* b = band.before.weight.row(window.y + y) + window.x;
    const float* a = band.after.weight.row(ay);
    for (int x = 0; x < window.width; ++x) {
      const int ax = window.x + x + ix;
      if (ax >= 0 && ax < band.after.weight.width) weight.row(y)[x] = taper.row(y)[x] * b[x] * a[ax];
    }
  }
  return weight;
}

// Variance of the displacement along its worse direction from H^-1 S H^-1, S the blocks' scatter of gradients.
double worse_standard_error(const Symmetric2& h, const Symmetric2& s) {
  const double det = h.xx * h.yy - h.xy * h.xy;
  const double ixx = h.yy / det, ixy = -h.xy / det, iyy = h.xx / det;
  const double axx = ixx * s.xx + ixy * s.xy, axy = ixx * s.xy + ixy * s.yy;
  const double ayx = ixy * s.xx + iyy * s.xy, ayy = ixy * s.xy + iyy * s.yy;
  const double cxx = axx * ixx + axy * ixy, cxy = axx * ixy + axy * iyy, cyy = ayx * ixy + ayy * iyy;
  const double mean = (cxx + cyy) / 2, spread = std::hypot((cxx - cyy) / 2, cxy);
  return std::sqrt(std::max(mean + spread, 0.0));
}

}  // namespace

Refinement refine(const std::vector<GradientPair>& bands, const PixelWindow& window, const Plane& taper, double dx,
                  double dy) {
  const int ix = int(std::lround(dx)), iy = int(std::lround(dy));
  double fx = dx - ix, fy = dy - iy;
  std::vector<const GradientPair*> textured;
  std::vector<Plane> weights;
  for (const GradientPair& band : bands)
    if (band.before.texture && band.after.texture) {
      textured.push_back(&band);
      weights.push_back(base_weight(band, window, taper, ix, iy));
    }

  Refinement result;
  BandSamples s(window.width, window.height);
  std::vector<float> scratch;
  std::vector<double> knee(textured.size(), 0.0);  // of the squared residual; 0: none yet
  for (int iteration = 0; iteration < max_iterations && !result.converged; ++iteration) {
    NormalEquations sum;
    for (std::size_t b = 0; b < textured.size(); ++b) {
      const Gradient &before = textured[b]->before, &after = textured[b]->after;
      sample_shifted(before.x, window.x, window.y, -fx / 2, -fy / 2, s.before_x, scratch);
      sample_shifted(before.y, window.x, window.y, -fx / 2, -fy / 2, s.before_y, scratch);
      sample_shifted(after.x, window.x + ix, window.y + iy, fx / 2, fy / 2, s.after_x, scratch);
      sample_shifted(after.y, window.x + ix, window.y + iy, fx / 2, fy / 2, s.after_y, scratch);
      const BandEquations band = accumulate({s.before_x, s.before_y, s.after_x, s.after_y, weights[b]}, knee[b]);
      knee[b] = outlier_knee * band.typical_squared_residual;
      sum.add(band);
    }
    const double det = sum.h.xx * sum.h.yy - sum.h.xy * sum.h.xy;
    if (!(sum.h.xx > least_curvature && sum.h.yy > least_curvature && det > least_curvature * sum.h.xx * sum.h.yy))
      return result;
    const double step_x = -(sum.h.yy * sum.g.x - sum.h.xy * sum.g.y) / det;
    const double step_y = -(sum.h.xx * sum.g.y - sum.h.xy * sum.g.x) / det;
    fx += step_x;
    fy += step_y;
    if (!(std::hypot(ix + fx - dx, iy + fy - dy) <= largest_move)) return result;
    // The estimate has taken two degrees of freedom from the blocks' scatter.
    const double blocks = std::max(sum.blocks(), 2.5);
    result.sigma =
        std::hypot(worse_standard_error(sum.h, sum.scatter) * std::sqrt(blocks / (blocks - 2)), sampling_error);
    // Bands are weighted by their inverse residual variance, so the inverse of the curvature is the covariance but for
    // the correlation of neighbouring residuals, which all windows share.
    result.var_x = sum.h.yy / det, result.cov_xy = -sum.h.xy / det, result.var_y = sum.h.xx / det;
    result.agreement = sum.agreement();
    result.agreement_by_chance = std::sqrt(pixels_a_sample / std::max(sum.most_weight, pixels_a_sample));
    result.x = window.x + sum.centroid.x - fx / 2;
    result.y = window.y + sum.centroid.y - fy / 2;
    result.converged = iteration >= 2 && std::hypot(step_x, step_y) < small_step;
  }
  result.dx = ix + fx;
  result.dy = iy + fy;
  return result;
}

}  // namespace plotwatch::registration
