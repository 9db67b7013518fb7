#include "evaluate/scan_folder.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "core/error.hpp"
#include "io/crs.hpp"
#include "io/vector.hpp"

namespace plotwatch::evaluate {

namespace {

std::size_t field_of(const io::VectorLayer& layer, const char* name) {
  const auto at = std::find(layer.fields.begin(), layer.fields.end(), name);
  if (at == layer.fields.end())
    throw Error(ExitCode::input, fmt::format("layer '{}' has no field '{}'", layer.name, name), layer.path,
                "give the folder that `plotwatch scan` wrote");
  return static_cast<std::size_t>(at - layer.fields.begin());
}

std::string text_of(const io::FieldValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* number = std::get_if<long long>(&value)) return std::to_string(*number);
  return {};
}

long long number_of(const io::FieldValue& value) {
  if (const auto* number = std::get_if<long long>(&value)) return *number;
  if (const auto* real = std::get_if<double>(&value)) return static_cast<long long>(*real);
  return 0;
}

}  // namespace

ScanFolder read_scan(const std::string& folder) {
  const std::filesystem::path root(folder);
  ScanFolder scan;
  scan.score = (root / "score.tif").string();
  scan.transition = (root / "transition.tif").string();
  const std::string vectors = (root / "candidates.gpkg").string();
  for (const std::string& path : {scan.score, scan.transition, vectors})
    if (!std::filesystem::exists(path))
      throw Error(ExitCode::input, "this file of a finished scan is missing", path,
                  "give the folder that `plotwatch scan` wrote");

  const io::VectorLayer candidates = io::read_vector(vectors, "candidates");
  const std::size_t rank = field_of(candidates, "rank"), plot_code = field_of(candidates, "plot_code");
  for (const io::Feature& f : candidates.features)
    scan.candidates.push_back({number_of(f.values[rank]), text_of(f.values[plot_code]), f.geometry});
  std::stable_sort(scan.candidates.begin(), scan.candidates.end(),
                   [](const ScannedCandidate& a, const ScannedCandidate& b) { return a.rank < b.rank; });

  const io::VectorLayer plots = io::read_vector(vectors, "plots");
  const std::size_t code = field_of(plots, "code"), observable = field_of(plots, "observable");
  for (const io::Feature& f : plots.features)
    scan.plots.push_back({text_of(f.values[code]), number_of(f.values[observable]) != 0, f.geometry});
  scan.crs = plots.crs;
  if (!io::same_crs(candidates.crs, plots.crs))
    throw Error(ExitCode::input, "its layers have different coordinate reference systems", vectors,
                "run the scan again");
  return scan;
}

}  // namespace plotwatch::evaluate
