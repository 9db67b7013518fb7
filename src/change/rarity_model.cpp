#include "change/rarity_model.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "change/weighted.hpp"
#include "kernels/rarity/rarity_formula.hpp"

namespace plotwatch::change {
namespace {

constexpr int axes = kernels::rarity_axes, levels = kernels::rarity_levels, classes = kernels::rarity_classes;
constexpr int cells = kernels::rarity_cells;
constexpr double least_variance = 0.02;            // of a component, relative to the first one's
constexpr double lowest = 0.005, highest = 0.995;  // shares of the positions between which the levels lie
constexpr int lloyd_rounds = 10;
constexpr double unseen_pixels = 2;  // a row

using Place = std::array<double, axes>;  // of a cell's middle, in standard deviations of the axes

double distance2(const Place& a, const Place& b) {
  double sum = 0;
  for (std::size_t k = 0; k < axes; ++k) sum += (a[k] - b[k]) * (a[k] - b[k]);
  return sum;
}

double percentile(std::vector<double>& values, double share) {
  const auto k = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1) + 0.5);
  std::nth_element(values.begin(), values.begin() + k, values.end());
  return values[static_cast<std::size_t>(k)];
}

// Means and standard deviations of each date, then components of both dates' standardised spectra together.
void find_axes(const Eigen::MatrixXd& pixels, int bands, RarityModel& found) {
  const Eigen::VectorXd mean = pixels.rowwise().mean();
  Eigen::VectorXd sd = ((pixels.colwise() - mean).array().square().rowwise().mean()).sqrt().matrix();
  for (Eigen::Index i = 0; i < sd.size(); ++i)
    if (!(sd[i] > 0)) sd[i] = 1;
  const Eigen::MatrixXd standard = sd.cwiseInverse().asDiagonal() * (pixels.colwise() - mean);
  Eigen::MatrixXd covariance = Eigen::MatrixXd::Zero(bands, bands);
  for (const auto& date : {standard.topRows(bands), standard.bottomRows(bands)})
    covariance.selfadjointView<Eigen::Lower>().rankUpdate(date, 0.5 / static_cast<double>(pixels.cols()));
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solved(covariance);  // reads the lower triangle

  const double first = std::max(solved.eigenvalues()[bands - 1], 1e-12);
  for (int k = 0; k < axes; ++k) {
    Eigen::VectorXd weight = Eigen::VectorXd::Zero(bands);
    double low = 0, width = 1;
    if (k < bands) {
      const double variance = std::max(solved.eigenvalues()[bands - 1 - k], least_variance * first);
      weight = solved.eigenvectors().col(bands - 1 - k) / std::sqrt(variance);
      std::vector<double> positions;
      for (const auto& date : {standard.topRows(bands), standard.bottomRows(bands)}) {
        const Eigen::VectorXd p = date.transpose() * weight;
        positions.insert(positions.end(), p.data(), p.data() + p.size());
      }
      low = percentile(positions, lowest);
      width = percentile(positions, highest) - low;
      if (!(width > 0)) width = 1;
    }
    found.step[static_cast<std::size_t>(k)] = width / levels;
    for (auto [to, from] : {std::pair{&found.before_axes, 0}, {&found.after_axes, bands}}) {
      double constant = -low;
      for (int b = 0; b < bands; ++b) {
        to->push_back(static_cast<float>(weight[b] / sd[from + b] * levels / width));
        constant -= weight[b] * mean[from + b] / sd[from + b];
      }
      to->push_back(static_cast<float>(constant * levels / width));
    }
  }
}

// The very arithmetic of the kernel, so that the table counts what the pixels will be.
std::uint16_t cell_of(const kernels::Planes<const float>& date, const std::vector<float>& date_axes, int x, int y) {
  int cell = 0, stride = 1;
  for (int k = 0; k < axes; ++k, stride *= levels) {
    const float* weight = date_axes.data() + static_cast<std::ptrdiff_t>(k) * (date.bands + 1);
    float position = weight[date.bands];
    for (int b = 0; b < date.bands; ++b) position += weight[b] * date.band(b)(x, y);
    cell += stride * kernels::rarity_level(position);
  }
  return static_cast<std::uint16_t>(cell);
}

Place middle(int cell, const Place& step) {
  Place at{};
  for (std::size_t k = 0; k < axes; ++k, cell /= levels) at[k] = (cell % levels + 0.5) * step[k];
  return at;
}

struct Occupied {
  Place at;
  double pixels;
};

int nearest(const Place& at, const std::vector<Place>& codes) {
  int best = 0;
  double least = distance2(at, codes[0]);
  for (std::size_t c = 1; c < codes.size(); ++c)
    if (const double d = distance2(at, codes[c]); d < least) least = d, best = static_cast<int>(c);
  return best;
}

