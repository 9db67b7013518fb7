// A register's rows before anything is made of them, whatever file they come from. Private to plots.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "io/vector.hpp"
#include "plots/plot_register.hpp"

namespace plotwatch::plots {

struct RegisterSource {
  io::VectorLayer layer;
  std::vector<PlotFinding> findings;  // of the reading
};

// Any format, with the attribute table joined. Throws Error(input).
RegisterSource read_source(const RegisterRequest& request);

// Boundary-point text as stored; `crs` where the text does not tell its zone. Throws Error(input): not text, refused
// datum, several zones, no zone, no plots.
RegisterSource boundary_points_source(std::string_view bytes, const std::string& path,
                                      const std::optional<std::string>& crs);

// The national system's boundary upload: a ZIP with one Shapefile. Throws Error(input): damaged, none or several
// Shapefiles, no .dbf or .prj. What the upload checker would refuse and can still be read is a finding.
RegisterSource boundary_upload_source(std::string_view bytes, const std::string& path);

// Joins by code. Cells of the table win over the register's, where they are not empty. Codes on one side alone are
// findings. Throws Error(input) when the table has no column of codes.
void join_table(RegisterSource& source, const RegisterRequest& request);

}  // namespace plotwatch::plots
