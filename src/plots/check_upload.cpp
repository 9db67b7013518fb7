// What the checker of the national system's boundary upload asks for.
#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "io/crs.hpp"
#include "io/files.hpp"
#include "plots/boundary_upload.hpp"
#include "plots/check_register.hpp"
#include "plots/columns.hpp"

namespace plotwatch::plots {
namespace {

using Severity = PlotFinding::Severity;

struct Required {
  const char* column;
  std::function<bool(const Plot&)> filled;
};

const std::vector<Required>& required() {
  using P = const Plot&;
  static const std::vector<Required> all{
      {"DKMC (地块名称)", [](P p) { return !p.name.empty(); }},
      {"DKDM (地块代码)", [](P p) { return !p.code.empty() && !p.code.starts_with("row-"); }},
      {"XZQDM (行政区代码)", [](P p) { return !p.district_code.empty(); }},
      {"XZQMC (行政区名称)", [](P p) { return !p.district_name.empty(); }},
      {"YDMJ (地块面积)", [](P p) { return p.stated_area_m2.has_value() && *p.stated_area_m2 > 0; }},
  };
  return all;
}

void check_name(const std::string& path, const PlotRegister& plots, std::vector<PlotFinding>& findings) {
  const std::string name = io::file_name_of(path);
  const std::optional<std::string> code = upload_code(name);
  if (!lower_ascii(name).ends_with(".zip")) {
    findings.push_back({Severity::warning, 0, "", "the upload must be a ZIP archive of a Shapefile", "upload",
                        "plotwatch plots convert FILE 初步调查<code>.zip writes one."});
  } else if (!code) {
    findings.push_back({Severity::warning, 0, "",
                        fmt::format("the file is called \"{}\", not 初步调查 and the 13-digit code of the plot", name),
                        "upload", "Rename it, for example 初步调查1101150000001.zip."});
  } else if (std::none_of(plots.plots.begin(), plots.plots.end(), [&](const Plot& p) { return p.code == *code; })) {
    findings.push_back({Severity::warning, 0, *code, "the file is named after a plot that it does not hold", "upload",
                        "Let the code in the name and the plot's DKDM be the same."});
  }
}

void check_columns(const PlotRegister& plots, std::vector<PlotFinding>& findings) {
  for (const Required& r : required()) {
    const auto filled = std::count_if(plots.plots.begin(), plots.plots.end(), r.filled);
    if (filled == 0) {
      findings.push_back({Severity::warning, 0, "", fmt::format("column {} is missing or empty", r.column), "upload",
                          "Add the column and fill it for every plot."});
      continue;
    }
    for (const Plot& p : plots.plots)
      if (!r.filled(p))
        findings.push_back(
            {Severity::warning, p.row, p.code, fmt::format("{} is empty", r.column), "upload", "Fill in the value."});
  }
}

void check_codes(const PlotRegister& plots, std::vector<PlotFinding>& findings) {
  for (const Plot& p : plots.plots) {
    const bool digits = std::all_of(p.code.begin(), p.code.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (p.code.size() != 13 || !digits)
      findings.push_back({Severity::warning, p.row, p.code, fmt::format("the code \"{}\" is not 13 digits", p.code),
                          "upload", "Use the code under which the plot is registered."});
    if (!p.district_code.empty() && digits && p.code.size() == 13 && !p.code.starts_with(p.district_code.substr(0, 6)))
      findings.push_back({Severity::note, p.row, p.code,
                          fmt::format("the code does not begin with the district's code {}", p.district_code), "upload",
                          "Check both."});
  }
}

// The place under which the plot is registered must lie in its boundary.
void check_places(const PlotRegister& plots, std::vector<PlotFinding>& findings) {
  const io::CoordinateTransform from_degrees(io::crs_from_user_input("EPSG:4490"), plots.crs);
  for (const Plot& p : plots.plots) {
    if (!p.stated_lonlat) continue;
    const Point at = from_degrees.apply(*p.stated_lonlat);
    if (!contains(p.geometry, at))
      findings.push_back({Severity::warning, p.row, p.code,
                          fmt::format("the registered place {:.6f}, {:.6f} (EPSG:4490) is not inside the boundary",
                                      p.stated_lonlat->x, p.stated_lonlat->y),
                          "upload",
                          "Correct the place in the system, or the boundary; a wrong zone moves plots by 3°."});
  }
}

}  // namespace

void check_upload(const PlotRegister& plots, const RegisterRequest& request, std::vector<PlotFinding>& findings) {
  check_name(request.path, plots, findings);
  if (io::is_geographic(plots.crs))
    findings.push_back({Severity::warning, 0, "", "the coordinates are degrees, not projected", "upload",
                        "Project them: CGCS2000 3-degree zone 39 is EPSG:4527."});
  check_columns(plots, findings);
  check_codes(plots, findings);
  check_places(plots, findings);
}

}  // namespace plotwatch::plots
