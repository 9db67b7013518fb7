#include "registration/local_model.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <Eigen/SparseCholesky>

#include "registration/robust.hpp"
#include "registration/spline_nodes.hpp"

namespace plotwatch::registration {
namespace {

constexpr int least_spacing = 32;  // px between nodes
constexpr int most_nodes = 24;     // a side
constexpr double nodes_a_sample = 2;
constexpr int baked_in_node = 4;  // bilinear nodes of the field between two of the spline
constexpr double memory = 4;      // nodes over which a bend fades where no tie points are
constexpr double wide_gate = 3;   // outlier limits: how far from the affine model a local one may start
constexpr int reweightings = 4;

SplineNodes lay_nodes(const Grid& grid, std::size_t samples) {
  const double area = double(grid.width) * grid.height;
  const int by_samples = int(std::sqrt(area / (nodes_a_sample * double(samples))));
  const int by_extent = (std::max(grid.width, grid.height) + most_nodes - 2) / (most_nodes - 1);
  const int spacing = std::max({least_spacing, by_samples, by_extent});
  return {grid, (spacing + baked_in_node - 1) / baked_in_node * baked_in_node};
}

using Matrix = Eigen::SparseMatrix<double>;
using Triplets = std::vector<Eigen::Triplet<double>>;

struct Term {
  int node;
  double factor;
};

// Adds stiffness * (sum of factor * node)^2 for both components, which are interleaved. Lower triangle only.
void add_square(Triplets& t, std::initializer_list<Term> terms, double stiffness) {
  for (const Term& p : terms)
    for (const Term& q : terms)
      if (p.node >= q.node)
        for (const int axis : {0, 1})
          t.emplace_back(2 * p.node + axis, 2 * q.node + axis, stiffness * p.factor * q.factor);
}

Triplets bending(const SplineNodes& n, double stiffness) {
  Triplets t;
  for (int r = 0; r < n.rows; ++r)
    for (int c = 0; c < n.columns; ++c) {
      if (c > 0 && c + 1 < n.columns)
        add_square(t, {{n.at(r, c - 1), 1}, {n.at(r, c), -2}, {n.at(r, c + 1), 1}}, stiffness);
      if (r > 0 && r + 1 < n.rows)
        add_square(t, {{n.at(r - 1, c), 1}, {n.at(r, c), -2}, {n.at(r + 1, c), 1}}, stiffness);
      if (c + 1 < n.columns && r + 1 < n.rows)
        add_square(t, {{n.at(r, c), 1}, {n.at(r, c + 1), -1}, {n.at(r + 1, c), -1}, {n.at(r + 1, c + 1), 1}},
                   2 * stiffness);
      add_square(t, {{n.at(r, c), 1}}, stiffness / std::pow(memory, 4));
    }
  return t;
}

struct Information {
  double xx, xy, yy;
};

Information information(const Sample& s) {
  return s.has_direction() ? Information{s.xx, s.xy, s.yy} : Information{s.weight, 0, s.weight};
}

// Adds the sample's equations; `right` has both components interleaved.
void add_sample(Triplets& t, Eigen::VectorXd& right, const SplineNodes& n, const Sample& s, double dx, double dy,
                double factor) {
  const Information i = information(s);
  const double xx = factor * i.xx, xy = factor * i.xy, yy = factor * i.yy;
  const SplineReach reach(n, s.x, s.y);
  for (int a = 0; a < 16; ++a) {
    const int p = n.at(reach.row + a / 4, reach.column + a % 4);
    const double wp = reach.weight(a / 4, a % 4);
    right(2 * p) += wp * (xx * dx + xy * dy);
    right(2 * p + 1) += wp * (xy * dx + yy * dy);
    for (int b = 0; b <= a; ++b) {
      const int q = n.at(reach.row + b / 4, reach.column + b % 4);
      const double w = wp * reach.weight(b / 4, b % 4);
      t.emplace_back(2 * p, 2 * q, w * xx);
      t.emplace_back(2 * p + 1, 2 * q, w * xy);
      if (p != q) t.emplace_back(2 * p, 2 * q + 1, w * xy);
      t.emplace_back(2 * p + 1, 2 * q + 1, w * yy);
    }
  }
}

// The spline at the nodes of the field, which is bilinear between them.
void bake(const SplineNodes& n, const Eigen::VectorXd& coefficients, DisplacementField& field) {
  field.node_spacing = n.spacing / baked_in_node;
  field.node_columns = (n.columns - 3) * baked_in_node + 1;
  field.node_rows = (n.rows - 3) * baked_in_node + 1;
  const auto nodes = static_cast<std::size_t>(field.node_columns) * static_cast<std::size_t>(field.node_rows);
  field.local_dx.resize(nodes);
  field.local_dy.resize(nodes);
  std::size_t i = 0;
  for (int r = 0; r < field.node_rows; ++r)
    for (int c = 0; c < field.node_columns; ++c, ++i) {
      const SplineReach reach(n, c * field.node_spacing, r * field.node_spacing);
      double dx = 0, dy = 0;
      for (int a = 0; a < 16; ++a) {
        const int p = n.at(reach.row + a / 4, reach.column + a % 4);
        dx += reach.weight(a / 4, a % 4) * coefficients(2 * p);
        dy += reach.weight(a / 4, a % 4) * coefficients(2 * p + 1);
      }
      field.local_dx[i] = float(dx);
      field.local_dy[i] = float(dy);
    }
}

void solve_nodes(std::span<const Sample> samples, const std::vector<double>& weights, const SplineNodes& n,
                 Triplets triplets, DisplacementField& field) {
  double mean_weight = 0;
  for (const Sample& s : samples) mean_weight += s.weight / double(samples.size());
  Eigen::VectorXd right = Eigen::VectorXd::Zero(2 * n.count());
  triplets.reserve(triplets.size() + 528 * samples.size());
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const Sample& s = samples[i];
    if (!(weights[i] > 0)) continue;
    const double u = s.x - field.centre_x, v = s.y - field.centre_y;
    const double dx = s.dx - (field.a[0] + field.a[1] * u + field.a[2] * v);
    const double dy = s.dy - (field.b[0] + field.b[1] * u + field.b[2] * v);
    add_sample(triplets, right, n, s, dx, dy, weights[i] / mean_weight);
  }
  Matrix matrix(2 * n.count(), 2 * n.count());
  matrix.setFromTriplets(triplets.begin(), triplets.end());
  const Eigen::SimplicialLDLT<Matrix, Eigen::Lower> ldlt(matrix);
  bake(n, ldlt.solve(right), field);
}

}  // namespace

DisplacementField fit_local(std::span<const Sample> samples, const Grid& grid, const RobustLimits& limits,
                            double stiffness) {
  // Distortion leaves good points far from any affine model: it is fitted with a wider gate.
  RobustLimits wide = limits;
  wide.outlier_px *= wide_gate;
  DisplacementField field = fit_global(RegistrationQuality::Model::affine, samples, grid, wide);
  const SplineNodes nodes = lay_nodes(grid, samples.size());
  const Triplets bends = bending(nodes, stiffness);
  std::vector<double> residuals(samples.size()), weights(samples.size());
  for (int i = 0; i < reweightings; ++i) {
    for (std::size_t k = 0; k < samples.size(); ++k) residuals[k] = residual(field, samples[k]);
    // The gate narrows as the field bends to the points.
    const double largest = limits.outlier_px * std::max(1.0, wide_gate - i);
    const double cut = i == 0 ? largest : tukey_cut(residuals, largest);
    for (std::size_t k = 0; k < samples.size(); ++k) weights[k] = tukey_weight(residuals[k], cut);
    solve_nodes(samples, weights, nodes, bends, field);
  }
  return field;
}

}  // namespace plotwatch::registration
