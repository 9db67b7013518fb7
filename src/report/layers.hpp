// A scan's results as vector layers: the fields that every format shares, in one place.
#pragma once

#include "io/vector.hpp"
#include "model/scan.hpp"

namespace plotwatch::report {

io::OutputLayer candidate_layer(const ScanResult& scan);  // one feature a candidate, by rank
io::OutputLayer plot_layer(const ScanResult& scan);       // one feature a plot, in the order of the register

}  // namespace plotwatch::report
