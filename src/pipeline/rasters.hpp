// score.tif and transition.tif from the work folder's rasters.
#pragma once

#include <filesystem>
#include <vector>

#include "core/grid.hpp"
#include "model/candidate.hpp"
#include "pipeline/work_folder.hpp"

namespace plotwatch::pipeline {

// score.tif: byte / 250, 255 not observable. transition.tif: codes of model/transition.hpp inside the components that
// were kept, 0 on other observed ground, 255 not observable.
void write_rasters(const std::filesystem::path& out, const Grid& grid, const std::vector<ChangeComponent>& components,
                   const WorkFolder& work, int threads);

}  // namespace plotwatch::pipeline
