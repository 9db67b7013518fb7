#include <fmt/format.h>

#include "core/error.hpp"
#include "io/crs.hpp"
#include "io/files.hpp"
#include "io/geometry_ops.hpp"
#include "io/text_encoding.hpp"
#include "plots/boundary_points.hpp"
#include "plots/register_source.hpp"

namespace plotwatch::plots {
namespace {

io::FieldValue text(const std::string& value) { return value.empty() ? io::FieldValue{} : io::FieldValue{value}; }

Crs crs_of(const BoundarySystem& system, const std::optional<std::string>& stated, const std::string& path) {
  if (const std::optional<int> epsg = system.epsg()) return io::crs_from_user_input(fmt::format("EPSG:{}", *epsg));
  if (stated) return io::crs_from_user_input(*stated);
  throw Error(ExitCode::input, "nothing tells in which zone the plots lie: neither 带号 nor the eastings have it", path,
              "Give the CRS with --crs, for central meridian 117° --crs EPSG:4548, or write 带号=39 into the header.");
}

}  // namespace

RegisterSource boundary_points_source(std::string_view bytes, const std::string& path,
                                      const std::optional<std::string>& crs) {
  const std::optional<io::DecodedText> decoded = io::decode_text(bytes);
  if (!decoded)
    throw Error(ExitCode::input, "is no text: neither UTF-8 nor GB18030", path,
                "Boundary points are a text file; check that the file is whole.");
  const BoundaryPointFile file = parse_boundary_points(decoded->text);
  if (file.refusal)
    throw Error(ExitCode::input, fmt::format("line {}: {}", file.refusal->line, file.refusal->problem), path,
                file.refusal->fix);
  RegisterSource source;
  for (const TextProblem& p : file.problems)
    source.findings.push_back({p.lost ? PlotFinding::Severity::warning : PlotFinding::Severity::note, p.line, p.code,
                               p.problem, "text", p.fix});
  if (file.parcels.empty())
    throw Error(ExitCode::input,
                file.problems.empty() ? "holds no plots"
                                      : fmt::format("holds no plots; line {}: {}", file.problems.front().line,
                                                    file.problems.front().problem),
                path, "A plot is a line that ends in @, followed by its points: name,ring,X,Y.");
  io::VectorLayer& layer = source.layer;
  layer.path = path;
  layer.name = io::stem_of(path);
  layer.crs = crs_of(file.system, crs, path);
  layer.fields = {"code", "name", "use", "land_class", "map_sheet", "stated_area_m2"};
  for (const BoundaryParcel& p : file.parcels) {
    io::Feature f;
    f.id = p.line;
    f.values = {text(p.code),  text(p.name),
                text(p.use),   text(p.land_class),
                text(p.sheet), p.stated_area_m2 ? io::FieldValue{*p.stated_area_m2} : io::FieldValue{}};
    io::CleanPolygons clean = io::clean_polygons(p.polygons);
    f.geometry = std::move(clean.polygons);
    f.geometry_problem = std::move(clean.problem);
    f.geometry_repaired = clean.repaired;
    layer.features.push_back(std::move(f));
  }
  return source;
}

}  // namespace plotwatch::plots
