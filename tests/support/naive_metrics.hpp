// Accuracy figures by their definitions, pair by pair and threshold by threshold: slow, and hard to get wrong.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <set>
#include <vector>

namespace plotwatch::test {

struct Labelled {
  int score = 0;
  bool changed = false;
};

// Share of (changed, unchanged) pairs in which the changed one scores higher; a tie counts half.
inline double naive_auc(const std::vector<Labelled>& samples) {
  double wins = 0, pairs = 0;
  for (const Labelled& a : samples)
    for (const Labelled& b : samples) {
      if (!a.changed || b.changed) continue;
      ++pairs;
      if (a.score > b.score) wins += 1;
      if (a.score == b.score) wins += 0.5;
    }
  return wins / pairs;
}

// Sum over thresholds, from the highest, of (recall - recall before) x precision, as scikit-learn defines it.
inline double naive_average_precision(const std::vector<Labelled>& samples) {
  std::set<int, std::greater<>> thresholds;
  double positives = 0;
  for (const Labelled& s : samples) {
    thresholds.insert(s.score);
    if (s.changed) ++positives;
  }
  double sum = 0, recall_before = 0;
  for (const int threshold : thresholds) {
    double taken = 0, right = 0;
    for (const Labelled& s : samples) {
      if (s.score < threshold) continue;
      ++taken;
      if (s.changed) ++right;
    }
    const double recall = right / positives;
    sum += (recall - recall_before) * right / taken;
    recall_before = recall;
  }
  return sum;
}

// Agreement beyond chance from the two raters' marginals.
inline double naive_kappa(const std::vector<bool>& truth, const std::vector<bool>& decided) {
  double agree = 0, truth_yes = 0, decided_yes = 0;
  const auto n = static_cast<double>(truth.size());
  for (std::size_t i = 0; i < truth.size(); ++i) {
    agree += truth[i] == decided[i] ? 1 : 0;
    truth_yes += truth[i] ? 1 : 0;
    decided_yes += decided[i] ? 1 : 0;
  }
  const double chance = (truth_yes * decided_yes + (n - truth_yes) * (n - decided_yes)) / (n * n);
  return (agree / n - chance) / (1 - chance);
}

}  // namespace plotwatch::test
