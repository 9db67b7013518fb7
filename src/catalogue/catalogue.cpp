#include "catalogue/catalogue.hpp"

#include "catalogue/recognise.hpp"
#include "catalogue/scene_builder.hpp"
#include "core/error.hpp"
#include "io/files.hpp"

namespace plotwatch::catalogue {

Scene describe(const SceneRequest& request) {
  if (request.path.empty())
    throw Error(ExitCode::config, "no scene was named", "", "Give a file, a folder, or a product's metadata.");
  const bool folder = io::is_folder(request.path);
  if (!folder && !io::is_file(request.path) && request.path.find(':') == std::string::npos &&
      request.path.rfind("/vsi", 0) != 0)
    throw Error(ExitCode::input, "does not exist", request.path, "Check the path.");

  const std::string sensor = request.sensor.value_or("");
  SceneBuilder scene(request);
  if (const auto item = find_stac_item(request.path))
    describe_stac(*item, scene);
  else if (const auto product = find_sentinel2_product(request.path))
    describe_sentinel2(*product, scene);
  else if (const auto metadata = find_landsat_metadata(request.path))
    describe_landsat(*metadata, scene);
  else if (const auto only = folder ? find_only_stac_item(request.path) : std::nullopt)
    describe_stac(*only, scene);
  else if (folder)
    describe_band_folder(request.path, scene, sensor);
  else
    describe_single_file(request.path, scene, sensor);
  return scene.finish();
}

}  // namespace plotwatch::catalogue
