// Correlates matching windows on a device, many at a time. One thread's own; memory stays from one call to the next.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "core/grid.hpp"
#include "kernels/base/backend.hpp"
#include "kernels/correlation/correlation.hpp"
#include "registration/plane.hpp"
#include "registration/surface.hpp"

namespace plotwatch::kernels {
class Queue;
}

namespace plotwatch::registration {

// The field x + i y of either date; a null imaginary part is 0. All planes of one size.
struct FieldPlanes {
  const Plane *before_x = nullptr, *before_y = nullptr, *after_x = nullptr, *after_y = nullptr;
};

class DeviceCorrelator {
 public:
  // `memory`: bytes of device memory at most. Throws kernels::DeviceError(unavailable) when the device is not there.
  DeviceCorrelator(kernels::Backend backend, int device, std::size_t memory);
  DeviceCorrelator(const DeviceCorrelator&) = delete;
  DeviceCorrelator& operator=(const DeviceCorrelator&) = delete;
  ~DeviceCorrelator();

  // kernels/correlation/correlation.hpp for any number of windows of shape.width x shape.height, summed over `pairs`; a
  // surface each, with its tolerance. No pairs, no cuFFT, or no room for the planes and one window: nothing, and the
  // processor does it. Where there is room for a few windows, they are done a few at a time.
  // Throws Error(resources), which names the ground and the kernels, when the device fails.
  std::vector<Surface> correlate(std::span<const FieldPlanes> pairs, std::span<const PixelWindow> windows,
                                 const Plane* weight, kernels::CorrelationShape shape);

  // What the windows of the next calls lie on, in grid pixels: for messages.
  void set_ground(const PixelWindow& ground) { ground_ = ground; }

  // Whether a surface decided: of so many, so many did not and were left to the processor.
  void note(bool decided) { ++surfaces_, undecided_ += decided ? 0 : 1; }
  std::size_t surfaces() const { return surfaces_; }
  std::size_t undecided() const { return undecided_; }

 private:
  class Arena;

  void reserve(std::size_t device_bytes, std::size_t pinned_bytes);
  void drop();

  std::unique_ptr<kernels::Queue> queue_;
  std::size_t memory_;
  PixelWindow ground_;
  int at_once_ = 0;  // windows; only grows while memory lasts, so that plans stay
  char* device_ = nullptr;
  char* pinned_ = nullptr;
  std::size_t device_bytes_ = 0, pinned_bytes_ = 0;
  std::size_t surfaces_ = 0, undecided_ = 0;
};

}  // namespace plotwatch::registration
