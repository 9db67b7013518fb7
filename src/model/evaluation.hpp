// Results against truth.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace plotwatch {

struct PixelFigures {
  std::int64_t true_positive = 0, false_positive = 0, true_negative = 0,
               false_negative = 0;  // labelled, observable pixels
  std::int64_t not_observable = 0;  // labelled, without a score
  double overall_accuracy = 0, kappa = 0, precision = 0, recall = 0, f1 = 0;
  double average_precision = 0, auc = 0;  // of the score, ties handled as one threshold
};

struct VisitFigures {
  int budget = 0;  // visits; the first N candidates by rank
  int visits = 0;  // made: min(budget, candidates on plots with a known answer)
  int right = 0;   // visits to truly changed ground
  double precision = 0, recall = 0;
};

struct PlotFigures {
  int changed = 0, unchanged = 0, undecided = 0;  // by truth
  int changed_flagged = 0, unchanged_flagged = 0, changed_not_observable = 0;
  double precision = 0, recall = 0;
  std::vector<VisitFigures> visits;  // one a budget
};

struct PolygonFigures {
  int truth = 0, detected = 0;    // truth polygons, and those that some candidate overlaps
  int candidates = 0, right = 0;  // candidates, and those that overlap truth
  double precision = 0, recall = 0;
};

struct Evaluation {
  std::optional<PixelFigures> pixels;
  std::optional<PlotFigures> plots;
  std::optional<PolygonFigures> polygons;
};

}  // namespace plotwatch
