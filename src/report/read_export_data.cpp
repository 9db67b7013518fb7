#include <charconv>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "io/crs.hpp"
#include "io/vector.hpp"
#include "report/exports.hpp"
#include "report/seen_text.hpp"

namespace plotwatch::report {
namespace {

// One row of a layer, by the names of its columns.
class Row {
 public:
  Row(const io::VectorLayer& layer, const io::Feature& feature) : feature_(feature) {
    for (std::size_t i = 0; i < layer.fields.size(); ++i) at_[layer.fields[i]] = i;
  }
  std::string text(const char* field) const {
    const io::FieldValue* v = value(field);
    const auto* text = v ? std::get_if<std::string>(v) : nullptr;
    return text ? *text : "";
  }
  std::optional<double> number(const char* field) const {
    const io::FieldValue* v = value(field);
    if (!v) return std::nullopt;
    if (const auto* real = std::get_if<double>(v)) return *real;
    if (const auto* whole = std::get_if<long long>(v)) return static_cast<double>(*whole);
    return std::nullopt;
  }
  double real(const char* field) const { return number(field).value_or(0); }
  int whole(const char* field) const { return static_cast<int>(real(field)); }
  std::optional<Date> date(const char* field) const { return parse_date(text(field)); }

 private:
  const io::FieldValue* value(const char* field) const {
    const auto found = at_.find(field);
    return found == at_.end() ? nullptr : &feature_.values[found->second];
  }
  const io::Feature& feature_;
  std::map<std::string, std::size_t> at_;
};

void read_evidence(const Row& row, Candidate& c) {
  c.stage = parse_stage(row.text("stage")).value_or(Stage::unclear);
  c.pixels = static_cast<std::int64_t>(row.real("pixels"));
  OutlineShape& shape = c.outline;
  shape.compactness = row.real("compactness");
  shape.elongation = row.real("elongation");
  shape.width_m = row.real("width_m");
  shape.parts = row.whole("parts");
  shape.holes = row.whole("holes");
  shape.inside_share = row.real("inside_share");
  shape.boundary_m = row.number("boundary_m");
  for (const auto& [ground, when] : {std::pair{&c.before, "before"}, std::pair{&c.after, "after"}}) {
    for (const GroundIndex index : all_ground_indices())
      if (const auto value = row.number(fmt::format("{}_{}", name(index), when).c_str())) ground->set(index, *value);
    read_spectrum(row.text(fmt::format("spectrum_{}", when).c_str()), *ground);
    read_cover(row.text(fmt::format("cover_{}", when).c_str()), *ground);
  }
}

Candidate candidate_of(const Row& row, const io::Feature& feature, const std::string& path) {
  Candidate c;
  c.id = row.text("candidate_id");
  c.rank = row.whole("rank");
  c.plot_code = row.text("plot_code");
  c.plot_name = row.text("plot_name");
  c.plot_status = row.text("plot_status");
  c.plot_unit = row.text("plot_unit");
  c.geometry = feature.geometry;
  const std::optional<Transition> transition = parse_transition(row.text("transition"));
  const std::optional<Severity> severity = parse_severity(row.text("severity"));
  if (!transition || !severity || c.rank < 1)
    throw Error(ExitCode::input, fmt::format("row {} is no candidate of a scan", feature.id), path,
                "Name the folder that plotwatch scan wrote.");
  c.transition = *transition;
  c.transition_share = row.real("transition_share");
  c.first_date = row.date("first_date");
  c.last_date = row.date("last_date");
  c.area_m2 = row.real("area_m2");
  c.plot_share = row.real("plot_share");
  c.mean_score = row.real("mean_score");
  c.peak_score = row.real("peak_score");
  c.confidence = row.real("confidence");
  c.verdict = {*severity,          row.text("rule_id"),
               row.text("reason"), row.text("reason_zh"),
               row.text("basis"),  row.whole("basis_verified") == 1};
  c.verdict.permit = row.text("permit");
  c.verdict.deadline = row.date("deadline");
  c.verdict.unit = row.text("check_unit");
  c.before_scene = row.text("before_scene");
  c.after_scene = row.text("after_scene");
  c.representative_lonlat = {row.real("lon"), row.real("lat")};
  c.registration_applied = row.whole("registration_applied") == 1;
  c.registration_residual_px = row.real("registration_residual_px");
  read_evidence(row, c);
  return c;
}

PlotResult plot_of(const Row& row, const io::Feature& feature) {
  PlotResult p;
  p.plot.code = row.text("code");
  p.plot.name = row.text("name");
  p.plot.status = row.text("status");
  p.plot.unit = row.text("unit");
  p.plot.district_code = row.text("district_code");
  p.plot.district_name = row.text("district_name");
  p.plot.geometry = feature.geometry;
  PlotObservation& o = p.observation;
  o.code = p.plot.code;
  o.observable = row.whole("observable") == 1;
  using Cause = PlotObservation::Cause;
  for (const Cause c :
       {Cause::outside_scene, Cause::nodata, Cause::cloud, Cause::cloud_shadow, Cause::registration, Cause::too_small})
    if (row.text("cause") == name(c)) o.cause = c;
  o.clear_share = row.real("clear_share");
  o.before_clear_share = row.real("before_clear_share");
  o.after_clear_share = row.real("after_clear_share");
  o.last_clear = row.date("last_clear");
  if (const auto days = row.number("days_since_clear")) o.days_since_clear = static_cast<int>(*days);
  o.candidates = row.whole("candidates");
  const auto shares = [&](auto& into, const char* vegetation, const char* bare, const char* built, const char* water) {
    into = {0, row.real(vegetation), row.real(bare), row.real(built), row.real(water)};
  };
  shares(o.before_cover, "vegetation_before", "bare_before", "built_before", "water_before");
  shares(o.after_cover, "vegetation_after", "bare_after", "built_after", "water_after");
  return p;
}

}  // namespace

ExportData read_export_data(const std::filesystem::path& folder) {
  if (!std::filesystem::exists(folder / "manifest.json"))
    throw Error(ExitCode::input, "holds no finished scan: there is no manifest.json", folder.string(),
                "Name the folder that plotwatch scan wrote; an interrupted scan goes on with --resume.");
  const std::string path = (folder / "candidates.gpkg").string();
  const io::VectorLayer candidates = io::read_vector(path, "candidates"), plots = io::read_vector(path, "plots");
  ExportData data;
  data.crs = candidates.crs;
  const io::CoordinateTransform from_lonlat(io::lonlat_crs(), data.crs);
  for (const io::Feature& f : candidates.features) {
    Candidate c = candidate_of(Row(candidates, f), f, path);
    c.representative = from_lonlat.apply(c.representative_lonlat);
    const std::filesystem::path chip = folder / "chips" / fmt::format("{:04}.png", c.rank);
    std::vector<std::uint8_t> png;
    if (std::filesystem::exists(chip)) {
      const std::string bytes = io::read_file(chip);
      png.assign(bytes.begin(), bytes.end());
    }
    data.chips.push_back(std::move(png));
    data.candidates.push_back(std::move(c));
  }
  for (const io::Feature& f : plots.features) data.plots.push_back(plot_of(Row(plots, f), f));
  return data;
}

}  // namespace plotwatch::report
