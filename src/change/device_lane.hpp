// One tile's place on a device: a queue, device memory and pinned host memory that are used again for the next tile.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "change/score.hpp"
#include "change/tile_source.hpp"
#include "kernels/device/device.hpp"
#include "kernels/device/queue.hpp"

namespace plotwatch::change {

// Masks of a tile's core, row-major.
struct TileMasks {
  std::vector<std::uint8_t> before_usable, after_usable;
  std::vector<std::uint8_t> usable;                 // in both dates, and scanned
  std::vector<std::uint8_t> cloudless, unshadowed;  // no cloud, no cloud shadow in either date
};

// Bytes of device memory for a tile, temporary memory of kernels included. `scratch` keeps weights.
std::size_t device_bytes(const ChangeModel& model, const PairSource& source, const PixelWindow& core,
                         kernels::ResampleScratch& scratch);

class DeviceLane {
 public:
  explicit DeviceLane(std::unique_ptr<kernels::Queue> queue) : queue_(std::move(queue)) {}
  DeviceLane(const DeviceLane&) = delete;
  DeviceLane& operator=(const DeviceLane&) = delete;
  ~DeviceLane();

  // Makes room for this tile and a little more; nothing is allocated when there is room already. Throws
  // kernels::DeviceError(out_of_memory), and the lane holds nothing then.
  void reserve(const ChangeModel& model, const PairSource& source, const PixelWindow& core);

  // Resamples and masks the pair, then does what change::detect does. Up, scored and down in one go: the queue overlaps
  // with those of other lanes. `core`: of the grid, inside the source's window. Throws kernels::DeviceError(failed).
  void detect(const ChangeModel& model, const PairSource& source, const PixelWindow& core, TileOutput& output,
              TileMasks& masks);

 private:
  void drop();

  std::unique_ptr<kernels::Queue> queue_;
  kernels::ResampleScratch scratch_;
  char* device_ = nullptr;
  char* pinned_ = nullptr;
  std::size_t device_bytes_ = 0, pinned_bytes_ = 0;
};

}  // namespace plotwatch::change
