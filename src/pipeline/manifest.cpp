#include "pipeline/manifest.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include <fmt/format.h>
#include <tbb/parallel_for.h>
#include <nlohmann/json.hpp>

#include "core/hash.hpp"
#include "io/atomic_file.hpp"
#include "io/crs.hpp"
#include "kernels/base/backend.hpp"
#include "pipeline/work_folder.hpp"

namespace plotwatch::pipeline {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

// In parallel.
std::vector<std::string> sha256_files(const std::vector<std::string>& files) {
  std::vector<std::string> digests(files.size());
  tbb::parallel_for(std::size_t{0}, files.size(), [&](std::size_t i) { digests[i] = sha256_file(files[i]); });
  return digests;
}

template <class T>
Json optional(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

Json scene_options(const SceneOptions& o) {
  return {{"path", o.path},
          {"date", o.date ? Json(o.date->iso()) : Json()},
          {"sensor", optional(o.sensor)},
          {"roles", o.roles},
          {"scale", optional(o.scale)},
          {"offset", optional(o.offset)},
          {"nodata", optional(o.nodata)},
          {"calibration", optional(o.calibration)},
          {"mask", optional(o.mask)}};
}

Json options_json(const ScanOptions& o) {
  Json j;
  j["before"] = scene_options(o.before);
  j["after"] = scene_options(o.after);
  j["plots"] = {{"path", o.plots.path},
                {"layer", optional(o.plots.layer)},
                {"code_field", optional(o.plots.code_field)},
                {"name_field", optional(o.plots.name_field)},
                {"status_field", optional(o.plots.status_field)},
                {"unit_field", optional(o.plots.unit_field)},
                {"status_from_field", optional(o.plots.status_from_field)},
                {"status_to_field", optional(o.plots.status_to_field)},
                {"status_names", o.plots.status_names},
                {"default_status", optional(o.plots.default_status)},
                {"table", optional(o.plots.table)},
                {"sheet", optional(o.plots.sheet)},
                {"crs", optional(o.plots.crs)},
                {"permits", optional(o.plots.permits)},
                {"surroundings", optional(o.plots.surroundings)},
                {"observations", optional(o.plots.observations)},
                {"margin_m", o.plots.margin_m}};
  j["mask"] = {{"dilate_m", o.mask.dilate_m}};
  j["grid"] = {{"crs", optional(o.grid.crs)}, {"pixel_size", optional(o.grid.pixel_size)}};
  const RegistrationOptions& r = o.registration;
  j["registration"] = {{"enabled", r.enabled},
                       {"max_shift", r.max_shift},
                       {"window", r.window},
                       {"min_tie_points", r.min_tie_points},
                       {"min_reliability", r.min_reliability},
                       {"outlier_px", r.outlier_px},
                       {"held_out_share", r.held_out_share},
                       {"min_improvement", r.min_improvement},
                       {"seed", r.seed}};
  const ChangeOptions& c = o.change;
  j["change"] = {{"false_alarm_rate", c.false_alarm_rate},
                 {"seed_fraction", c.seed_fraction},
                 {"smoothing_px", c.smoothing_px},
                 {"search_radius", c.search_radius},
                 {"search_residual_px", c.search_residual_px},
                 {"min_pixels", c.min_pixels},
                 {"closing_px", c.closing_px},
                 {"max_iterations", c.max_iterations},
                 {"min_distinctness", c.min_distinctness},
                 {"outline_weight", c.outline_weight},
                 {"false_alarms_per_km2", optional(c.false_alarms_per_km2)}};
  j["run"] = {{"whole_scene", o.run.whole_scene}, {"rules", o.run.rules},   {"min_area_m2", o.run.min_area_m2},
              {"max_chips", o.run.max_chips},     {"preset", o.run.preset}, {"budget", optional(o.run.budget)},
              {"exports", o.run.exports},         {"images", o.run.images}};
  return j;
}

// Every file on disk that pixels, masks, plots or rules come from.
std::vector<std::string> input_files(const Inputs& in, const ScanOptions& options) {
  std::set<std::string> files;
  for (const Scene* s : {&in.before, &in.after}) {
    for (const SceneRaster& r : s->rasters) files.insert(r.path);
    files.insert(s->source);
  }
  files.insert(options.plots.path);
  const PlotOptions& p = options.plots;
  for (const auto& path : {p.table, p.permits, p.surroundings, p.observations}) files.insert(path.value_or(""));
  files.insert(in.rules.source);
  std::vector<std::string> regular;
  for (const std::string& f : files) {
    std::error_code error;
    if (!f.empty() && fs::is_regular_file(f, error)) regular.push_back(f);
  }
  return regular;
}

Json scene_json(const Scene& s) {
  Json j = {{"id", s.id}, {"source", s.source}, {"sensor", s.sensor}, {"date", s.date ? Json(s.date->iso()) : Json()}};
  for (const SceneBand& b : s.bands)
    j["bands"].push_back({{"role", std::string(name(b.role))},
                          {"file", b.path},
                          {"band", b.band},
                          {"scale", b.scale},
                          {"offset", b.offset},
                          {"nodata", optional(b.nodata)}});
  for (const QualityBand& q : s.quality) j["quality"].push_back({{"kind", q.kind}, {"file", q.path}});
  j["notes"] = s.notes;
  return j;
}

Json null_json(const kernels::NullModel& n) { return {{"location", n.location}, {"scale", n.scale}}; }

Json curve_json(const kernels::NullCurve& c) {
  Json j = {{"first", c.first}, {"step", c.step}};
  for (const kernels::NullModel& n : c.knots) j["knots"].push_back({n.location, n.scale});
  return j;
}

Json registration_json(const Registration& r) {
  const RegistrationQuality& q = r.quality;
  const DisplacementField& f = r.field;
  return {
      {"applied", q.applied},
      {"model", static_cast<int>(q.model)},
      {"failed", q.failed},
      {"reason", q.reason},
      {"windows", q.windows},
      {"used", q.used},
      {"held_out", q.held_out},
      {"unreliable", q.unreliable},
      {"inconsistent", q.inconsistent},
      {"outliers", q.outliers},
      {"fit_rmse_px", optional(q.fit_rmse)},
      {"held_out_rmse_before_px", optional(q.held_out_rmse_before)},
      {"held_out_rmse_after_px", optional(q.held_out_rmse_after)},
      {"held_out_p90_after_px", optional(q.held_out_p90_after)},
      {"residual_px", q.residual_px},
      {"field", {{"centre", {f.centre_x, f.centre_y}}, {"dx", f.a}, {"dy", f.b}, {"node_spacing", f.node_spacing}}}};
}

Json change_json(const change::ChangeModel& m) {
  return {{"sample_pixels", m.summary.sample_pixels},
          {"irmad_iterations", m.summary.irmad_iterations},
          {"irmad_converged", m.summary.irmad_converged},
          {"canonical_correlations", m.summary.canonical_correlations},
          {"slow_feature_iterations", m.summary.slow_feature_iterations},
          {"slow_features_converged", m.summary.slow_features_converged},
          {"no_change_share", m.summary.no_change_share},
          {"search_radius", m.search_radius},
          {"strong_cut", m.strong_cut},
          {"weak_cut", m.weak_cut},
          {"null",
           {{"irmad", null_json(m.irmad_null)},
            {"slow_features", null_json(m.slow_features_null)},
            {"difference", null_json(m.difference_null)},
            {"fused", null_json(m.fused_null)},
            {"fused_along_edges", curve_json(m.fused_along_edges)}}}};
}

}  // namespace

std::string result_options(const ScanOptions& options) { return options_json(options).dump(2); }

std::string resume_key(const Inputs& in, const ScanOptions& options, const DeviceChoice& device) {
  Json j = options_json(options);
  j["layout"] = WorkFolder::layout;
  j["backend"] = std::string(name(device.backend));
  j["tile_size"] = options.run.tile_size;
  for (const std::string& f : input_files(in, options)) {
    std::error_code error;
    const auto time = fs::last_write_time(f, error).time_since_epoch().count();
    j["files"].push_back({f, static_cast<std::uintmax_t>(fs::file_size(f, error)), static_cast<std::int64_t>(time)});
  }
  return sha256(j.dump());
}

std::map<std::string, std::string> hash_inputs(const Inputs& in, const ScanOptions& options) {
  const std::vector<std::string> files = input_files(in, options);
  const std::vector<std::string> digests = sha256_files(files);
  std::map<std::string, std::string> hashes;
  for (std::size_t i = 0; i < files.size(); ++i) hashes[files[i]] = digests[i];
  return hashes;
}

void write_manifest(const fs::path& out, const Inputs& in, const ScanOptions& options, const Plan& plan,
                    const change::ChangeModel& model, const ScanResult& scan,
                    const std::map<std::string, std::string>& hashes, const std::vector<std::string>& outputs) {
  Json j;
  j["plotwatch"] = scan.version;
  j["before"] = scene_json(in.before);
  j["after"] = scene_json(in.after);
  for (const auto& [file, digest] : hashes) j["inputs"].push_back({{"file", file}, {"sha256", digest}});
  j["parameters"] = options_json(options);
  for (const BandRole r : in.roles) j["bands"].push_back(std::string(name(r)));
  j["grid"] = {{"crs", io::crs_name(in.grid.crs)},
               {"wkt", in.grid.crs.wkt},
               {"left", in.grid.left},
               {"top", in.grid.top},
               {"pixel_width", in.grid.pixel_width},
               {"pixel_height", in.grid.pixel_height},
               {"width", in.grid.width},
               {"height", in.grid.height}};
  j["registration"] = registration_json(scan.registration);
  j["change"] = change_json(model);
  const auto unobserved = std::count_if(scan.plots.begin(), scan.plots.end(),
                                        [](const PlotResult& p) { return !p.observation.observable; });
  j["counts"] = {{"plots", scan.plots.size()},
                 {"plots_not_observable", unobserved},
                 {"register_findings", scan.findings.size()},
                 {"candidates", scan.candidates.size()},
                 {"pixels_scanned", plan.pixels}};
  std::vector<std::string> files;
  for (const std::string& o : outputs) files.push_back((out / o).string());
  const std::vector<std::string> digests = sha256_files(files);
  for (std::size_t i = 0; i < files.size(); ++i) j["outputs"].push_back({{"file", outputs[i]}, {"sha256", digests[i]}});
  io::write_file(out / "manifest.json", j.dump(2) + "\n");
}

void write_run_log(const fs::path& out, const ScanOptions& options, const Plan& plan, const DeviceChoice& device,
                   const MatchingLog& matching, const std::vector<StageCost>& stages,
                   const io::BlockCacheStats& decoded, std::size_t resumed_tiles) {
  Json j;
  StageCost total;
  for (const StageCost& s : stages) {
    j["seconds"][s.stage] = s.seconds;
    j["cpu_seconds"][s.stage] = s.cpu_seconds;
    j["peak_mib"][s.stage] = s.peak_mib;
    total.seconds += s.seconds;
    total.cpu_seconds += s.cpu_seconds;
    total.peak_mib = std::max(total.peak_mib, s.peak_mib);
  }
  j["seconds"]["total"] = total.seconds;
  j["cpu_seconds"]["total"] = total.cpu_seconds;
  j["peak_memory_mib"] = total.peak_mib;
  j["memory_budget_mib"] = options.run.memory_mib;
  j["workers"] = plan.workers;
  j["device"] = {{"asked", device.asked},
                 {"backend", std::string(name(device.backend))},
                 {"index", device.index},
                 {"name", device.name},
                 {"windows_correlated", matching.on_device},
                 {"windows_again_on_cpu", matching.again_on_cpu}};
  if (!device.why_no_transforms.empty()) j["device"]["why_no_transforms"] = device.why_no_transforms;
  j["instruction_set"] = std::string(kernels::cpu_target());
  j["tile_size"] = options.run.tile_size;
  j["tiles"] = plan.tiles.size();
  j["tiles_resumed"] = resumed_tiles;
  j["decoded"] = {{"cells", decoded.cells_decoded},
                  {"cells_again", decoded.cells_decoded_again},
                  {"samples", decoded.samples_decoded},
                  {"worker_seconds", decoded.decode_seconds}};
  io::write_file(out / "run.json", j.dump(2) + "\n");
}

}  // namespace plotwatch::pipeline
