#include "catalogue/scene_builder.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalogue/file_name_facts.hpp"
#include "catalogue/quality_tests.hpp"
#include "core/error.hpp"
#include "io/crs.hpp"
#include "io/files.hpp"

namespace plotwatch::catalogue {

SceneBuilder::SceneBuilder(const SceneRequest& request) : request_(request) {
  scene_.source = request.path;
  scene_.id = io::stem_of(request.path);
}

void SceneBuilder::note(std::string text) { scene_.notes.push_back(std::move(text)); }
void SceneBuilder::saw(std::string description) { seen_.push_back(std::move(description)); }

const io::RasterInfo& SceneBuilder::raster(const std::string& path) {
  auto it = rasters_.find(path);
  if (it == rasters_.end()) it = rasters_.emplace(path, io::describe_raster(path)).first;
  return it->second;
}

void SceneBuilder::add(const BandSource& source) {
  const io::RasterInfo& info = raster(source.path);
  if (source.band < 1 || source.band > static_cast<int>(info.bands.size()))
    throw Error(ExitCode::input, fmt::format("has no band {}: it has {}", source.band, info.bands.size()), source.path,
                "Bands are counted from 1.");
  if (std::any_of(parts_.begin(), parts_.end(), [&](const Part& p) { return p.band.role == source.role; })) return;
  const io::RasterBandInfo& stated = info.bands[static_cast<std::size_t>(source.band - 1)];
  Part part;
  part.band.role = source.role;
  part.band.path = source.path;
  part.band.band = source.band;
  part.band.scale = source.scale.value_or(stated.scale);
  part.band.offset = source.offset.value_or(stated.offset);
  part.band.nodata = source.nodata ? source.nodata : stated.nodata;
  part.band.wavelength_um = source.wavelength_um ? source.wavelength_um : stated.wavelength_um;
  part.calibration = source.calibration.value_or(Calibration::digital_number);
  parts_.push_back(part);
}

void SceneBuilder::add_quality(const std::string& path, int band, const std::string& kind,
                               std::vector<QualityTest> unusable) {
  const io::RasterInfo& info = raster(path);
  if (band < 1 || band > static_cast<int>(info.bands.size()))
    throw Error(ExitCode::input, fmt::format("has no band {}: it has {}", band, info.bands.size()), path,
                "Bands are counted from 1.");
  const SampleType type = info.bands[static_cast<std::size_t>(band - 1)].type;
  if (type != SampleType::uint8 && type != SampleType::uint16 && type != SampleType::int16)
    throw Error(ExitCode::input, "is to serve as a mask but its samples are not 8- or 16-bit integers", path,
                "Convert it: gdal_translate -ot Byte in out.tif");
  scene_.quality.push_back({path, band, 0, kind, std::move(unusable)});
}

void SceneBuilder::apply_roles() {
  std::vector<Part> stated;
  std::vector<Part> found = std::move(parts_);
  for (const auto& [name_text, reference] : request_.roles) {
    const auto role = parse_band_role(name_text);
    if (!role) {
      std::vector<std::string_view> names;
      for (const BandRole r : all_band_roles()) names.push_back(name(r));
      throw Error(ExitCode::config, fmt::format("'{}' is no band role", name_text), request_.path,
                  fmt::format("Roles are: {}.", fmt::join(names, ", ")));
    }
    const auto [path, band] = band_reference(reference, request_.path, name_text);
    // What the product says of this very band still holds; only its role changes.
    const auto same = std::find_if(found.begin(), found.end(),
                                   [&](const Part& p) { return p.band.path == path && p.band.band == band; });
    parts_.clear();
    BandSource source;
    source.role = *role;
    source.path = path;
    source.band = band;
    if (same == found.end() && !found.empty()) source.calibration = found.front().calibration;
    add(source);
    if (same != found.end()) {
      parts_.front() = *same;
      parts_.front().band.role = *role;
      found.erase(same);
    }
    stated.push_back(parts_.front());
  }
  std::erase_if(found, [&](const Part& p) {
    return std::any_of(stated.begin(), stated.end(), [&](const Part& s) { return s.band.role == p.band.role; });
  });
  parts_ = std::move(stated);
  parts_.insert(parts_.end(), found.begin(), found.end());
}

void SceneBuilder::apply_values() {
  for (Part& part : parts_) {
    if (request_.scale) part.band.scale = *request_.scale;
    if (request_.offset) part.band.offset = *request_.offset;
    if (request_.nodata) part.band.nodata = *request_.nodata;
    if (request_.calibration) part.calibration = parse_calibration(*request_.calibration);
    if (!(part.band.scale != 0))
      throw Error(ExitCode::input, "has a scale of 0", part.band.path, "State the scale that the data's makers give.");
  }
  if (request_.sensor) scene_.sensor = *request_.sensor;
  if (request_.date) {
    if (scene_.date && *scene_.date != *request_.date)
      note(fmt::format("date {} as stated; the product says {}", request_.date->iso(), scene_.date->iso()));
    scene_.date = request_.date;
  } else if (!scene_.date) {
    scene_.date = date_in_name(io::file_name_of(request_.path));
    if (!scene_.date) scene_.date = date_in_name(scene_.id);
    if (scene_.date) note(fmt::format("date {} read from the name", scene_.date->iso()));
  }
  if (scene_.sensor.empty()) scene_.sensor = sensor_in_name(io::file_name_of(request_.path));
}

void SceneBuilder::add_mask() {
  if (!request_.mask) return;
  const auto [path, band] = band_reference(*request_.mask, request_.path, "mask");
  add_quality(path, band, "mask band", zero_is_unusable());
}

void SceneBuilder::check_calibration() {
  const auto other = std::find_if(parts_.begin(), parts_.end(),
                                  [&](const Part& p) { return p.calibration != parts_.front().calibration; });
  if (other != parts_.end())
    throw Error(ExitCode::mismatch,
                fmt::format("mixes calibrations: {} is {}, {} is {}", name(parts_.front().band.role),
                            calibration_name(parts_.front().calibration), name(other->band.role),
                            calibration_name(other->calibration)),
                request_.path, "Use bands of one product, or state the calibration, scale and offset of all.");
  scene_.calibration = parts_.front().calibration;
}

void SceneBuilder::check_ground() const {
  const Grid& first = scene_.rasters.front().grid;
  for (const SceneRaster& raster : scene_.rasters) {
    if (raster.grid.crs != first.crs && !io::same_crs(raster.grid.crs, first.crs))
      throw Error(ExitCode::mismatch,
                  fmt::format("is in {}, another file of the scene in {}", io::crs_name(raster.grid.crs),
                              io::crs_name(first.crs)),
                  raster.path, "All files of one scene must share one coordinate reference system.");
    if (raster.grid.box().intersection(first.box()).empty())
      throw Error(ExitCode::mismatch, fmt::format("covers other ground than {}", scene_.rasters.front().path),
                  raster.path, "All files of one scene must show the same ground.");
  }
}

void SceneBuilder::refuse_without_roles() const {
  throw Error(ExitCode::input,
              seen_.empty() ? "holds no band with a known role"
                            : fmt::format("holds no band with a known role; its bands are: {}", fmt::join(seen_, "; ")),
              request_.path,
              "State what they measure, for instance roles = { red = \"3\", nir = \"4\" } or, for a folder, "
              "{ red = \"file.tif:1\" }.");
}

int SceneBuilder::raster_index(const std::string& path) {
  for (std::size_t i = 0; i < scene_.rasters.size(); ++i)
    if (scene_.rasters[i].path == path) return static_cast<int>(i);
  const io::RasterInfo& info = raster(path);
  scene_.rasters.push_back({path, info.grid, static_cast<int>(info.bands.size()), info.bands.front().type,
                            info.block_width, info.block_height, info.has_overviews});
  return static_cast<int>(scene_.rasters.size()) - 1;
}

Scene SceneBuilder::finish() {
  apply_roles();
  if (parts_.empty()) refuse_without_roles();
  std::sort(parts_.begin(), parts_.end(), [](const Part& a, const Part& b) { return a.band.role < b.band.role; });
  apply_values();
  add_mask();
  check_calibration();
  const SceneRaster* finest = nullptr;
  for (Part& part : parts_) {
    part.band.raster = raster_index(part.band.path);
    scene_.bands.push_back(part.band);
  }
  for (const SceneRaster& r : scene_.rasters)
    if (finest == nullptr ||
        r.grid.pixel_width * r.grid.pixel_height < finest->grid.pixel_width * finest->grid.pixel_height)
      finest = &r;
  scene_.grid = finest->grid;
  for (QualityBand& quality : scene_.quality) quality.raster = raster_index(quality.path);
  check_ground();
  if (scene_.quality.empty()) note("no cloud mask: clouds and their shadows cannot be told from change");
  return scene_;
}

std::pair<std::string, int> band_reference(const std::string& text, const std::string& scene_path,
                                           const std::string& role) {
  const auto number = [](std::string_view digits) {
    const bool valid = !digits.empty() && digits.size() < 6 &&
                       std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    return valid ? std::stoi(std::string(digits)) : 0;
  };
  if (text.empty())
    throw Error(ExitCode::config, fmt::format("{} names no band", role), scene_path,
                "Write a band number, a file, or file:band.");
  if (const int band = number(text); band > 0) return {scene_path, band};
  std::string file = text;
  int band = 1;
  if (const std::size_t colon = text.rfind(':'); colon != std::string::npos && number(text.substr(colon + 1)) > 0) {
    file = text.substr(0, colon);
    band = number(text.substr(colon + 1));
  }
  const std::string beside = io::join_path(io::is_folder(scene_path) ? scene_path : io::folder_of(scene_path), file);
  return {io::is_file(beside) ? beside : file, band};
}

Calibration parse_calibration(const std::string& text) {
  for (const Calibration c : {Calibration::digital_number, Calibration::toa_reflectance,
                              Calibration::surface_reflectance, Calibration::backscatter})
    if (text == calibration_name(c)) return c;
  throw Error(ExitCode::config, fmt::format("'{}' is no calibration", text), "calibration",
              "Write digital-number, toa-reflectance, surface-reflectance or backscatter.");
}

std::string calibration_name(Calibration calibration) {
  switch (calibration) {
    case Calibration::digital_number: return "digital-number";
    case Calibration::toa_reflectance: return "toa-reflectance";
    case Calibration::surface_reflectance: return "surface-reflectance";
    case Calibration::backscatter: return "backscatter";
  }
  return "";
}

}  // namespace plotwatch::catalogue
