// Private to catalogue: gathers the bands of a scene and holds them against each other.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "catalogue/catalogue.hpp"
#include "io/raster.hpp"
#include "model/scene.hpp"

namespace plotwatch::catalogue {

// A band as some product or file states it. What is left out comes from the raster file itself.
struct BandSource {
  BandRole role = BandRole::pan;
  std::string path;
  int band = 1;
  std::optional<double> scale, offset, nodata, wavelength_um;
  std::optional<Calibration> calibration;  // left out: digital number
};

class SceneBuilder {
 public:
  explicit SceneBuilder(const SceneRequest& request);

  Scene& facts() { return scene_; }  // id, sensor, date, sun: whatever a product states
  void note(std::string text);

  // The first band given for a role stays.
  void add(const BandSource& band);
  void add_quality(const std::string& path, int band, const std::string& kind, std::vector<QualityTest> unusable);
  // A band that was looked at and got no role: shown when no role is found at all.
  void saw(std::string description);

  const io::RasterInfo& raster(const std::string& path);  // described once

  // Applies what the request overrides, checks that the bands belong together, and sorts them.
  // Throws Error(input) without any role, Error(mismatch) on mixed CRS, extent or calibration.
  Scene finish();

 private:
  struct Part {
    SceneBand band;
    Calibration calibration = Calibration::digital_number;
  };
  int raster_index(const std::string& path);
  void apply_roles();
  void apply_values();
  void add_mask();
  void check_calibration();
  void check_ground() const;
  [[noreturn]] void refuse_without_roles() const;

  SceneRequest request_;
  Scene scene_;
  std::vector<Part> parts_;
  std::vector<std::string> seen_;
  std::map<std::string, io::RasterInfo> rasters_;
};

// "3", "file.tif" or "file.tif:2" as a path (relative to `scene_path`'s folder) and a band. Throws Error(config).
std::pair<std::string, int> band_reference(const std::string& text, const std::string& scene_path,
                                           const std::string& role);

Calibration parse_calibration(const std::string& text);  // throws Error(config)
std::string calibration_name(Calibration calibration);

}  // namespace plotwatch::catalogue
