// All that the change stage learned from a pair: enough to score any of its tiles, each on its own.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "change/rarity_model.hpp"
#include "change/variate_models.hpp"
#include "kernels/cover/cover.hpp"
#include "kernels/significance/significance.hpp"
#include "model/band_role.hpp"

namespace plotwatch::change {

// What the manifest and the report tell of the fit.
struct FitSummary {
  std::size_t sample_pixels = 0;
  int irmad_iterations = 0, slow_feature_iterations = 0;
  bool irmad_converged = false, slow_features_converged = false;
  std::vector<double> canonical_correlations;
  double no_change_share = 0;  // mean no-change probability of the sample
};

struct ChangeModel {
  std::vector<BandRole> roles;  // order of the planes in both dates
  LinearVariates irmad, slow_features, difference;
  Standardisation standardisation;
  int search_radius = 0;  // px, of the change vector
  float smoothing_px = 1;
  // Of the logarithm of each smoothed score, and of the smallest of the three once standardised.
  kernels::NullModel irmad_null, slow_features_null, difference_null, fused_null;
  // Of the smallest again, by the logarithm of the strength of edges that both dates have: nowhere lower than
  // fused_null.
  kernels::NullCurve fused_along_edges{0, 1, {{0, 1}}};
  std::uint8_t weak_cut = 0, strong_cut = 0;  // of the stored score
  int closing_px = 0;
  kernels::CoverParams before_cover, after_cover;
  RarityModel rarity;
  FitSummary summary;

  // Pixels beyond a tile's core that its scores need.
  int halo() const;
};

}  // namespace plotwatch::change
