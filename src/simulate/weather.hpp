// The days on which scenes are taken, and what sun, sky and soil are like then.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "simulate/air.hpp"
#include "simulate/phenology.hpp"
#include "simulate/season.hpp"

namespace plotwatch::simulate {

struct Acquisition {
  int number = 0;  // from 0
  Date date;
  std::string id, platform;  // "SIM_S2A_20240103", "sentinel-2a"
  Sun sun;
  double cloud_share = 0;           // [0, 0.97]
  double haze = 0;                  // [0, 1]
  double snow = 0;                  // [0, 1]
  double shift_x = 0, shift_y = 0;  // px
  Radiometry radiometry;            // what the correction for the atmosphere leaves
  std::uint64_t seed = 0;           // of everything else in this scene
};

// All scenes of the history, whether they are written or not.
std::vector<Acquisition> plan_acquisitions(const SeasonOptions& options);

// How many of them are written: those until options.until, no more than options.scenes.
int written_scenes(const SeasonOptions& options);

// Wetness of bare soil after the rain of the weeks before, [0, 0.8].
double soil_wetness(std::uint64_t seed, const Date& date);

}  // namespace plotwatch::simulate
