// Private to catalogue: the kinds of scene, each recognised by its files and described by a function of its own.
#pragma once

#include <optional>
#include <string>

#include "catalogue/scene_builder.hpp"

namespace plotwatch::catalogue {

// Each find_… gives the metadata file to start from, or nothing when the path is not of that kind.
std::optional<std::string> find_stac_item(const std::string& path);
std::optional<std::string> find_only_stac_item(const std::string& folder);  // none where there are several
std::optional<std::string> find_sentinel2_product(const std::string& path);
std::optional<std::string> find_landsat_metadata(const std::string& path);

void describe_stac(const std::string& item_path, SceneBuilder& scene);
void describe_sentinel2(const std::string& product_xml, SceneBuilder& scene);
void describe_landsat(const std::string& metadata_path, SceneBuilder& scene);
void describe_band_folder(const std::string& folder, SceneBuilder& scene, const std::string& stated_sensor);
void describe_single_file(const std::string& path, SceneBuilder& scene, const std::string& stated_sensor);

}  // namespace plotwatch::catalogue
