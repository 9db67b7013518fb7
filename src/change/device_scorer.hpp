// Scores tiles on a device, several at a time: copies of one overlap with the kernels of another.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "change/score.hpp"
#include "kernels/base/backend.hpp"

namespace plotwatch::change {

class DeviceLane;

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

  // The same as change::detect, bit for bit. Any number of threads may call; those without a free lane wait.
  // Where the device or `memory` does not hold the tiles in flight, fewer are in flight; where it does not hold one, a
  // tile is scored in parts. Throws Error(resources) that names the tile, and the kernel where one failed.
  void detect(const TileInput& input, const PixelWindow& core, int origin_x, int origin_y, TileOutput& output);

  // Parts that tiles had to be cut into for want of memory; 0: none.
  std::size_t parts_for_want_of_memory() const;
  int lanes() const;

 private:
  class Use;

  std::unique_ptr<DeviceLane> take_lane(int bands, int width, int height);
  void give_back(std::unique_ptr<DeviceLane> lane);
  void detect_part(const TileInput& input, const PixelWindow& core, int origin_x, int origin_y, TileOutput& output);
  void detect_in_halves(const TileInput& input, const PixelWindow& core, int origin_x, int origin_y,
                        TileOutput& output);

  const ChangeModel& model_;
  DeviceScorerOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable lane_free_;
  std::vector<std::unique_ptr<DeviceLane>> idle_;
  int most_lanes_;  // falls where memory is short
  int made_ = 0;    // lanes that exist, idle or not
  std::size_t parts_ = 0;
};

}  // namespace plotwatch::change
