// Results against truth, at the level of pixels, plots and polygons.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/evaluation.hpp"

namespace plotwatch::evaluate {

struct EvaluateRequest {
  std::string scan;                           // the folder that a scan wrote
  std::optional<std::string> truth_raster;    // 0 not labelled, 1 unchanged, 2 changed; on any grid of the same CRS
  std::optional<std::string> truth_polygons;  // changed ground
  std::vector<int> budgets{10, 20, 50};       // visits
  // A plot is changed with at least this many changed truth pixels, unchanged with none and this share labelled
  // unchanged.
  int changed_pixels = 15;
  double unchanged_share = 0.7;
};

Evaluation evaluate(const EvaluateRequest& request);

std::string to_text(const Evaluation& evaluation);
std::string to_json(const Evaluation& evaluation);

}  // namespace plotwatch::evaluate
