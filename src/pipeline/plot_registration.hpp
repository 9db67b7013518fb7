// How well the ground of each plot is known to lie.
#pragma once

#include <vector>

#include "model/plot.hpp"
#include "model/register_result.hpp"

namespace plotwatch::pipeline {

// One a plot. `window` is the side of a matching window, px.
std::vector<PlotRegistration> plot_registrations(const PlotRegister& plots, const Grid& grid,
                                                 const Registration& registration, int window);

}  // namespace plotwatch::pipeline
