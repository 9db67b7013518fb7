// The queue of a CUDA stream. Memory is in stream_queue.cu; each kernel is a member in the .cu file of its folder.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "kernels/device/device.hpp"
#include "kernels/device/launch.cuh"
#include "kernels/device/queue.hpp"

namespace plotwatch::kernels::PLOTWATCH_BACKEND {

class TransformPlan;

class StreamQueue final : public Queue {
 public:
  explicit StreamQueue(int device);
  ~StreamQueue() override;

  Backend backend() const override;
  int device() const override { return device_; }
  std::size_t free_memory() const override;
  void* allocate(std::size_t bytes) override;
  void release(void* memory) noexcept override;
  void* allocate_pinned(std::size_t bytes) override;
  void release_pinned(void* memory) noexcept override;
  void upload(void* device, std::size_t device_pitch, const void* host, std::size_t host_pitch, std::size_t row_bytes,
              std::size_t rows) override;
  void download(void* host, std::size_t host_pitch, const void* device, std::size_t device_pitch, std::size_t row_bytes,
                std::size_t rows) override;
  void copy(void* to, const void* from, std::size_t bytes) override;
  void fill(void* device, std::uint8_t byte, std::size_t bytes) override;
  void fill_rows(void* device, std::size_t pitch, std::uint8_t byte, std::size_t row_bytes, std::size_t rows) override;
  void wait() override;

  void usable_from_quality(View<const std::uint8_t>, const std::uint8_t* table, MutableMask out) override;
  void usable_from_quality(View<const std::uint16_t>, const std::uint8_t* table, MutableMask out) override;
  void affine(View<const float> in, float gain, float bias, View<float> out) override;
  void logarithm(View<const float> in, float floor, View<float> out) override;
  void to_byte(View<const float> in, Mask usable, Stretch stretch, MutableMask out) override;
  void usable_from_nodata(View<const std::uint8_t>, std::optional<std::uint8_t>, MutableMask) override;
  void usable_from_nodata(View<const std::uint16_t>, std::optional<std::uint16_t>, MutableMask) override;
  void usable_from_nodata(View<const std::int16_t>, std::optional<std::int16_t>, MutableMask) override;
  void usable_from_nodata(View<const float>, std::optional<float>, MutableMask) override;
  void resample(Planes<const std::uint8_t>, Mask, const DeviceResample&, std::span<const float> scale,
                std::span<const float> offset, Planes<float>, MutableMask) override;
  void resample(Planes<const std::uint16_t>, Mask, const DeviceResample&, std::span<const float> scale,
                std::span<const float> offset, Planes<float>, MutableMask) override;
  void resample(Planes<const std::int16_t>, Mask, const DeviceResample&, std::span<const float> scale,
                std::span<const float> offset, Planes<float>, MutableMask) override;
  void resample(Planes<const float>, Mask, const DeviceResample&, std::span<const float> scale,
                std::span<const float> offset, Planes<float>, MutableMask) override;
  void resample_mask(Mask source, const CoordinateLattice& lattice, MutableMask inout) override;
  void change_vector(Planes<const float> before, Planes<const float> after, Mask usable, int radius, View<float> out,
                     bool squared) override;
  void variates_norm(Planes<const float> before, Planes<const float> after, Mask usable, const VariatesParams& params,
                     View<float> out) override;
  void spectral_angle(Planes<const float> before, Planes<const float> after, Mask usable, int radius,
                      View<float> out) override;
  void static_edges(Planes<const float> before, Planes<const float> after, Mask usable,
                    std::span<const float> before_weight, std::span<const float> after_weight,
                    View<float> out) override;
  void rarity(Planes<const float> before, Planes<const float> after, Mask usable, std::span<const float> before_axes,
              std::span<const float> after_axes, const std::uint8_t* classes, const std::uint8_t* table,
              MutableMask out) override;
  void gaussian(View<const float> in, Mask usable, float sigma, View<float> out) override;
  void fuse_minimum(std::span<const View<const float>> scores, std::span<const NullModel> models, Mask usable,
                    View<float> z) override;
  void standardise_along(View<float> z, View<const float> along, const NullCurve& curve) override;
  void to_score(View<const float> z, NullModel model, Mask usable, MutableMask score) override;
  void transition(Planes<const float> before, Planes<const float> after, Mask usable, const CoverParams& before_params,
                  const CoverParams& after_params, MutableMask code) override;
  void dilate(Mask in, int radius, Element element, MutableMask out) override;
  void erode(Mask in, int radius, Element element, MutableMask out) override;
  void close(Mask in, int radius, Element element, MutableMask out) override;
  void moments(Planes<const float> samples, Mask usable, View<const float> weight, MomentSums* sums) override;
  void threshold(View<const std::uint8_t> score, std::uint8_t weak_cut, std::uint8_t strong_cut, MutableMask weak,
                 MutableMask strong) override;
  void extract_runs(Mask weak, Mask strong, int origin_x, int origin_y, Run* runs, std::int32_t* count) override;
  void label_components(Mask in, View<std::int32_t> labels) override;
  void keep_supported(Mask weak, Mask strong, MutableMask out) override;
  void intersect(Mask in, MutableMask inout) override;
  void correlate(std::span<const FieldPair> pairs, View<const float> weight, std::span<const Corner> windows,
                 const CorrelationShape& shape, View<float> out) override;

 private:
  // Every launch goes through here: an empty one is left out, a failed one names its kernel.
  template <class... Parameters, class... Arguments>
  void launch(const char* kernel, void (*code)(Parameters...), const Shape& shape, const Arguments&... arguments) {
    if (shape.empty()) return;
    activate();
#if defined(__CUDACC__)
    code<<<shape.grid, shape.block, shape.shared_bytes, stream_>>>(arguments...);
#else
    ::simt::launch(kernel, shape.grid, shape.block, shape.shared_bytes, stream_, [=] { code(arguments...); });
#endif
    launched(kernel, cudaGetLastError());
  }

  void launched(const char* kernel, cudaError_t error);
  void activate() const;  // makes device_ the thread's device
  // Memory that a kernel needs between its launches: one piece, grown, good until the next call.
  void* scratch(std::size_t bytes);
  void spread(const char* kernel, Mask in, int radius, Element element, MutableMask out, std::uint8_t flip,
              std::uint16_t* distance);
  // Sets of a mask's blocks of 2 x 2 pixels, in scratch memory: a block's root, and room for a mark of each root.
  struct Sets {
    std::int32_t* parent;
    std::uint8_t* marks;
  };
  Sets connect(const char* kernel, Mask mask);

  int device_ = 0;
  cudaStream_t stream_ = nullptr;
  std::vector<const char*> kernels_;           // since the last wait
  std::unique_ptr<TransformPlan> transforms_;  // the last that was asked for
  void* scratch_ = nullptr;
  std::size_t scratch_bytes_ = 0;
};

// Throws DeviceError when `error` is one; `doing` starts the message.
void check(cudaError_t error, const std::string& doing);

}  // namespace plotwatch::kernels::PLOTWATCH_BACKEND
