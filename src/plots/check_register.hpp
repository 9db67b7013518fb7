// Whether a register can be relied on: what the national system's upload checker asks, and what lies wrong on the map.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/plot.hpp"
#include "plots/plot_register.hpp"

namespace plotwatch::plots {

struct CheckOptions {
  double area_tolerance = 0.01;         // of the measured area: a stated one may differ by this, and by 1 m²
  double overlap_m2 = 1;                // smaller overlaps are rounding
  double sliver_width_m = 1;            // parts, overlaps and gaps with a mean width below this are slivers
  double gap_m = 0.5;                   // neighbours that lie nearer than this without touching leave a gap
  bool upload = false;                  // the tests of the upload checker: file, columns, values, CRS, registered place
  std::optional<std::string> district;  // polygon file: plots that reach outside it
};

struct CheckResult {
  std::string source, crs;
  std::size_t plots = 0;
  std::vector<PlotFinding> findings;  // by row, then by kind
  bool passed() const;                // no warnings; notes are allowed
};

// Reads the register and looks at everything. Findings of reading are among them. Areas are taken on the ellipsoid.
// Throws Error as read_register does.
CheckResult check_register(const RegisterRequest& request, const CheckOptions& options);

// Parts, each on plots that were read already. Every finding says what, where and how to put it right.
void check_areas(const PlotRegister& plots, const CheckOptions& options, std::vector<PlotFinding>& findings);
void check_neighbours(const PlotRegister& plots, const CheckOptions& options, std::vector<PlotFinding>& findings);
void check_district(const PlotRegister& plots, const CheckOptions& options, std::vector<PlotFinding>& findings);
void check_upload(const PlotRegister& plots, const RegisterRequest& request, std::vector<PlotFinding>& findings);

}  // namespace plotwatch::plots
