#include "pipeline/scan.hpp"

#include <future>
#include <map>

#include <fmt/format.h>
#include <tbb/global_control.h>
#include <tbb/parallel_invoke.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/log.hpp"
#include "io/atomic_file.hpp"
#include "io/block_cache.hpp"
#include "pipeline/candidates.hpp"
#include "pipeline/chips.hpp"
#include "pipeline/images.hpp"
#include "pipeline/inputs.hpp"
#include "pipeline/manifest.hpp"
#include "pipeline/plan.hpp"
#include "pipeline/rasters.hpp"
#include "pipeline/stage_log.hpp"
#include "pipeline/survey.hpp"
#include "pipeline/tile_flow.hpp"
#include "pipeline/work_folder.hpp"
#include "report/exports.hpp"
#include "report/report.hpp"

#ifndef PLOTWATCH_VERSION
#error "PLOTWATCH_VERSION comes from the build"
#endif

namespace plotwatch::pipeline {
namespace fs = std::filesystem;
namespace {

// What may lie in the output folder: nothing, a scan to be resumed, or one that the user gives up.
void prepare_folder(const RunOptions& run) {
  if (run.out.empty())
    throw Error(ExitCode::config, "no output folder is given", "run.out", "Give one with --out FOLDER.");
  std::error_code error;
  fs::create_directories(run.out, error);
  if (error)
    throw Error(ExitCode::output, "cannot be created: " + error.message(), run.out,
                "Check the path and its permissions.");
  if (!run.resume && !run.overwrite && fs::exists(fs::path(run.out) / "manifest.json"))
    throw Error(ExitCode::output, "holds a finished scan already", run.out,
                "Choose another --out, or give --overwrite.");
}

// From here on the folder is not whole. Comes after the lock and the reserved space, so that a scan that cannot begin
// leaves a finished one as it is.
void give_up_finished_scan(const fs::path& out) {
  std::error_code error;
  fs::remove(out / "manifest.json", error);
  if (error)
    throw Error(ExitCode::output, "cannot be replaced: " + error.message(), (out / "manifest.json").string(),
                "Check the permissions of the output folder.");
}

// Holds a finished scan of these very inputs, byte for byte, with these options.
bool is_complete(const fs::path& out, const Inputs& in, const ScanOptions& options) {
  if (!options.run.resume || !fs::exists(out / "manifest.json")) return false;
  const auto manifest = nlohmann::ordered_json::parse(io::read_file(out / "manifest.json"), nullptr, false);
  if (manifest.is_discarded() || !manifest.contains("parameters") ||
      manifest["parameters"].dump(2) != result_options(options))
    return false;
  std::map<std::string, std::string> scanned;
  for (const auto& file : manifest.value("inputs", nlohmann::ordered_json::array()))
    scanned[file.value("file", "")] = file.value("sha256", "");
  return scanned == hash_inputs(in, options);
}

ScanResult result_of(const Inputs& in, const ScanOptions& options, const SurveyResult& surveyed, Findings findings) {
  ScanResult r;
  r.grid = in.grid;
  r.before = in.before;
  r.after = in.after;
  r.registration = surveyed.registration;
  r.candidates = std::move(findings.candidates);
  for (std::size_t i = 0; i < in.plots.plots.size(); ++i) {
    r.plots.push_back({in.plots.plots[i], findings.observations[i]});
    r.plots.back().plot.geometry = in.shapes[i].geometry;
  }
  r.findings = in.plots.findings;
  r.rules_source = in.rules.source;
  r.preset = options.run.preset;
  r.false_alarm_rate = options.change.false_alarm_rate;
  r.version = PLOTWATCH_VERSION;
  return r;
}

// Everything but the manifest. The files know nothing of each other, so they are written side by side.
std::vector<std::string> write_outputs(const fs::path& out, const ScanResult& result,
                                       const std::vector<std::vector<std::uint8_t>>& chips,
                                       const std::vector<ChangeComponent>& components, const WorkFolder& work,
                                       const RunOptions& run) {
  std::vector<std::string> written{"candidates.gpkg", "candidates.geojson", "score.tif", "transition.tif",
                                   "report.html"};
  report::ReportOptions options;
  options.budget = run.budget;
  tbb::parallel_invoke([&] { report::write_layers(out / "candidates.gpkg", out / "candidates.geojson", result); },
                       [&] { write_rasters(out, result.grid, components, work, 1); },
                       [&] { report::write_html(out / "report.html", result, chips, options); });
  fs::remove_all(out / "chips");
  fs::create_directories(out / "chips");
  for (std::size_t i = 0; i < chips.size(); ++i) {
    if (chips[i].empty()) continue;
    const std::string file = fmt::format("chips/{:04}.png", result.candidates[i].rank);
    io::write_file(out / file, {reinterpret_cast<const char*>(chips[i].data()), chips[i].size()});
    written.push_back(file);
  }
  report::remove_exports(out);
  if (const auto exports = report::parse_exports(run.exports); !exports.empty())  // their data are a copy of all
    for (const std::string& name : report::write_exports(out, report::export_data(result, chips), exports, run.budget))
      written.push_back(name);
  return written;
}

}  // namespace

ScanSummary scan(const ScanOptions& options, const Hooks& hooks) {
  StageLog watch;
  const fs::path out = options.run.out;
  const DeviceChoice device = choose_device(options.run.device);
  prepare_folder(options.run);
  report::parse_exports(options.run.exports);  // a wrong word shows before hours of work
  const Inputs in = gather(options);
  if (is_complete(out, in, options)) return {{}, true};
  const Plan todo = plan(in, options);
  const tbb::global_control workers(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(todo.workers));
  WorkFolder work(out, in.grid, todo.tiles, resume_key(in, options, device), options.run.resume);
  give_up_finished_scan(out);
  io::remove_abandoned_files(out);
  const std::size_t resumed = work.finished().size();
  watch.lap("describe");

  io::BlockCacheStats decoded;
  SurveyResult surveyed;
  std::vector<ChangeComponent> components;
  std::future<std::map<std::string, std::string>> hashes;
  std::vector<std::vector<std::uint8_t>> chips;
  std::vector<std::string> images;
  ScanResult result;
  {  // while pixels are read
    io::BlockCache cache(todo.memory.block_cache);
    const PairReader reader(in, in.roles, cache, options.mask);
    surveyed = survey(in, options, todo.coverage, reader,
                      {device, todo.memory.budget / static_cast<std::size_t>(todo.workers)}, hooks);
    watch.lap("survey");
    hashes = std::async(std::launch::async, [&] { return hash_inputs(in, options); });
    run_tiles(in, todo, reader, surveyed.registration, surveyed.model, device, work, hooks);
    watch.lap("tiles");
    hooks.progress("drawing polygons", 0);
    Findings findings = find_candidates(in, options, surveyed.registration, surveyed.model, work);
    work.let_go();
    components = std::move(findings.components);
    result = result_of(in, options, surveyed, std::move(findings));
    watch.lap("candidates");
    chips = draw_chips(result, options, surveyed.model, reader);
    watch.lap("chips");
    remove_images(out);
    if (options.run.images) {
      images = write_images(out, in.grid, todo.coverage, reader, surveyed.registration.field, surveyed.model,
                            todo.workers, hooks);
      watch.lap("images");
    }
    decoded = cache.stats();
  }
  hooks.throw_if_cancelled();
  hooks.progress("writing outputs", 0);
  std::vector<std::string> outputs = write_outputs(out, result, chips, components, work, options.run);
  outputs.insert(outputs.end(), images.begin(), images.end());
  watch.lap("outputs");
  const auto digests = hashes.get();
  watch.lap("hashes");
  write_run_log(out, options, todo, device, surveyed.matching, watch.stages(), decoded, resumed);
  write_manifest(out, in, options, todo, surveyed.model, result, digests, outputs);
  work.remove();
  return {std::move(result), false};
}

}  // namespace plotwatch::pipeline
