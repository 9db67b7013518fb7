#include "pipeline/record_folder.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "config/config.hpp"
#include "core/error.hpp"
#include "core/hash.hpp"
#include "core/log.hpp"
#include "io/atomic_file.hpp"
#include "io/crs.hpp"
#include "io/raster.hpp"
#include "pipeline/nightly/evidence.hpp"
#include "report/exports.hpp"

namespace plotwatch::pipeline {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::json;

struct Folder {
  Json manifest;
  std::string manifest_sha256;
  Crs crs;  // of the scan's grid
};

Error no_scan(const fs::path& folder, const std::string& what) {
  return Error(ExitCode::input, what, folder.string(), "Name the folder that a finished plotwatch scan wrote.");
}

Folder read_folder(const fs::path& folder) {
  const fs::path path = folder / "manifest.json";
  if (!fs::exists(path)) throw no_scan(folder, "holds no finished scan: there is no manifest.json");
  const std::string text = io::read_file(path);
  Folder out{Json::parse(text, nullptr, false), sha256(text), {}};
  if (out.manifest.is_discarded() || !out.manifest.contains("grid"))
    throw no_scan(folder, "its manifest.json is damaged");
  out.crs.wkt = out.manifest["grid"].value("wkt", "");
  return out;
}

Date date_of(const Json& scene, const Json& options, const fs::path& folder) {
  for (const Json* from : {&options, &scene})
    if (from->contains("date") && (*from)["date"].is_string())
      if (const auto date = parse_date((*from)["date"].get<std::string>())) return *date;
  throw no_scan(folder, "its manifest.json has no date of a scene");
}

ScanRecord record_of(const Folder& in, const fs::path& folder, const Stamp& stamp) {
  const Json &m = in.manifest, &parameters = m.at("parameters");
  ScanRecord out;
  out.before_date = date_of(m.at("before"), parameters.at("before"), folder);
  out.after_date = date_of(m.at("after"), parameters.at("after"), folder);
  out.before_scene = m.at("before").value("id", "");
  out.after_scene = m.at("after").value("id", "");
  out.id = fmt::format("{}-{}-{}", out.before_date.iso(), out.after_date.iso(), in.manifest_sha256.substr(0, 12));
  out.folder = fs::absolute(folder).lexically_normal().string();
  out.manifest_sha256 = in.manifest_sha256;
  out.version = m.value("plotwatch", "");
  out.rules_source = parameters.at("run").value("rules", "");
  out.sensor = m.at("after").value("sensor", "");
  out.registration_applied = m.at("registration").value("applied", false);
  out.registration_residual_px = m.at("registration").value("residual_px", 0.0);
  out.recorded_at = stamp.at;
  return out;
}

WorkCalendar calendar_of(const std::string& rules) {
  try {
    if (!rules.empty()) return config::load_rules(rules).calendar;
  } catch (const Error& e) {  // the scan may come from another machine
    log::warning("deadlines are counted without holidays: {}", e.what());
  }
  return {};
}

PlotRegister register_of(const report::ExportData& data, const std::string& source) {
  PlotRegister out;
  out.source = source;
  out.crs = data.crs;
  for (const PlotResult& p : data.plots) out.plots.push_back(p.plot);
  return out;
}

}  // namespace

ledger::RecordedScan record_folder(ledger::Ledger& ledger, const fs::path& folder, const Stamp& stamp) {
  const Folder in = read_folder(folder);
  ScanRecord record;
  try {
    record = record_of(in, folder, stamp);
  } catch (const Json::exception& e) {
    throw no_scan(folder, std::string("its manifest.json is damaged: ") + e.what());
  }
  const report::ExportData data = report::read_export_data(folder);
  std::vector<PlotObservation> observations;
  for (const PlotResult& p : data.plots) observations.push_back(p.observation);
  record.candidates = static_cast<int>(data.candidates.size());
  record.plots = static_cast<int>(observations.size());
  record.plots_observable = static_cast<int>(
      std::count_if(observations.begin(), observations.end(), [](const PlotObservation& o) { return o.observable; }));
  if (!data.plots.empty())
    ledger.record_register(register_of(data, record.folder), in.manifest_sha256, record.before_date, stamp);
  const fs::path score = folder / "score.tif";
  if (!fs::exists(score)) throw no_scan(folder, "its score.tif is missing");
  return ledger.record_scan(
      record, data.crs, data.candidates, observations, calendar_of(record.rules_source),
      nightly::clear_share_of(folder.string(), io::describe_raster(score.string()).grid, ledger.settings().crs), stamp);
}

std::string ledger_beside_scan(const fs::path& folder, const Stamp& stamp) {
  const Folder in = read_folder(folder);
  const std::string where = (folder / "review.gpkg").string();
  if (!fs::exists(where)) {
    ledger::LedgerSettings settings;
    settings.crs = in.crs;
    if (io::is_geographic(in.crs)) {
      const Json& grid = in.manifest["grid"];
      settings.crs = io::gauss_kruger_zone(grid.value("left", 117.0) +
                                           grid.value("width", 0) * grid.value("pixel_width", 0.0) / 2);
    }
    settings.district = fs::absolute(folder).lexically_normal().filename().string();
    ledger::Ledger::create(where, settings, stamp);
  }
  ledger::Ledger ledger = ledger::Ledger::open(where, ledger::Access::write);
  const ledger::RecordedScan done = record_folder(ledger, folder, stamp);
  if (!done.was_recorded) log::info("{}: {} cases", where, done.opened.size() + done.seen.size());
  return where;
}

}  // namespace plotwatch::pipeline
