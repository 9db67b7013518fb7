// One tile's place on a device: a queue, device memory and pinned host memory that are used again for the next tile.
#pragma once

#include <cstddef>
#include <memory>

#include "change/score.hpp"
#include "kernels/device/device.hpp"
#include "kernels/device/queue.hpp"

namespace plotwatch::change {

// Bytes of device memory for a tile of this size with its halo, temporary memory of kernels included.
std::size_t device_bytes(const ChangeModel& model, int bands, int width, int height);

class DeviceLane {
 public:
  explicit DeviceLane(std::unique_ptr<kernels::Queue> queue) : queue_(std::move(queue)) {}
  DeviceLane(const DeviceLane&) = delete;
  DeviceLane& operator=(const DeviceLane&) = delete;
  ~DeviceLane();

  // Makes room for a tile of this size; nothing is allocated when there is room already. Throws
  // kernels::DeviceError(out_of_memory), and the lane holds nothing then.
  void reserve(const ChangeModel& model, int bands, int width, int height);

  // What change::detect does. Up, scored and down in one go: the queue overlaps with those of other lanes.
  // Throws kernels::DeviceError(failed).
  void detect(const ChangeModel& model, const TileInput& input, const PixelWindow& core, int origin_x, int origin_y,
              TileOutput& output);

 private:
  void drop();

  std::unique_ptr<kernels::Queue> queue_;
  char* device_ = nullptr;
  char* pinned_ = nullptr;
  std::size_t device_bytes_ = 0, pinned_bytes_ = 0;
};

}  // namespace plotwatch::change
