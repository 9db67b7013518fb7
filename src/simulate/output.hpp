// What both simulations write.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/geometry.hpp"
#include "core/grid.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::simulate {

// Throws Error(config) with all problems when there are any.
void refuse(const std::vector<std::string>& problems);

// Throws Error(output) when the folder cannot be made.
void make_folder(const std::filesystem::path& folder);

// One uint8 band without nodata.
void write_mask_raster(const std::filesystem::path& path, const Grid& grid, kernels::View<const std::uint8_t> samples,
                       const std::string& description);

struct ChangedGround {
  std::string kind, plot_code;
  double strength = 1;
  MultiPolygon geometry;
};

void write_truth_polygons(const std::filesystem::path& path, const Crs& crs, const std::vector<ChangedGround>& changed);

}  // namespace plotwatch::simulate
