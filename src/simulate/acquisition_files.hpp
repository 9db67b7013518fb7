// One simulated scene as an archive would deliver it: a folder with pixels, scene classes and a STAC item.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/grid.hpp"
#include "simulate/weather.hpp"

namespace plotwatch::simulate {

struct ScenePixels {
  int bands = 4;
  std::vector<std::uint16_t> reflectance;  // band after band, rows from the top
  std::vector<std::uint8_t> classes;       // SceneClass
};

// The item comes last: where it is, the scene is whole.
std::filesystem::path item_path(const std::filesystem::path& scenes, const Acquisition& acquisition);
void write_acquisition(const std::filesystem::path& scenes, const Acquisition& acquisition, const Grid& grid,
                       const ScenePixels& pixels);

}  // namespace plotwatch::simulate
