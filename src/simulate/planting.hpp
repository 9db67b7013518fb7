// Where implants go, how large they are and what they look like.
#pragma once

#include <string>
#include <vector>

#include "simulate/donors.hpp"
#include "simulate/outline.hpp"
#include "simulate/real_scene.hpp"
#include "simulate/simulate.hpp"

namespace plotwatch::simulate {

struct Implant {
  std::vector<Point> ring;  // pixels of the before scene, open
  Rect box;                 // of the ring
  Donor donor;
  double strength = 1;  // (0, 1]: share of the donor in what is seen in the middle
  double contrast = 0;  // of the donor against the old ground, standard deviations of the scene
  double area_px = 0;
  std::string plot_code;  // empty outside plots
};

// As many as are asked for, apart from each other, on valid ground that looks different from the donor; with plots at
// most one a plot. Throws Error(config) when they find no room.
std::vector<Implant> plan_implants(const RealScene& scene, const DonorPool& pool, const ImplantOptions& options);

}  // namespace plotwatch::simulate
