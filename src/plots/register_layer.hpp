// A register as a vector layer. Private to plots.
#pragma once

#include "io/vector.hpp"
#include "model/plot.hpp"

namespace plotwatch::plots {

// Names of columns: our own, or those of the national system (DKDM, DKMC, …), which fit into a Shapefile.
enum class Naming { own, national };

// One feature a plot. Columns in which no plot has anything are left out, but for code, name and status.
io::OutputLayer register_layer(const PlotRegister& plots, Naming naming);

}  // namespace plotwatch::plots
