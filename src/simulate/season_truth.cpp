#include "simulate/season_truth.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "io/atomic_file.hpp"
#include "io/vector.hpp"
#include "simulate/outline.hpp"
#include "simulate/scene_format.hpp"
#include "simulate/season_camera.hpp"
#include "simulate/truth.hpp"

namespace plotwatch::simulate {

namespace {

using nlohmann::ordered_json;

constexpr float touched = 0.1F;

double rounded(double value, double steps) { return std::round(value * steps) / steps; }

std::string stage_text(const Work& work, const Date& last) {
  std::string text;
  for (const WorkStage& stage : work.stages)
    if (stage.from <= last)
      text += fmt::format("{}{} {}", text.empty() ? "" : "; ", name(stage.step), stage.from.iso());
  return text;
}

std::string site_id(int index) { return fmt::format("S{:03}", index + 1); }

// Works that began until then, as indices into History::works.
std::vector<int> begun(const History& history, const Date& last) {
  std::vector<int> out;
  for (std::size_t i = 0; i < history.works().size(); ++i)
    if (history.works()[i].start() <= last) out.push_back(static_cast<int>(i));
  return out;
}

io::OutputLayer sites_layer(const History& history, const std::vector<int>& works, const Date& last, const Grid& grid) {
  io::OutputLayer layer;
  layer.name = "sites";
  layer.description = "Ground on which simulated work began";
  layer.crs = grid.crs;
  layer.fields = {
      {"site", io::FieldType::text, "identifier"},
      {"plot_code", io::FieldType::text, "plot it lies on"},
      {"kind", io::FieldType::text, "building, hard surface, earthwork, stockpile, demolition, remediation"},
      {"permitted", io::FieldType::integer, "1: a permit or remediation plan covers it"},
      {"start", io::FieldType::text, "day on which work began"},
      {"stages", io::FieldType::text, "stages with the days on which they began"},
      {"area_m2", io::FieldType::real, "area on the map, square metres"},
      {"pixels", io::FieldType::real, "area in pixels"},
      {"contrast", io::FieldType::real, "change that the first stage makes, reflectance"}};
  const District& d = history.base();
  for (const int index : works) {
    const Work& work = history.works()[static_cast<std::size_t>(index)];
    io::Feature feature;
    feature.geometry = to_map(grid, on_ground(d.frame, work.stages.front().parts.front().ring));
    const double square = area(feature.geometry);
    feature.values = {site_id(index),
                      d.plots[static_cast<std::size_t>(work.plot)].code,
                      std::string(name(work.kind)),
                      static_cast<long long>(work.permitted ? 1 : 0),
                      work.start().iso(),
                      stage_text(work, last),
                      rounded(square, 10),
                      rounded(square / (grid.pixel_width * grid.pixel_height), 100),
                      rounded(work.contrast, 10000)};
    layer.features.push_back(std::move(feature));
  }
  return layer;
}

io::OutputLayer events_layer(const History& history, const Date& last, const Grid& grid) {
  io::OutputLayer layer;
  layer.name = "events";
  layer.description = "Ground that changed by something that is no construction";
  layer.crs = grid.crs;
  layer.fields = {{"plot_code", io::FieldType::text, "plot it lies on; empty: on no registered plot"},
                  {"kind", io::FieldType::text, "what happened"},
                  {"from", io::FieldType::text, "first day"},
                  {"to", io::FieldType::text, "last day"}};
  const District& d = history.base();
  for (const GroundEvent& event : history.events()) {
    if (event.from > last) continue;
    const Lot& lot = d.layout.lots()[static_cast<std::size_t>(event.lot)];
    io::Feature feature;
    feature.geometry = to_map(grid, on_ground(d.frame, ring_of(lot.rect)));
    feature.values = {
        event.plot ? io::FieldValue(d.plots[static_cast<std::size_t>(*event.plot)].code) : io::FieldValue(),
        std::string(name(event.kind)), event.from.iso(), event.to.iso()};
    layer.features.push_back(std::move(feature));
  }
  return layer;
}

// The same without outlines, and the stages as a list.
ordered_json sites_json(const io::OutputLayer& layer, const History& history, const std::vector<int>& works,
                        const Date& last) {
  ordered_json sites = ordered_json::array();
  for (std::size_t row = 0; row < works.size(); ++row) {
    const io::Feature& feature = layer.features[row];
    ordered_json site;
    for (std::size_t i = 0; i < layer.fields.size(); ++i)
      std::visit(
          [&](const auto& value) {
            if constexpr (!std::is_same_v<std::decay_t<decltype(value)>, std::monostate>)
              site[layer.fields[i].name] = value;
          },
          feature.values[i]);
    site["permitted"] = site["permitted"] == 1;
    site["stages"] = ordered_json::array();
    for (const WorkStage& stage : history.works()[static_cast<std::size_t>(works[row])].stages)
      if (stage.from <= last) site["stages"].push_back({{"step", name(stage.step)}, {"from", stage.from.iso()}});
    sites.push_back(std::move(site));
  }
  return sites;
}

}  // namespace

void write_season_truth(const std::filesystem::path& folder, const History& history,
                        const std::vector<Acquisition>& acquisitions, const Date& last, const Grid& grid) {
  const std::vector<int> works = begun(history, last);
  const io::OutputLayer sites = sites_layer(history, works, last, grid), events = events_layer(history, last, grid);
  io::write_geopackage((folder / "truth.gpkg").string(), {sites, events});
  ordered_json json;
  json["pixel_m2"] = grid.pixel_width * grid.pixel_height;
  json["sites"] = sites_json(sites, history, works, last);
  json["scenes"] = ordered_json::array();
  for (const Acquisition& a : acquisitions)
    if (a.date <= last)
      json["scenes"].push_back({{"id", a.id},
                                {"date", a.date.iso()},
                                {"cloud_share", rounded(a.cloud_share, 1000)},
                                {"haze", rounded(a.haze, 1000)},
                                {"snow", rounded(a.snow, 1000)},
                                {"shift_px", {rounded(a.shift_x, 1000), rounded(a.shift_y, 1000)}},
                                {"sun_elevation_deg", rounded(a.sun.elevation_deg, 100)}});
  io::write_file(folder / "truth.json", json.dump(2) + "\n");
}

std::vector<std::vector<int>> plot_pixels(const District& district, const Grid& grid) {
  std::vector<std::vector<int>> all;
  for (const PlotSite& plot : district.plots) {
    Box box{1e300, 1e300, -1e300, -1e300};
    for (const Point& corner : ring_of(bounds_of(plot.ring).inset(-30))) box.include(district.frame.to_xy(corner));
    std::vector<int> pixels;
    const auto index = [](double metres, double size, int limit) {
      return std::clamp(static_cast<int>(std::floor(metres / size)), 0, limit);
    };
    for (int y = index(box.min_y, grid.pixel_height, grid.height);
         y < index(box.max_y + grid.pixel_height, grid.pixel_height, grid.height); ++y)
      for (int x = index(box.min_x, grid.pixel_width, grid.width);
           x < index(box.max_x + grid.pixel_width, grid.pixel_width, grid.width); ++x) {
        const Point p = district.frame.to_uv((x + 0.5) * grid.pixel_width, (y + 0.5) * grid.pixel_height);
        if (inside_ring(plot.ring, p.x, p.y)) pixels.push_back(y * grid.width + x);
      }
    all.push_back(std::move(pixels));
  }
  return all;
}

std::vector<double> clear_shares(const std::vector<std::vector<int>>& plot_pixels, const Acquisition& acquisition,
                                 const Grid& grid) {
  std::optional<Clouds> clouds;
  if (acquisition.cloud_share > 0) clouds = clouds_of(acquisition, grid);
  std::optional<Snow> snow = snow_of(acquisition);
  std::vector<double> shares;
  for (const std::vector<int>& pixels : plot_pixels) {
    int clear = 0;
    for (const int i : pixels) {
      const int column = i % grid.width, row = i / grid.width;
      const double x = column + 0.5, y = row + 0.5;
      const bool clouded = clouds && (clouds->cover(x, y) > touched || clouds->shadow(x, y) > touched);
      const bool snowed = snow && snow->cover(x * grid.pixel_width, y * grid.pixel_height) > touched;
      if (!clouded && !snowed) ++clear;
    }
    shares.push_back(pixels.empty() ? 0 : static_cast<double>(clear) / static_cast<double>(pixels.size()));
  }
  return shares;
}

}  // namespace plotwatch::simulate
