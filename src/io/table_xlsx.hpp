// A table of attributes as a workbook.
#pragma once

#include <string>

#include "io/vector.hpp"

namespace plotwatch::io {

// One sheet named as the layer: a frozen header with the names of the fields, then a row a feature. Text stays text, so
// that leading zeros of codes stay and nothing is run as a formula; read_table() reads the same values back. Geometry
// is left out. The same layer gives the same bytes. Throws Error(output).
std::string xlsx_bytes(const OutputLayer& layer);

}  // namespace plotwatch::io