// Start with the fullest cell; then, again and again, the cell whose pixels lie farthest from any code.
std::vector<Place> first_codes(const std::vector<Occupied>& occupied) {
  std::size_t next = 0;
  for (std::size_t i = 1; i < occupied.size(); ++i)
    if (occupied[i].pixels > occupied[next].pixels) next = i;
  std::vector<Place> codes;
  std::vector<double> farness(occupied.size(), 1e300);
  while (codes.size() < std::min<std::size_t>(classes, occupied.size())) {
    codes.push_back(occupied[next].at);
    next = 0;
    double most = -1;
    for (std::size_t i = 0; i < occupied.size(); ++i) {
      farness[i] = std::min(farness[i], distance2(occupied[i].at, codes.back()));
      if (const double worth = occupied[i].pixels * farness[i]; worth > most) most = worth, next = i;
    }
  }
  return codes;
}

std::vector<Place> find_codes(const std::vector<Occupied>& occupied) {
  std::vector<Place> codes = first_codes(occupied);
  for (int round = 0; round < lloyd_rounds; ++round) {
    std::vector<Place> sum(codes.size(), Place{});
    std::vector<double> pixels(codes.size(), 0);
    for (const Occupied& o : occupied) {
      const auto c = static_cast<std::size_t>(nearest(o.at, codes));
      pixels[c] += o.pixels;
      for (std::size_t k = 0; k < axes; ++k) sum[c][k] += o.pixels * o.at[k];
    }
    for (std::size_t c = 0; c < codes.size(); ++c)
      if (pixels[c] > 0)
        for (std::size_t k = 0; k < axes; ++k) codes[c][k] = sum[c][k] / pixels[c];
  }
  return codes;
}

std::uint8_t stored(double share) {
  const double rarity = std::round(double{kernels::rarity_steps} * -std::log10(share));
  return static_cast<std::uint8_t>(std::clamp<double>(rarity, 0, kernels::rarity_most));
}

// counts: classes x classes, row the class before.
std::vector<std::uint8_t> table_of(const std::vector<double>& counts) {
  const auto at = [](int i, int j) { return static_cast<std::size_t>(i * classes + j); };
  std::vector<double> after(classes, 0);
  for (int i = 0; i < classes; ++i)
    for (int j = 0; j < classes; ++j) after[static_cast<std::size_t>(j)] += counts[at(i, j)];
  const double total = std::accumulate(after.begin(), after.end(), 0.0);
  std::vector<std::uint8_t> table(counts.size(), 0);
  if (!(total > 0)) return table;
  for (int i = 0; i < classes; ++i) {
    std::array<double, classes> share{};
    double row = unseen_pixels;
    for (int j = 0; j < classes; ++j) row += counts[at(i, j)];
    for (int j = 0; j < classes; ++j)
      share[static_cast<std::size_t>(j)] =
          (counts[at(i, j)] + unseen_pixels * after[static_cast<std::size_t>(j)] / total) / row;
    for (int j = 0; j < classes; ++j) {
      double no_likelier = 0;
      for (const double s : share)
        if (s <= share[static_cast<std::size_t>(j)]) no_likelier += s;
      table[at(i, j)] = stored(std::clamp(no_likelier, 1e-9, 1.0));
    }
  }
  return table;
}

}  // namespace

RarityModel fit_rarity_axes(const PixelSample& sample) {
  RarityModel model;
  model.classes.assign(cells, 0);
  model.table.assign(static_cast<std::size_t>(classes) * classes, 0);
  if (sample.pixels() > 0) {
    find_axes(matrix_of(sample), sample.bands, model);
  } else {
    model.before_axes.assign(static_cast<std::size_t>(axes) * static_cast<std::size_t>(sample.bands + 1), 0);
    model.after_axes = model.before_axes;
  }
  return model;
}

CellPair cells_at(const RarityModel& model, const kernels::Planes<const float>& before,
                  const kernels::Planes<const float>& after, int x, int y) {
  return {cell_of(before, model.before_axes, x, y), cell_of(after, model.after_axes, x, y)};
}

void learn_rarity(RarityModel& model, const std::vector<CellPair>& pairs) {
  if (pairs.empty()) return;
  std::vector<double> full(cells, 0);
  for (const CellPair& p : pairs) ++full[p.before], ++full[p.after];
  std::vector<Occupied> occupied;
  for (int c = 0; c < cells; ++c)
    if (full[static_cast<std::size_t>(c)] > 0)
      occupied.push_back({middle(c, model.step), full[static_cast<std::size_t>(c)]});
  const std::vector<Place> codes = find_codes(occupied);
  for (int c = 0; c < cells; ++c)
    model.classes[static_cast<std::size_t>(c)] = static_cast<std::uint8_t>(nearest(middle(c, model.step), codes));

  std::vector<double> counts(model.table.size(), 0);
  for (const CellPair& p : pairs)
    ++counts[static_cast<std::size_t>(model.classes[p.before] * classes + model.classes[p.after])];
  model.table = table_of(counts);
}

}  // namespace plotwatch::change
