// Records of the registration stage.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/displacement_field.hpp"

namespace plotwatch {

// One measured displacement: the ground at (x, y) of the working grid lies in the after scene at (x + dx, y + dy).
struct TiePoint {
  enum class Fate { used, held_out, unreliable, inconsistent, outlier };
  double x = 0, y = 0;     // working-grid pixels
  double dx = 0, dy = 0;   // pixels
  double reliability = 0;  // [0, 1]: how far the match stands above chance, less where it is not sharp
  Fate fate = Fate::used;
  // Why an unreliable point is so: too few usable pixels; flat ground; ground that does not match.
  enum class Refusal { none, masked, no_texture, no_match };
  Refusal refusal = Refusal::none;
  double sigma = 0;  // px, standard error of the displacement along its worse direction; 0: not known
  // Covariance of (dx, dy) in px^2, up to a factor that all points of a match share; all 0: not known.
  double var_x = 0, cov_xy = 0, var_y = 0;
};

struct RegistrationQuality {
  enum class Model { identity, shift, affine, local };
  Model model = Model::identity;
  bool applied = false;  // false: the field is the identity, and `reason` says why
  std::string reason;    // one sentence for a person
  // Not applied, and the dates are known to lie further from each other than detection bears, or not to match at all:
  // nothing can be said of change. Decided by whoever knows what detection bears.
  bool failed = false;
  double coarse_px = 0;  // whole-pixel shift that the coarse step found; 0: none, or none to be trusted
  int windows = 0;       // tried
  int used = 0, held_out = 0, unreliable = 0, inconsistent = 0, outliers = 0;  // tie points by fate
  std::optional<double> fit_rmse;                                              // px, over the used points
  std::optional<double> held_out_rmse_before;  // px, over points the field was not fitted to, without the field
  std::optional<double> held_out_rmse_after;   // px, with it
  std::optional<double> held_out_p90_before;   // px, 90th percentile of the same
  std::optional<double> held_out_p90_after;    // px
  // Standard deviation of the residual misregistration in px, to be carried into detection.
  double residual_px = 0.5;
};

struct Registration {
  DisplacementField field;
  RegistrationQuality quality;
  std::vector<TiePoint> tie_points;
};

struct RegistrationOptions {
  bool enabled = true;
  int max_shift = 64;             // px, largest shift looked for in the coarse step
  int window = 96;                // px, side of a matching window, even
  int min_tie_points = 8;         // fewer used points: identity, flagged
  double min_reliability = 0.05;  // [0, 1]
  double outlier_px = 0.75;       // px, largest residual of an inlier in the robust fit
  double held_out_share = 0.25;   // of the tie points, for the check
  double min_improvement = 0.05;  // relative fall of the held-out RMSE below which the field is not used
  std::uint64_t seed = 20000317;  // of the robust estimation

  std::vector<std::string> problems() const {
    std::vector<std::string> p;
    if (max_shift < 0 || max_shift > 4096) p.push_back("registration.max_shift must be 0 to 4096 pixels");
    if (window < 32 || window > 512 || window % 2)
      p.push_back("registration.window must be an even number of pixels from 32 to 512");
    if (min_tie_points < 4) p.push_back("registration.min_tie_points must be at least 4");
    if (!(min_reliability >= 0 && min_reliability < 1))
      p.push_back("registration.min_reliability must be from 0 up to 1");
    if (!(outlier_px > 0)) p.push_back("registration.outlier_px must be above 0");
    if (!(held_out_share > 0 && held_out_share <= 0.5))
      p.push_back("registration.held_out_share must be above 0 and at most 0.5");
    if (!(min_improvement >= 0 && min_improvement < 1))
      p.push_back("registration.min_improvement must be from 0 up to 1");
    return p;
  }
};

}  // namespace plotwatch
