// Scores tiles on a device, several at a time: copies of one overlap with the kernels of another.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "change/device_lane.hpp"
#include "change/score.hpp"
#include "change/tile_source.hpp"
#include "kernels/base/backend.hpp"

namespace plotwatch::change {

struct DeviceScorerOptions {
  kernels::Backend backend = kernels::Backend::cuda;
  int device = 0;
  int lanes = 1;           // tiles in flight at most
  std::size_t memory = 0;  // bytes of device memory to use at most, all lanes together
};

class DeviceScorer {
 public:
  // Throws kernels::DeviceError(unavailable) when the device is not there. `model` outlives the scorer.
  DeviceScorer(const ChangeModel& model, const DeviceScorerOptions& options);
  DeviceScorer(const DeviceScorer&) = delete;
  DeviceScorer& operator=(const DeviceScorer&) = delete;
  ~DeviceScorer();

  // The decoded blocks under a window of the grid, halo included; good until the next call.
  using Fetch = std::function<const PairSource&(const PixelWindow& window)>;

  // The same as resampling and change::detect on the processor, bit for bit, but for runs of components that a cut tile
  // leaves at its cuts. `core`: of the grid. Any number of threads may call; those without a free lane wait.
  // Where the device or `memory` does not hold the tiles in flight, fewer are in flight; where it does not hold one, a
  // tile is fetched and scored in parts. Throws Error(resources) that names the tile, and the kernel where one failed.
  void detect(const Fetch& fetch, const PixelWindow& core, TileOutput& output, TileMasks& masks);

  // Parts that tiles had to be cut into for want of memory; 0: none.
  std::size_t parts_for_want_of_memory() const;
  int lanes() const;

 private:
  class Use;

  std::unique_ptr<DeviceLane> take_lane(const PairSource& source, const PixelWindow& core);
  void give_back(std::unique_ptr<DeviceLane> lane);
  void detect_part(const Fetch& fetch, const PixelWindow& core, TileOutput& output, TileMasks& masks);
  void detect_in_halves(const Fetch& fetch, const PixelWindow& core, TileOutput& output, TileMasks& masks);

  const ChangeModel& model_;
  DeviceScorerOptions options_;
  mutable std::mutex mutex_;
  kernels::ResampleScratch counting_;  // under the mutex
  std::condition_variable lane_free_;
  std::vector<std::unique_ptr<DeviceLane>> idle_;
  int most_lanes_;  // falls where memory is short
  int made_ = 0;    // lanes that exist, idle or not
  std::size_t parts_ = 0;
};

}  // namespace plotwatch::change
