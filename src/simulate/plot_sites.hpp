// Choosing plots among the lots, and what the register says of them.
#pragma once

#include <vector>

#include "simulate/construction.hpp"

namespace plotwatch::simulate {

// Plots lie wholly in the scene, `margin` metres from its edge at least. Throws Error(config) when there are too few.
// `farmland`: how much likelier than usual fields, orchards and greenhouses are to be in the register.
std::vector<PlotSite> choose_plots(const Frame& frame, const Layout& layout, const DistrictOptions& options,
                                   double farmland = 1);

}  // namespace plotwatch::simulate
