#include "registration/global_model.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <Eigen/Dense>

#include "registration/robust.hpp"

namespace plotwatch::registration {
namespace {

using Model = RegistrationQuality::Model;

constexpr int consensus_trials = 400;
constexpr int reweightings = 12;
constexpr double smallest_triangle = 1e-3;  // of the grid's area: flatter ones give no affine

// Pseudo-random numbers that are the same on every platform (S. Vigna's splitmix64).
std::uint64_t next_random(std::uint64_t& state) {
  std::uint64_t z = (state += 0x9E3779B97F4A7C15u);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

DisplacementField centred(const Grid& grid) {
  DisplacementField field;
  field.centre_x = grid.width / 2.0;
  field.centre_y = grid.height / 2.0;
  return field;
}

// Weighted least squares; false when the samples do not determine the model.
bool solve(Model model, std::span<const Sample> samples, std::span<const double> weights, double scale,
           DisplacementField& field) {
  const int n = model == Model::affine ? 3 : 1;
  Eigen::Matrix3d m = Eigen::Matrix3d::Zero();
  Eigen::Vector3d p = Eigen::Vector3d::Zero(), q = Eigen::Vector3d::Zero();
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const Sample& s = samples[i];
    // Coordinates near 1 keep the equations well conditioned.
    const Eigen::Vector3d row(1, (s.x - field.centre_x) / scale, (s.y - field.centre_y) / scale);
    m += weights[i] * row * row.transpose();
    p += weights[i] * s.dx * row;
    q += weights[i] * s.dy * row;
  }
  const Eigen::LDLT<Eigen::MatrixXd> ldlt(m.topLeftCorner(n, n));
  if (ldlt.info() != Eigen::Success || !(ldlt.vectorD().minCoeff() > 1e-9 * m(0, 0))) return false;
  const Eigen::VectorXd a = ldlt.solve(p.head(n)), b = ldlt.solve(q.head(n));
  for (int i = 0; i < 3; ++i) {
    field.a[i] = i < n ? a(i) / (i == 0 ? 1 : scale) : 0;
    field.b[i] = i < n ? b(i) / (i == 0 ? 1 : scale) : 0;
  }
  return true;
}

double consensus_cost(const DisplacementField& field, std::span<const Sample> samples, double threshold) {
  double cost = 0;
  for (const Sample& s : samples) cost += s.weight * std::min(1.0, std::pow(residual(field, s) / threshold, 2));
  return cost;
}

// The minimal model that leaves the least capped squared residual.
DisplacementField consensus(Model model, std::span<const Sample> samples, const Grid& grid, const RobustLimits& limits,
                            double scale) {
  DisplacementField best = centred(grid), trial = best;
  double least = std::numeric_limits<double>::infinity();
  std::uint64_t state = limits.seed;
  const std::size_t n = samples.size(), of = model == Model::affine ? 3 : 1;
  // A shift has few enough hypotheses to try them all.
  const int trials = model == Model::shift ? int(std::min<std::size_t>(n, consensus_trials)) : consensus_trials;
  const double ones[3] = {1, 1, 1};
  for (int t = 0; t < trials; ++t) {
    Sample chosen[3];
    if (model == Model::shift) {
      chosen[0] = samples[static_cast<std::size_t>(t)];
    } else {
      for (Sample& c : chosen) c = samples[next_random(state) % n];
      const double area = (chosen[1].x - chosen[0].x) * (chosen[2].y - chosen[0].y) -
                          (chosen[2].x - chosen[0].x) * (chosen[1].y - chosen[0].y);
      if (std::abs(area) < smallest_triangle * scale * scale) continue;
    }
    if (!solve(model, {chosen, of}, {ones, of}, scale, trial)) continue;
    const double cost = consensus_cost(trial, samples, limits.outlier_px);
    if (cost < least) least = cost, best = trial;
  }
  return best;
}

}  // namespace

std::size_t fewest_samples(Model model) {
  switch (model) {
    case Model::identity: return 0;
    case Model::shift: return 3;
    case Model::affine: return 6;
    case Model::local: return 16;
  }
  return 0;
}

double residual(const DisplacementField& field, const Sample& s) {
  const Point d = field.at(s.x, s.y);
  return std::hypot(s.dx - d.x, s.dy - d.y);
}

DisplacementField fit_global(Model model, std::span<const Sample> samples, const Grid& grid,
                             const RobustLimits& limits) {
  if (model == Model::identity || samples.empty()) return centred(grid);
  const double scale = std::max({grid.width, grid.height, 1}) / 2.0;
  DisplacementField field = consensus(model, samples, grid, limits, scale);
  std::vector<double> residuals(samples.size()), weights(samples.size());
  for (int i = 0; i < reweightings; ++i) {
    for (std::size_t k = 0; k < samples.size(); ++k) residuals[k] = residual(field, samples[k]);
    const double cut = tukey_cut(residuals, limits.outlier_px);
    for (std::size_t k = 0; k < samples.size(); ++k) weights[k] = samples[k].weight * tukey_weight(residuals[k], cut);
    if (!solve(model, samples, weights, scale, field)) break;
  }
  return field;
}

}  // namespace plotwatch::registration
