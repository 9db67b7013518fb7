#include "simulate/output.hpp"

#include <cmath>
#include <system_error>

#include <fmt/format.h>

#include "core/error.hpp"
#include "io/raster_writer.hpp"
#include "io/vector.hpp"

namespace plotwatch::simulate {

void refuse(const std::vector<std::string>& problems) {
  if (problems.empty()) return;
  throw Error(ExitCode::config, fmt::format("{}", fmt::join(problems, "; ")), "simulate", "correct these options");
}

void make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error || !std::filesystem::is_directory(folder))
    throw Error(ExitCode::output, fmt::format("the folder cannot be made: {}", error.message()), folder.string(),
                "choose a place that can be written to");
}

void write_mask_raster(const std::filesystem::path& path, const Grid& grid, kernels::View<const std::uint8_t> samples,
                       const std::string& description) {
  io::GeoTiffOptions options;
  options.descriptions = {description};
  const kernels::Planes<const std::uint8_t> planes{
      samples.data, samples.width, samples.height, 1, samples.stride, samples.stride * samples.height};
  io::write_geotiff(path.string(), grid, planes, options);
}

void write_truth_polygons(const std::filesystem::path& path, const Crs& crs,
                          const std::vector<ChangedGround>& changed) {
  io::OutputLayer layer;
  layer.name = "changed";
  layer.description = "Ground on which simulated construction started";
  layer.crs = crs;
  layer.fields = {{"kind", io::FieldType::text, "kind of construction"},
                  {"plot_code", io::FieldType::text, "plot it lies on"},
                  {"strength", io::FieldType::real, "share of the new surface in what is seen, 0 to 1"},
                  {"area_m2", io::FieldType::real, "area on the map, square metres"}};
  for (const ChangedGround& ground : changed) {
    io::Feature feature;
    feature.values = {ground.kind, ground.plot_code, std::round(ground.strength * 1000) / 1000,
                      std::round(area(ground.geometry) * 10) / 10};
    feature.geometry = ground.geometry;
    layer.features.push_back(std::move(feature));
  }
  io::write_geopackage(path.string(), {layer});
}

}  // namespace plotwatch::simulate
