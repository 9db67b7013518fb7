// Both dates as colour images of the scanned ground, for viewers: before.tif and after.tif.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "change/change_model.hpp"
#include "core/grid.hpp"
#include "model/displacement_field.hpp"
#include "pipeline/coverage.hpp"
#include "pipeline/hooks.hpp"
#include "pipeline/pair_reader.hpp"

namespace plotwatch::pipeline {

// Writes before.tif and after.tif into the folder and gives back their names: three bytes a pixel of the working grid,
// DEFLATE, 0 where not usable or not scanned; the after date through the field, so that both lie on each other. Rows of
// blocks are read one after the other: memory grows with the grid's width alone. The same bytes whatever the workers.
std::vector<std::string> write_images(const std::filesystem::path& out, const Grid& grid, const Coverage& coverage,
                                      const PairReader& reader, const DisplacementField& field,
                                      const change::ChangeModel& model, int threads, const Hooks& hooks);

// Takes such files of an earlier scan out of the folder.
void remove_images(const std::filesystem::path& out);

}  // namespace plotwatch::pipeline
