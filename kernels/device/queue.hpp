// Work for one device, done in the order in which it was given. Every call only gives the work; wait() ends it.
//
// Device memory comes from allocate() and is never read or written by the host. The kernels below are those of the
// headers named beside them: views point at device memory, arguments must hold what the header demands and are not
// checked again, and outputs have the bits that the CPU form gives (docs/gpu.md lists the exceptions).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "kernels/base/backend.hpp"
#include "kernels/base/view.hpp"
#include "kernels/correlation/correlation.hpp"
#include "kernels/cover/cover.hpp"
#include "kernels/device/device_resample.hpp"
#include "kernels/moments/moments_sums.hpp"
#include "kernels/morphology/morphology.hpp"
#include "kernels/runs/runs.hpp"
#include "kernels/significance/significance.hpp"
#include "kernels/stretch/stretch.hpp"
#include "kernels/variates/variates.hpp"

namespace plotwatch::kernels {

class Queue {
 public:
  Queue() = default;
  Queue(const Queue&) = delete;
  Queue& operator=(const Queue&) = delete;
  virtual ~Queue() = default;

  virtual Backend backend() const = 0;
  virtual int device() const = 0;
  virtual std::size_t free_memory() const = 0;  // bytes of the device that nobody has allocated

  // Throw DeviceError(out_of_memory). `bytes` 0 gives null; release takes null. Releasing waits for the device.
  virtual void* allocate(std::size_t bytes) = 0;
  virtual void release(void* memory) noexcept = 0;
  // Host memory that copies can run from and to while the host goes on; other host memory is copied, but slowly.
  virtual void* allocate_pinned(std::size_t bytes) = 0;
  virtual void release_pinned(void* memory) noexcept = 0;

  // `rows` rows of `row_bytes`, pitches in bytes. The host's side must stay as it is until wait().
  virtual void upload(void* device, std::size_t device_pitch, const void* host, std::size_t host_pitch,
                      std::size_t row_bytes, std::size_t rows) = 0;
  virtual void download(void* host, std::size_t host_pitch, const void* device, std::size_t device_pitch,
                        std::size_t row_bytes, std::size_t rows) = 0;
  virtual void copy(void* to, const void* from, std::size_t bytes) = 0;  // from device memory to device memory
  virtual void fill(void* device, std::uint8_t byte, std::size_t bytes) = 0;
  virtual void fill_rows(void* device, std::size_t pitch, std::uint8_t byte, std::size_t row_bytes,
                         std::size_t rows) = 0;

  // Returns when everything is done. Throws DeviceError(failed) that names the kernels given since the last wait.
  virtual void wait() = 0;

