// What would run: tiles, pixels, memory. Touches no pixels.
#pragma once

#include <string>
#include <vector>

#include "core/tile.hpp"
#include "model/options.hpp"
#include "pipeline/coverage.hpp"
#include "pipeline/inputs.hpp"

namespace plotwatch::pipeline {

struct MemoryPlan {
  std::size_t budget = 0;  // bytes, --memory
  std::size_t tile = 0;    // of one tile in flight
  std::size_t block_cache = 0;
  int tokens = 1;  // tiles in flight
};

struct Plan {
  Coverage coverage;
  std::vector<Tile> tiles;  // to be run; cores cut down to the covered part
  std::int64_t pixels = 0;  // covered
  int all_tiles = 0;        // of the grid
  int workers = 1;
  MemoryPlan memory;
  std::string preset;      // of the sensor
  double smallest_m2 = 0;  // change that can be a candidate
};

// Throws Error(resources) when the budget does not hold one tile a worker.
Plan plan(const Inputs& inputs, const ScanOptions& options);

std::string to_text(const Inputs& inputs, const Plan& plan);
std::string to_json(const Inputs& inputs, const Plan& plan);

}  // namespace plotwatch::pipeline
