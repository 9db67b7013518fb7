// What is known of a scene over the plots before it is compared with another: how clear each plot is, and how bright
// the ground under them.
#pragma once

#include <map>
#include <string>

#include "core/date.hpp"
#include "model/options.hpp"
#include "model/plot.hpp"
#include "model/scene.hpp"

namespace plotwatch::pipeline::nightly {

struct SceneLook {
  std::string id;  // SceneRecord::id
  Date date;
  std::string sensor, orbit;             // orbit: of the track, where the product tells it
  std::map<std::string, float> clear;    // by plot code: share of the plot that is clear, [0, 1]; absent: outside
  double plots_clear_share = 0;          // of all plots' pixels, [0, 1]
  std::map<std::string, double> median;  // by band role: of the clear pixels under plots; physical values
  std::string content;  // SHA-256 of its files' contents, or of their fingerprint where they are remote
};

// Reads the ground under the plots: all bands, masks grown as a scan does. Plots in the register's CRS. `id` and
// `content` are the caller's. Throws Error(input) for a block that cannot be read, a scene without a date or a band.
SceneLook look_at(const Scene& scene, const PlotRegister& plots, const MaskOptions& mask);

// The track that the product's name tells: "R089" of Sentinel-2, "123032" of Landsat; empty for other names.
std::string orbit_of(const std::string& product);

}  // namespace plotwatch::pipeline::nightly
