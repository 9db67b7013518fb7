#include "simulate/season.hpp"

#include <chrono>
#include <set>
#include <system_error>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "simulate/acquisition_files.hpp"
#include "simulate/history.hpp"
#include "simulate/output.hpp"
#include "simulate/scene_format.hpp"
#include "simulate/season_camera.hpp"
#include "simulate/season_register.hpp"
#include "simulate/season_truth.hpp"
#include "simulate/weather.hpp"

namespace plotwatch::simulate {

namespace {

namespace fs = std::filesystem;

// What the ground and the scenes depend on: not how many of them are written.
std::string describe(const SeasonOptions& o) {
  const nlohmann::ordered_json json{{"kind", "season"},
                                    {"options",
                                     {{"seed", o.seed},
                                      {"width", o.width},
                                      {"height", o.height},
                                      {"pixel_size", o.pixel_size},
                                      {"bands", o.bands},
                                      {"supersample", o.supersample},
                                      {"from", o.from.iso()},
                                      {"days", o.days},
                                      {"interval", o.interval},
                                      {"plots", o.plots},
                                      {"site_share", o.site_share},
                                      {"permitted_share", o.permitted_share},
                                      {"event_share", o.event_share},
                                      {"cloud_share", o.cloud_share},
                                      {"noise", o.noise},
                                      {"shift_px", o.shift_px}}}};
  return json.dump(2) + "\n";
}

// A folder is begun with its options, so that one which was left half-way can be carried on, and no other.
void claim(const fs::path& folder, const SeasonOptions& options) {
  const fs::path file = folder / "season.json";
  const std::string text = describe(options);
  std::error_code ignored;
  if (fs::exists(file, ignored)) {
    if (io::read_file(file) != text)
      throw Error(ExitCode::config, "the folder holds a season with other options", file.string(),
                  "choose another folder, or remove this one");
    return;
  }
  if (fs::exists(folder / "scenes", ignored))
    throw Error(ExitCode::config, "the folder holds scenes of something else", (folder / "scenes").string(),
                "choose another folder");
  make_folder(folder / "scenes");
  io::write_file(file, text);
}

// One scene more than asked for would be taken for a part of this history.
void refuse_later_scenes(const fs::path& scenes, const std::vector<Acquisition>& written) {
  std::set<std::string> expected;
  for (const Acquisition& a : written) expected.insert(a.id);
  for (const fs::directory_entry& entry : fs::directory_iterator(scenes))
    if (expected.count(entry.path().filename().string()) == 0)
      throw Error(ExitCode::config, "the folder holds more scenes than are asked for", entry.path().string(),
                  "ask for more scenes, or choose another folder");
}

std::string views_of(const History& history, const std::vector<double>& shares, const Date& date) {
  std::string rows;
  for (std::size_t i = 0; i < shares.size(); ++i)
    rows += fmt::format("{},{},{:.3f}\n", history.base().plots[i].code, date.iso(), shares[i]);
  return rows;
}

}  // namespace

std::vector<std::string> SeasonOptions::problems() const {
  std::vector<std::string> p;
  const auto require = [&p](bool holds, const char* what) {
    if (!holds) p.emplace_back(what);
  };
  require(width >= 32 && width <= 8192, "width must be 32 to 8192 pixels");
  require(height >= 32 && height <= 8192, "height must be 32 to 8192 pixels");
  require(pixel_size >= 0.5 && pixel_size <= 60, "pixel_size must be 0.5 to 60 m");
  require(bands == 3 || bands == 4 || bands == 6, "bands must be 3, 4 or 6");
  require(supersample >= 1 && supersample <= 16, "supersample must be 1 to 16");
  require(days >= 30 && days <= 7305, "days must be 30 to 7305");
  require(interval >= 1 && interval <= 60, "interval must be 1 to 60 days");
  require(!until || *until >= from, "until must not be before the first scene");
  require(!scenes || *scenes >= 1, "scenes must be at least 1");
  require(plots >= 0, "plots must be at least 0");
  require(site_share >= 0 && site_share <= 1, "site_share must be 0 to 1");
  require(permitted_share >= 0 && permitted_share <= 1, "permitted_share must be 0 to 1");
  require(event_share >= 0 && event_share <= 1, "event_share must be 0 to 1");
  require(cloud_share >= 0 && cloud_share <= 0.8, "cloud_share must be 0 to 0.8");
  require(noise >= 0 && noise <= 0.2, "noise must be 0 to 0.2");
  require(shift_px >= 0 && shift_px <= 5, "shift_px must be 0 to 5 pixels");
  return p;
}

void write_season(const fs::path& folder, const SeasonOptions& options, const SeasonProgress& progress) {
  refuse(options.problems());
  const History history(options);
  const Grid grid = district_grid(options.width, options.height, options.pixel_size);
  std::vector<Acquisition> acquisitions = plan_acquisitions(options);
  acquisitions.resize(static_cast<std::size_t>(written_scenes(options)));
  const fs::path scenes = folder / "scenes";
  make_folder(folder);
  claim(folder, options);
  refuse_later_scenes(scenes, acquisitions);

  write_register(folder / "plots.gpkg", history, plan_register(history, options), grid);
  write_permits(folder / "permits.gpkg", history, grid);
  write_season_truth(folder, history, acquisitions, acquisitions.back().date, grid);
  const std::vector<std::vector<int>> pixels = plot_pixels(history.base(), grid);
  std::string views = "plot_code,date,clear_share\n";
  for (const Acquisition& a : acquisitions) {
    if (progress) progress(a.number, static_cast<int>(acquisitions.size()));
    views += views_of(history, clear_shares(pixels, a, grid), a.date);
    std::error_code ignored;
    if (!fs::exists(item_path(scenes, a), ignored)) write_acquisition(scenes, a, grid, photograph(history, a, options));
  }
  io::write_file(folder / "views.csv", views);
}

}  // namespace plotwatch::simulate
