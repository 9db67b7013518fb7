#include "registration/local_model.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <Eigen/Sparse>

#include "registration/robust.hpp"

namespace plotwatch::registration {
namespace {

constexpr int least_spacing = 16;        // px between nodes
constexpr int most_nodes = 48;           // a side
constexpr double nodes_a_sample = 2;
constexpr double pull_to_affine = 0.003; // ridge on node values, in units of the mean sample weight
constexpr double wide_gate = 3;          // outlier limits: how far from the affine model a local one may start
constexpr int reweightings = 5;

struct Nodes {
  int spacing = 0, columns = 0, rows = 0;
  int count() const { return columns * rows; }
  int at(int r, int c) const { return r * columns + c; }
};

Nodes lay_nodes(const Grid& grid, std::size_t samples) {
  const double area = double(grid.width) * grid.height;
  const int by_samples = int(std::sqrt(area / (nodes_a_sample * double(samples))));
  const int by_extent = (std::max(grid.width, grid.height) + most_nodes - 2) / (most_nodes - 1);
  Nodes n;
  n.spacing = std::max({least_spacing, by_samples, by_extent});
  n.columns = (grid.width + n.spacing - 1) / n.spacing + 1;
  n.rows = (grid.height + n.spacing - 1) / n.spacing + 1;
  return n;
}

struct Corner {
  int node;
  double weight;
};

// The same interpolation as DisplacementField::at.
std::array<Corner, 4> corners(const Nodes& n, double x, double y) {
  const double gx = std::clamp(x / n.spacing, 0.0, double(n.columns - 1));
  const double gy = std::clamp(y / n.spacing, 0.0, double(n.rows - 1));
  const int c = std::min(int(gx), n.columns - 2), r = std::min(int(gy), n.rows - 2);
  const double fx = gx - c, fy = gy - r;
  return {{{n.at(r, c), (1 - fx) * (1 - fy)},
           {n.at(r, c + 1), fx * (1 - fy)},
           {n.at(r + 1, c), (1 - fx) * fy},
           {n.at(r + 1, c + 1), fx * fy}}};
}

using Triplets = std::vector<Eigen::Triplet<double>>;

// Adds factor * (sum of weight * node)^2.
template <std::size_t N>
void add_square(Triplets& t, const std::array<Corner, N>& terms, double factor) {
  for (const Corner& p : terms)
    for (const Corner& q : terms) t.emplace_back(p.node, q.node, factor * p.weight * q.weight);
}

void add_bending(Triplets& t, const Nodes& n, double stiffness) {
  for (int r = 0; r < n.rows; ++r)
    for (int c = 0; c < n.columns; ++c) {
      if (c > 0 && c + 1 < n.columns)
        add_square<3>(t, {{{n.at(r, c - 1), 1}, {n.at(r, c), -2}, {n.at(r, c + 1), 1}}}, stiffness);
      if (r > 0 && r + 1 < n.rows)
        add_square<3>(t, {{{n.at(r - 1, c), 1}, {n.at(r, c), -2}, {n.at(r + 1, c), 1}}}, stiffness);
      if (c + 1 < n.columns && r + 1 < n.rows)
        add_square<4>(t, {{{n.at(r, c), 1}, {n.at(r, c + 1), -1}, {n.at(r + 1, c), -1}, {n.at(r + 1, c + 1), 1}}},
                      2 * stiffness);
    }
}

void solve_nodes(std::span<const Sample> samples, const std::vector<double>& weights, const Nodes& n,
                 double stiffness, DisplacementField& field) {
  double mean_weight = 0;
  for (const Sample& s : samples) mean_weight += s.weight / double(samples.size());
  Triplets triplets;
  Eigen::MatrixXd right = Eigen::MatrixXd::Zero(n.count(), 2);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const Sample& s = samples[i];
    const double w = weights[i] / mean_weight, u = s.x - field.centre_x, v = s.y - field.centre_y;
    const double dx = s.dx - (field.a[0] + field.a[1] * u + field.a[2] * v);
    const double dy = s.dy - (field.b[0] + field.b[1] * u + field.b[2] * v);
    const auto at = corners(n, s.x, s.y);
    add_square<4>(triplets, at, w);
    for (const Corner& c : at) {
      right(c.node, 0) += w * c.weight * dx;
      right(c.node, 1) += w * c.weight * dy;
    }
  }
  add_bending(triplets, n, stiffness);
  for (int i = 0; i < n.count(); ++i) triplets.emplace_back(i, i, pull_to_affine);
  Eigen::SparseMatrix<double> matrix(n.count(), n.count());
  matrix.setFromTriplets(triplets.begin(), triplets.end());
  const Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>> ldlt(matrix);
  const Eigen::MatrixXd nodes = ldlt.solve(right);
  field.local_dx.resize(static_cast<std::size_t>(n.count()));
  field.local_dy.resize(static_cast<std::size_t>(n.count()));
  for (int i = 0; i < n.count(); ++i) {
    field.local_dx[static_cast<std::size_t>(i)] = float(nodes(i, 0));
    field.local_dy[static_cast<std::size_t>(i)] = float(nodes(i, 1));
  }
}

}  // namespace

DisplacementField fit_local(std::span<const Sample> samples, const Grid& grid, const RobustLimits& limits,
                            double stiffness) {
  // Distortion leaves good points far from any affine model: it is fitted with a wider gate.
  RobustLimits wide = limits;
  wide.outlier_px *= wide_gate;
  DisplacementField field = fit_global(RegistrationQuality::Model::affine, samples, grid, wide);
  const Nodes nodes = lay_nodes(grid, samples.size());
  std::vector<double> residuals(samples.size()), weights(samples.size());
  for (int i = 0; i < reweightings; ++i) {
    for (std::size_t k = 0; k < samples.size(); ++k) residuals[k] = residual(field, samples[k]);
    // The gate narrows as the field bends to the points.
    const double largest = limits.outlier_px * std::max(1.0, wide_gate - i);
    const double cut = i == 0 ? largest : tukey_cut(residuals, largest);
    for (std::size_t k = 0; k < samples.size(); ++k) weights[k] = samples[k].weight * tukey_weight(residuals[k], cut);
    field.node_spacing = nodes.spacing;
    field.node_columns = nodes.columns;
    field.node_rows = nodes.rows;
    solve_nodes(samples, weights, nodes, stiffness, field);
  }
  return field;
}

}  // namespace plotwatch::registration
