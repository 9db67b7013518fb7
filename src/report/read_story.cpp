#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "io/block_cache.hpp"
#include "io/crs.hpp"
#include "io/raster.hpp"
#include "report/explain.hpp"
#include "report/exports.hpp"

namespace plotwatch::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr int around_px = 24;        // of the view, about the candidate
constexpr int widest_view_px = 640;  // a candidate that is larger is shown in part
constexpr std::uint8_t not_observable = 255;

Error none_such(const ExportData& data, const std::string& which, const std::filesystem::path& folder) {
  std::vector<std::string> some;
  for (const Candidate& c : data.candidates)
    if (some.size() < 5 && !c.plot_code.empty() && which.starts_with(c.plot_code)) some.push_back(c.id);
  for (const Candidate& c : data.candidates)
    if (some.size() < 5 && std::find(some.begin(), some.end(), c.id) == some.end()) some.push_back(c.id);
  return Error(ExitCode::input, fmt::format("there is no candidate \"{}\"", which), folder.string(),
               some.empty() ? "The scan has no candidates."
                            : fmt::format("Give a rank from 1 to {}, or an id as {}.", data.candidates.size(),
                                          fmt::join(some, ", ")));
}

std::size_t find(const ExportData& data, const std::string& which, const std::filesystem::path& folder) {
  for (std::size_t i = 0; i < data.candidates.size(); ++i)
    if (data.candidates[i].id == which || std::to_string(data.candidates[i].rank) == which) return i;
  throw none_such(data, which, folder);
}

std::vector<std::uint8_t> bytes_of(const std::filesystem::path& file, const PixelWindow& window) {
  io::BlockCache cache(std::size_t{16} << 20);
  const int source = cache.add(file.string(), {1});
  io::PixelBuffer buffer;
  cache.read(source, window, buffer);
  const auto band = std::as_const(buffer).planes<std::uint8_t>().band(0);
  std::vector<std::uint8_t> bytes;
  for (int y = 0; y < window.height; ++y) bytes.insert(bytes.end(), band.row(y), band.row(y) + window.width);
  return bytes;
}

PixelWindow view_of(const Grid& grid, const Candidate& c) {
  PixelWindow w = grid.covering(bounds(c.geometry)).expanded(around_px);
  const Point middle = grid.to_pixel(c.representative);
  if (w.width > widest_view_px) w.x = static_cast<int>(middle.x) - widest_view_px / 2, w.width = widest_view_px;
  if (w.height > widest_view_px) w.y = static_cast<int>(middle.y) - widest_view_px / 2, w.height = widest_view_px;
  return w.intersection(grid.window());
}

// Shares of sure pixels inside, and of changed ones outside.
void count(Story& s) {
  std::int64_t inside = 0, sure = 0, outside = 0, changed = 0;
  for (int y = 0; y < s.view.window.height; ++y)
    for (int x = 0; x < s.view.window.width; ++x) {
      const std::uint8_t score = s.view.score[static_cast<std::size_t>(y * s.view.window.width + x)];
      if (score == not_observable) continue;
      if (contains(s.candidate.geometry, s.grid.to_map({s.view.window.x + x + 0.5, s.view.window.y + y + 0.5})))
        ++inside, sure += score >= s.strict_cut;
      else
        ++outside, changed += score >= s.wide_cut;
    }
  s.sure_share = inside > 0 ? static_cast<double>(sure) / static_cast<double>(inside) : 0;
  s.changed_around = outside > 0 ? static_cast<double>(changed) / static_cast<double>(outside) : 0;
}

std::optional<double> number(const Json& j, const char* key) {
  return j.contains(key) && j[key].is_number() ? std::optional(j[key].get<double>()) : std::nullopt;
}

void read_manifest(const Json& m, Story& s) {
  const Json& change = m.at("change");
  s.wide_cut = change.at("weak_cut");
  s.strict_cut = change.at("strong_cut");
  s.search_radius = change.at("search_radius");
  for (const auto& [detector, null] : change.at("null").items())
    if (null.contains("location")) s.nulls.push_back({detector, null.at("location"), null.at("scale")});
  const Json& parameters = m.at("parameters");
  s.false_alarm_rate = parameters.at("change").at("false_alarm_rate");
  s.seed_fraction = parameters.at("change").at("seed_fraction");
  s.preset = parameters.at("run").value("preset", "");
  s.rules = parameters.at("run").value("rules", "");
  const Json& registration = m.at("registration");
  s.applied = registration.at("applied");
  s.failed = registration.value("failed", false);
  s.registration_reason = registration.at("reason");
  s.held_out_before_px = number(registration, "held_out_rmse_before_px");
  s.held_out_after_px = number(registration, "held_out_rmse_after_px");
  for (const auto& [date, kinds] : {std::pair{"before", &s.masks[0]}, std::pair{"after", &s.masks[1]}})
    for (const Json& band : m.at(date).value("quality", Json::array())) kinds->push_back(band.at("kind"));
  s.version = m.at("plotwatch");
}

}  // namespace

double one_in(double score) { return std::pow(10.0, score < 1 ? 2 * score / (1 - score) : 300); }

Story read_story(const std::filesystem::path& folder, const std::string& which) {
  ExportData data = read_export_data(folder);
  const std::size_t at = find(data, which, folder);
  Story s;
  s.candidate = std::move(data.candidates[at]);
  s.chip = std::move(data.chips[at]);
  s.crs = data.crs;
  for (PlotResult& p : data.plots)
    if (!s.candidate.plot_code.empty() && p.plot.code == s.candidate.plot_code) s.plot = std::move(p);
  const std::string manifest = (folder / "manifest.json").string();
  try {
    read_manifest(Json::parse(io::read_file(manifest)), s);
  } catch (const Json::exception& e) {
    throw Error(ExitCode::input, fmt::format("is not what a scan writes: {}", e.what()), manifest,
                "Scan again with this version of plotwatch.");
  }
  s.grid = io::describe_raster((folder / "score.tif").string()).grid;
  const double unit = io::metres_per_unit(s.grid.crs);
  s.pixel_m = std::sqrt(s.grid.pixel_width * s.grid.pixel_height) * unit;
  s.view.window = view_of(s.grid, s.candidate);
  s.view.score = bytes_of(folder / "score.tif", s.view.window);
  s.view.transition = bytes_of(folder / "transition.tif", s.view.window);
  count(s);
  return s;
}

}  // namespace plotwatch::report
