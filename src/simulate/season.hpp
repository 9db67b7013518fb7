// Years of scenes of one district, one every few days, with construction that starts on known dates and goes through
// its stages, and with everything else that changes ground meanwhile.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/date.hpp"

namespace plotwatch::simulate {

struct SeasonOptions {
  std::uint64_t seed = 1;
  int width = 512, height = 512;  // px
  double pixel_size = 10;         // m
  int bands = 4;                  // 3: RGB, 4: + NIR, 6: + SWIR16, SWIR22
  int supersample = 3;            // ground samples a pixel side, [1, 16]
  Date from{2024, 1, 3};
  int days = 730;    // length of the whole history
  int interval = 5;  // days between scenes
  // Of the whole history only the scenes until this day, and no more than this many, are written. What they show does
  // not depend on it.
  std::optional<Date> until;
  std::optional<int> scenes;
  int plots = 120;
  double site_share = 0.3;       // of the plots on which something is built, dug or pulled down, once in the history
  double permitted_share = 0.2;  // of what is built, with a permit
  // Of the other plots that are fields or vacant, on which something else happens: fallow, greenhouse film, water.
  double event_share = 0.25;
  double cloud_share = 0.45;  // of all ground in all scenes of a year, [0, 0.8]
  double noise = 0.004;       // sensor noise, standard deviation in reflectance
  double shift_px = 0.15;     // misregistration of a scene, standard deviation in each direction
  std::vector<std::string> problems() const;
};

// Called before each scene; `written` of `all`.
using SeasonProgress = std::function<void(int written, int all)>;

// Writes into the folder
//   scenes/ID/ID.tif      uint16 surface reflectance x 10000, nodata 0, tiles, DEFLATE
//   scenes/ID/ID_SCL.tif  scene classes, as of Sentinel-2 level 2A
//   scenes/ID/ID.json     STAC item; the last of a scene, so a scene that has it is whole
//   plots.gpkg            register with a row for each state of each plot (listed_from, listed_to)
//   permits.gpkg          permits and remediation plans
//   truth.gpkg            layers `sites` and `events`;  truth.json: the same with stages, and facts of every scene
//   views.csv             plot_code,date,clear_share: share of the plot's pixels that no cloud, shadow or snow touches
//   season.json           every option
// Each plot has one site at the most. The same options give the same bytes. A folder that holds the same season already
// is carried on: scenes that are whole there stay. Throws Error(config) with all problems of the options, and when the
// folder holds another season; Error(output).
void write_season(const std::filesystem::path& folder, const SeasonOptions& options,
                  const SeasonProgress& progress = {});

}  // namespace plotwatch::simulate
