// A scan's results as vector layers: the fields that every format shares, in one place.
#pragma once

#include "io/vector.hpp"
#include "model/scan.hpp"

namespace plotwatch::report {

// Features are made from the scan when they are written: it has to outlive the layer.
io::OutputLayer candidate_layer(const ScanResult& scan);  // one feature a candidate, by rank
io::OutputLayer plot_layer(const ScanResult& scan);       // one feature a plot, in the order of the register
io::OutputLayer candidate_layer(ScanResult&&) = delete;
io::OutputLayer plot_layer(ScanResult&&) = delete;

}  // namespace plotwatch::report
