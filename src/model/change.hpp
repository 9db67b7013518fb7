// Options of the change stage. Its fitted model is in change/change_model.hpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace plotwatch {

struct ChangeOptions {
  // Share of unchanged pixels that may pass into the outline of a change, by the null distribution measured on the
  // pair.
  double false_alarm_rate = 0.003;
  // A change counts only where at least one of its pixels passes this fraction of that rate (hysteresis: Canny 1986).
  double seed_fraction = 1.0 / 30;
  double smoothing_px = 1.0;  // sigma of the Gaussian over each score, working-grid pixels; 0 turns it off
  int search_radius =
      1;  // px, of the change vector's search; used where registration leaves more than search_residual_px; 0 to 2
  double search_residual_px = 0.35;  // px
  int min_pixels = 4;                // smaller components are dropped
  int closing_px = 1;                // radius of the morphological closing of the change mask; 0 turns it off
  int max_iterations = 50;           // of the reweighting in IR-MAD and slow features
  // Candidates less distinct than this are dropped (vectorise/distinctness.hpp).
  double min_distinctness = 0.75;
  // How much the compactness and length of an outline count in it, 0 to 2: where pixels are smaller than buildings a
  // change has the shape of what was made; where they are larger it has the shape of the town's edge.
  double outline_weight = 0;
  // Instead of it: candidates on a km2 of scanned ground, the most distinct ones.
  std::optional<double> false_alarms_per_km2;

  // Displacement in px that a change still shows through: the search finds a pixel that lies in the next one.
  double bearable_px() const { return search_radius + 0.5; }

  std::vector<std::string> problems() const {
    std::vector<std::string> p;
    if (!(false_alarm_rate > 0 && false_alarm_rate < 0.5))
      p.push_back("change.false_alarm_rate must be above 0 and below 0.5");
    if (!(seed_fraction > 0 && seed_fraction <= 1)) p.push_back("change.seed_fraction must be above 0 and at most 1");
    if (!(smoothing_px >= 0 && smoothing_px <= 4)) p.push_back("change.smoothing_px must be 0 to 4 pixels");
    if (search_radius < 0 || search_radius > 2) p.push_back("change.search_radius must be 0, 1 or 2 pixels");
    if (min_pixels < 1) p.push_back("change.min_pixels must be at least 1");
    if (closing_px < 0 || closing_px > 3) p.push_back("change.closing_px must be 0 to 3 pixels");
    if (max_iterations < 1 || max_iterations > 1000) p.push_back("change.max_iterations must be 1 to 1000");
    if (!(min_distinctness >= -4 && min_distinctness <= 4)) p.push_back("change.min_distinctness must be -4 to 4");
    if (!(outline_weight >= 0 && outline_weight <= 2)) p.push_back("change.outline_weight must be 0 to 2");
    if (false_alarms_per_km2 && !(*false_alarms_per_km2 > 0))
      p.push_back("change.false_alarms_per_km2 must be above 0");
    return p;
  }
};

}  // namespace plotwatch