  // quality/quality.hpp; `table` in device memory
  virtual void usable_from_quality(View<const std::uint8_t> quality, const std::uint8_t* table, MutableMask out) = 0;
  virtual void usable_from_quality(View<const std::uint16_t> quality, const std::uint8_t* table, MutableMask out) = 0;
  // affine/affine.hpp, logarithm/logarithm.hpp, stretch/stretch.hpp
  virtual void affine(View<const float> in, float gain, float bias, View<float> out) = 0;
  virtual void logarithm(View<const float> in, float floor, View<float> out) = 0;
  virtual void to_byte(View<const float> in, Mask usable, Stretch stretch, MutableMask out) = 0;
  // resample/resample.hpp; nodes and weights in device memory
  virtual void usable_from_nodata(View<const std::uint8_t> band, std::optional<std::uint8_t> nodata,
                                  MutableMask inout) = 0;
  virtual void usable_from_nodata(View<const std::uint16_t> band, std::optional<std::uint16_t> nodata,
                                  MutableMask inout) = 0;
  virtual void usable_from_nodata(View<const std::int16_t> band, std::optional<std::int16_t> nodata,
                                  MutableMask inout) = 0;
  virtual void usable_from_nodata(View<const float> band, std::optional<float> nodata, MutableMask inout) = 0;
  virtual void resample(Planes<const std::uint8_t> source, Mask usable, const DeviceResample& how,
                        std::span<const float> scale, std::span<const float> offset, Planes<float> out,
                        MutableMask out_usable) = 0;
  virtual void resample(Planes<const std::uint16_t> source, Mask usable, const DeviceResample& how,
                        std::span<const float> scale, std::span<const float> offset, Planes<float> out,
                        MutableMask out_usable) = 0;
  virtual void resample(Planes<const std::int16_t> source, Mask usable, const DeviceResample& how,
                        std::span<const float> scale, std::span<const float> offset, Planes<float> out,
                        MutableMask out_usable) = 0;
  virtual void resample(Planes<const float> source, Mask usable, const DeviceResample& how,
                        std::span<const float> scale, std::span<const float> offset, Planes<float> out,
                        MutableMask out_usable) = 0;
  virtual void resample_mask(Mask source, const CoordinateLattice& lattice, MutableMask inout) = 0;
  // change_vector/change_vector.hpp, variates/variates.hpp (matrix and constant in host memory)
  virtual void change_vector(Planes<const float> before, Planes<const float> after, Mask usable, int radius,
                             View<float> out, bool squared) = 0;
  virtual void variates_norm(Planes<const float> before, Planes<const float> after, Mask usable,
                             const VariatesParams& params, View<float> out) = 0;
  // spectral_angle/spectral_angle.hpp
  virtual void spectral_angle(Planes<const float> before, Planes<const float> after, Mask usable, int radius,
                              View<float> out) = 0;
  // static_edges/static_edges.hpp (weights in host memory)
  virtual void static_edges(Planes<const float> before, Planes<const float> after, Mask usable,
                            std::span<const float> before_weight, std::span<const float> after_weight,
                            View<float> out) = 0;
  // rarity/rarity.hpp (axes in host memory; classes and table in device memory)
  virtual void rarity(Planes<const float> before, Planes<const float> after, Mask usable,
                      std::span<const float> before_axes, std::span<const float> after_axes,
                      const std::uint8_t* classes, const std::uint8_t* table, MutableMask out) = 0;
  // gaussian/gaussian.hpp
  virtual void gaussian(View<const float> in, Mask usable, float sigma, View<float> out) = 0;
  // significance/significance.hpp; the spans are in host memory, what the views point at on the device
  virtual void fuse_minimum(std::span<const View<const float>> scores, std::span<const NullModel> models, Mask usable,
                            View<float> z) = 0;
  virtual void standardise_along(View<float> z, View<const float> along, const NullCurve& curve) = 0;
  virtual void to_score(View<const float> z, NullModel model, Mask usable, MutableMask score) = 0;
  // cover/cover.hpp
  virtual void transition(Planes<const float> before, Planes<const float> after, Mask usable,
                          const CoverParams& before_params, const CoverParams& after_params, MutableMask code) = 0;
  // morphology/morphology.hpp
  virtual void dilate(Mask in, int radius, Element element, MutableMask out) = 0;
  virtual void erode(Mask in, int radius, Element element, MutableMask out) = 0;
  virtual void close(Mask in, int radius, Element element, MutableMask out) = 0;
  // moments/moments.hpp; `sums` in device memory
  virtual void moments(Planes<const float> samples, Mask usable, View<const float> weight, MomentSums* sums) = 0;
  // runs/runs.hpp
  virtual void threshold(View<const std::uint8_t> score, std::uint8_t weak_cut, std::uint8_t strong_cut,
                         MutableMask weak, MutableMask strong) = 0;
  // `runs` has room for most_runs(width, height), `count` for one number; both in device memory.
  virtual void extract_runs(Mask weak, Mask strong, int origin_x, int origin_y, Run* runs, std::int32_t* count) = 0;
  // components/components.hpp
  virtual void label_components(Mask in, View<std::int32_t> labels) = 0;
  virtual void keep_supported(Mask weak, Mask strong, MutableMask out) = 0;
  // intersect/intersect.hpp
  virtual void intersect(Mask in, MutableMask inout) = 0;
  // correlation/correlation.hpp; up to shape.windows_at_once windows. Throws DeviceError(out_of_memory) where there is
  // no room for so many at once, DeviceError(unavailable) where DeviceInfo::why_no_transforms says why.
  virtual void correlate(std::span<const FieldPair> pairs, View<const float> weight, std::span<const Corner> windows,
                         const CorrelationShape& shape, View<float> out) = 0;
};

// Runs that a mask can have at most.
inline std::size_t most_runs(int width, int height) {
  return (static_cast<std::size_t>(width) + 1) / 2 * static_cast<std::size_t>(height);
}

}  // namespace plotwatch::kernels
