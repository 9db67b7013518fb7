// What `plotwatch register` is asked and what it answers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/options.hpp"
#include "model/registration.hpp"
#include "model/scene.hpp"

namespace plotwatch {

struct RegisterOptions {
  SceneOptions reference, target;
  PlotOptions plots;  // path may be empty
  MaskOptions mask;
  RegistrationOptions registration;
  bool max_shift_given = false;        // else a tenth of the common ground is looked over, 64 px at least
  std::string aligned, field, report;  // files to write; empty: not written
  int workers = 0;                     // 0: one a core
  std::uint64_t memory_mib = 768;
};

// How well the ground of one plot is known to lie.
struct PlotRegistration {
  std::string code, name;
  bool on_both_scenes = false;        // its centre is
  int points = 0;                     // tie points that agree, within one and a half matching windows of its centre
  std::optional<double> residual_px;  // px, root mean square of what the field leaves of them
  Point displacement;                 // px of the working grid, at its centre
  double confidence = 0;              // [0, 1]: many points near, small residuals
};

// One place for the eye: the same ground as 8-bit grey, each date stretched for itself, 0 where there is nothing.
struct RegistrationView {
  PixelWindow window;                                    // of the working grid
  std::string why_zh, why_en;                            // why this place is shown
  Point displacement;                                    // px, in its middle
  std::vector<std::uint8_t> reference, target, aligned;  // as georeferenced; through the field
};

struct RegisterResult {
  Scene reference, target;
  std::vector<BandRole> reference_roles, target_roles;  // matched with each other
  Grid grid;                                            // working grid: the common ground in the coarser pixels
  Grid reference_grid;                                  // that field and aligned image lie on
  Registration registration;                            // on the working grid
  std::vector<PlotRegistration> plots;                  // in the order of the register
  std::vector<RegistrationView> views;
  std::vector<std::string> notes;
  std::string version;
};

}  // namespace plotwatch
