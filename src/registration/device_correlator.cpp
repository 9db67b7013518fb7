#include "registration/device_correlator.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include <fmt/format.h>

#include "core/error.hpp"
#include "kernels/device/device.hpp"
#include "kernels/device/queue.hpp"

namespace plotwatch::registration {
namespace {

using kernels::DeviceError;

// Complex planes of a transform's size that a window takes: both spectra, their product, and what the library works in.
constexpr std::size_t planes_a_window = 5;
constexpr std::size_t alignment = 256;

std::size_t aligned(std::size_t bytes) { return (bytes + alignment - 1) / alignment * alignment; }
std::size_t bytes_of(const Plane& plane) { return aligned(plane.samples.size() * sizeof(float)); }

double energy(const Plane& x, const Plane* y, const PixelWindow& window, const Plane* weight) {
  double sum = 0;
  for (int r = 0; r < window.height; ++r)
    for (int c = 0; c < window.width; ++c) {
      const double w = weight ? weight->row(r)[c] : 1;
      const double re = x.row(window.y + r)[window.x + c], im = y ? y->row(window.y + r)[window.x + c] : 0;
      sum += w * w * (re * re + im * im);
    }
  return sum;
}

// How far the device's values may lie from the processor's.
double tolerance(std::span<const FieldPlanes> pairs, const PixelWindow& window, const Plane* weight) {
  double most = 0;
  for (const FieldPlanes& p : pairs)
    most += std::sqrt(energy(*p.before_x, p.before_y, window, weight) * energy(*p.after_x, p.after_y, window, weight));
  return kernels::correlation_tolerance * most;
}

}  // namespace

// Planes that go up, each through pinned memory, one after another on both sides.
class DeviceCorrelator::Arena {
 public:
  Arena(DeviceCorrelator& owner) : owner_(owner) {}

  kernels::View<const float> up(const Plane* plane) {
    if (!plane) return {};
    const std::size_t row = static_cast<std::size_t>(plane->width) * sizeof(float);
    std::memcpy(owner_.pinned_ + used_, plane->samples.data(), plane->samples.size() * sizeof(float));
    owner_.queue_->upload(owner_.device_ + used_, row, owner_.pinned_ + used_, row, row,
                          static_cast<std::size_t>(plane->height));
    const auto* at = reinterpret_cast<const float*>(owner_.device_ + used_);
    used_ += bytes_of(*plane);
    return {at, plane->width, plane->height, plane->width};
  }
  std::size_t used() const { return used_; }

 private:
  DeviceCorrelator& owner_;
  std::size_t used_ = 0;
};

DeviceCorrelator::DeviceCorrelator(kernels::Backend backend, int device, std::size_t memory)
    : queue_(kernels::make_queue(backend, device)), memory_(memory) {}

DeviceCorrelator::~DeviceCorrelator() { drop(); }

void DeviceCorrelator::drop() {
  queue_->release(device_);
  queue_->release_pinned(pinned_);
  device_ = pinned_ = nullptr;
  device_bytes_ = pinned_bytes_ = 0;
}

void DeviceCorrelator::reserve(std::size_t device_bytes, std::size_t pinned_bytes) {
  if (device_bytes <= device_bytes_ && pinned_bytes <= pinned_bytes_) return;
  device_bytes = std::max(device_bytes, device_bytes_);
  pinned_bytes = std::max(pinned_bytes, pinned_bytes_);
  drop();
  try {
    device_ = static_cast<char*>(queue_->allocate(device_bytes));
    pinned_ = static_cast<char*>(queue_->allocate_pinned(pinned_bytes));
  } catch (const DeviceError&) {
    drop();
    throw;
  }
  device_bytes_ = device_bytes;
  pinned_bytes_ = pinned_bytes;
}

std::vector<Surface> DeviceCorrelator::correlate(std::span<const FieldPlanes> pairs,
                                                 std::span<const PixelWindow> windows, const Plane* weight,
                                                 kernels::CorrelationShape shape) {
  if (pairs.empty() || windows.empty()) return {};
  const auto side = static_cast<std::size_t>(shape.side());
  const std::size_t surface = side * side;
  std::size_t planes = weight ? bytes_of(*weight) : 0;
  for (const FieldPlanes& p : pairs)
    for (const Plane* plane : {p.before_x, p.before_y, p.after_x, p.after_y})
      if (plane) planes += bytes_of(*plane);
  const std::size_t a_window = planes_a_window * sizeof(float) * 2 * static_cast<std::size_t>(shape.columns) *
                                   static_cast<std::size_t>(shape.rows) +
                               surface * sizeof(float);
  const std::size_t fitting = memory_ > planes ? (memory_ - planes) / a_window : 0;
  int at_once = static_cast<int>(std::min({fitting, windows.size(), std::size_t{kernels::most_windows}}));
  at_once = std::min(std::max(at_once, at_once_), static_cast<int>(std::min<std::size_t>(fitting, 1u << 20)));
  std::vector<Surface> found;
  while (at_once > 0) {
    try {
      shape.windows_at_once = at_once;
      const std::size_t room = aligned(static_cast<std::size_t>(at_once) * surface * sizeof(float));
      reserve(planes + room, planes + room);
      Arena arena(*this);
      std::vector<kernels::FieldPair> fields;
      for (const FieldPlanes& p : pairs)
        fields.push_back({arena.up(p.before_x), arena.up(p.before_y), arena.up(p.after_x), arena.up(p.after_y)});
      const kernels::View<const float> taper = arena.up(weight);
      auto* const out = reinterpret_cast<float*>(device_ + arena.used());
      auto* const staged = reinterpret_cast<float*>(pinned_ + arena.used());
      found.clear();
      for (std::size_t first = 0; first < windows.size(); first += static_cast<std::size_t>(at_once)) {
        const auto some = windows.subspan(first, std::min(static_cast<std::size_t>(at_once), windows.size() - first));
        std::vector<kernels::Corner> corners;
        for (const PixelWindow& w : some) corners.push_back({w.x, w.y});
        const int rows = shape.side() * static_cast<int>(some.size());
        queue_->correlate(fields, taper, corners, shape, {out, shape.side(), rows, shape.side()});
        const std::size_t bytes = some.size() * surface * sizeof(float);
        queue_->download(staged, bytes, out, bytes, bytes, 1);
        queue_->wait();
        for (std::size_t i = 0; i < some.size(); ++i)
          found.push_back(
              {shape.reach, {staged + i * surface, staged + (i + 1) * surface}, tolerance(pairs, some[i], weight)});
      }
      at_once_ = at_once;
      return found;
    } catch (const DeviceError& e) {
      if (e.kind() == DeviceError::Kind::failed)
        throw Error(ExitCode::resources, e.what(),
                    fmt::format("matching windows of {} x {} pixels at column {}, row {}", shape.width, shape.height,
                                ground_.x, ground_.y),
                    "Use --device cpu; `plotwatch devices` tells the state of the device.");
      if (e.kind() == DeviceError::Kind::unavailable) return {};
      drop();
      at_once /= 2;
      at_once_ = 0;
      memory_ = planes + static_cast<std::size_t>(at_once) * a_window;  // not to be tried again
    }
  }
  return {};
}

}  // namespace plotwatch::registration
