// What a scan produced, as the report stage takes it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "model/candidate.hpp"
#include "model/plot.hpp"
#include "model/registration.hpp"
#include "model/scene.hpp"

namespace plotwatch {

struct PlotResult {
  Plot plot;  // geometry in the working grid's CRS
  PlotObservation observation;
};

// A chip: both dates under one candidate, ready to draw. Display RGB, already jointly stretched.
struct ChipImage {
  int width = 0, height = 0;                        // px of the working grid
  PixelWindow window;                               // on the working grid
  std::vector<std::uint8_t> before_rgb, after_rgb;  // planar: R plane, G plane, B plane; 0 where not usable
};

struct ScanResult {
  Grid grid;  // working grid
  Scene before, after;
  Registration registration;
  std::vector<Candidate> candidates;  // by rank
  std::vector<PlotResult> plots;      // in the order of the register
  std::vector<PlotFinding> findings;
  std::string rules_source;
  std::string preset;  // of the sensor; empty: none
  double false_alarm_rate = 0;
  std::string version;  // of plotwatch
};

}  // namespace plotwatch
