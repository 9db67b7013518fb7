#include <algorithm>
#include <cmath>
#include <limits>

#include "kernels/base/check.hpp"
#include "kernels/base/multiversion.hpp"
#include "kernels/resample/convolve.hpp"
#include "kernels/resample/lattice.hpp"
#include "kernels/resample/resample.hpp"
#include "kernels/resample/resample_formula.hpp"
#include "kernels/resample/weights.hpp"
#include "kernels/resample/whole_windows.hpp"

namespace plotwatch::kernels {
namespace {

constexpr float nan = std::numeric_limits<float>::quiet_NaN();

// How a pixel is computed. One value for all bands, since they share the mask.
enum State : std::uint8_t { unusable = 0, whole = 1, partial = 2 };

template <class T>
PLOTWATCH_MULTIVERSION void copy_row(const T* __restrict in, Linear linear, int n, float* __restrict out) {
  for (int i = 0; i < n; ++i) out[i] = linear.scale * static_cast<float>(in[i]) + linear.offset;
}

// Calls visit(begin, end, state) for each stretch of pixels in one state.
template <class Visit>
void for_stretches(const std::vector<std::uint8_t>& state, int width, Visit visit) {
  for (int begin = 0; begin < width;) {
    const std::uint8_t first = state[static_cast<std::size_t>(begin)];
    int end = begin + 1;
    while (end < width && state[static_cast<std::size_t>(end)] == first) ++end;
    visit(begin, end, first);
    begin = end;
  }
}

// One call's work, row by row.
template <class T>
class Resampler {
 public:
  Resampler(Planes<const T> source, Mask usable, const CoordinateLattice& lattice, std::span<const float> scale,
            std::span<const float> offset, const ResampleParams& params, ResampleScratch& scratch)
      : source_(source), usable_(usable), lattice_(lattice), scale_(scale), offset_(offset), params_(params),
        scratch_(scratch), shift_(pure_shift(lattice)) {
    if (params.interpolation == Interpolation::nearest) return;
    prepare_axis(params.interpolation, params.shrink_x, scratch.axis_x);
    prepare_axis(params.interpolation, params.shrink_y, scratch.axis_y);
    narrow_ = scratch.axis_x.taps == 4 && scratch.axis_y.taps == 4;
    if (!copies()) whole_ = whole_windows(usable, scratch.axis_x.taps, scratch.axis_y.taps, scratch.whole);
  }

  void run(Planes<float> out, MutableMask out_usable) {
    const auto width = static_cast<std::size_t>(out.width);
    if (scratch_.x.size() < width) scratch_.x.resize(width), scratch_.y.resize(width), scratch_.state.resize(width);
    if (scratch_.column.size() < width + 3) scratch_.column.resize(width + 3);
    for (int y = 0; y < out.height; ++y) {
      lattice_row(lattice_, y, out.width, scratch_.x.data(), scratch_.y.data());
      if (copies() || params_.interpolation == Interpolation::nearest) nearest_states(out.width);
      else window_states(out.width);
      for (int b = 0; b < out.bands; ++b) band_row(b, out.width, out.band(b).row(y));
      for (int x = 0; x < out.width; ++x) out_usable(x, y) = scratch_.state[static_cast<std::size_t>(x)] != unusable;
    }
  }

 private:
  // Sample centre on sample centre: a copy, whatever the (narrow) kernel, for its weights are 0, 1, 0, 0.
  bool copies() const {
    if (!shift_) return false;
    return params_.interpolation == Interpolation::nearest ||
           (narrow_ && phase(shift_->x) == 0 && phase(shift_->y) == 0);
  }

  RowGeometry geometry() const { return {scratch_.x.data(), scratch_.y.data(), &scratch_.axis_x, &scratch_.axis_y}; }

  void nearest_states(int width) {
    for (int x = 0; x < width; ++x) {
      const auto i = static_cast<std::size_t>(x);
      const int sx = nearest_pixel(scratch_.x[i]), sy = nearest_pixel(scratch_.y[i]);
      const bool inside = sx >= 0 && sy >= 0 && sx < usable_.width && sy < usable_.height;
      scratch_.state[i] = inside && usable_(sx, sy) != 0 ? whole : unusable;
    }
  }

  void window_states(int width) {
    const RowGeometry row = geometry();
    for (int x = 0; x < width; ++x) {
      const auto i = static_cast<std::size_t>(x);
      const int sx = sample_before(row.x[i]) - row.axis_x->before, sy = sample_before(row.y[i]) - row.axis_y->before;
      const bool inside = sx >= 0 && sy >= 0 && sx < whole_.width && sy < whole_.height;
      if (inside && whole_(sx, sy) != 0) scratch_.state[i] = whole;
      else scratch_.state[i] = partial_usable(usable_, row, params_.min_weight, x) ? partial : unusable;
    }
  }

  void band_row(int b, int width, float* out) {
    const View<const T> band = source_.band(b);
    const Linear linear{scale_[static_cast<std::size_t>(b)], offset_[static_cast<std::size_t>(b)]};
    for_stretches(scratch_.state, width, [&](int begin, int end, std::uint8_t state) {
      if (state == unusable) std::fill(out + begin, out + end, nan);
      else if (state == whole) whole_stretch(band, linear, begin, end, out);
      else
        for (int x = begin; x < end; ++x) out[x] = convolve_partial(band, usable_, geometry(), linear, x);
    });
  }

  void whole_stretch(View<const T> band, Linear linear, int begin, int end, float* out) {
    const std::int32_t* px = scratch_.x.data();
    const std::int32_t* py = scratch_.y.data();
    if (copies()) {
      copy_row(&band(nearest_pixel(px[begin]), nearest_pixel(py[begin])), linear, end - begin, out + begin);
    } else if (params_.interpolation == Interpolation::nearest) {
      for (int x = begin; x < end; ++x)
        out[x] = linear.scale * static_cast<float>(band(nearest_pixel(px[x]), nearest_pixel(py[x]))) + linear.offset;
    } else if (shift_ && narrow_) {
      convolve_shifted(band, geometry(), linear, begin, end, scratch_.column.data(), out);
    } else {
      convolve_whole(band, geometry(), linear, begin, end, out);
    }
  }

  Planes<const T> source_;
  Mask usable_;
  const CoordinateLattice& lattice_;
  std::span<const float> scale_, offset_;
  const ResampleParams& params_;
  ResampleScratch& scratch_;
  std::optional<Shift> shift_;
  bool narrow_ = false;
  Mask whole_;
};

}  // namespace

int resample_margin(const ResampleParams& params) {
  if (params.interpolation == Interpolation::nearest) return 0;
  return half_taps(params.interpolation, std::max(params.shrink_x, params.shrink_y));
}

template <class T>
void resample(Backend backend, Planes<const T> source, Mask source_usable, const CoordinateLattice& lattice,
              std::span<const float> scale, std::span<const float> offset, Planes<float> out, MutableMask out_usable,
              const ResampleParams& params, ResampleScratch& scratch) {
  constexpr auto kernel = "resample";
  require_cpu(backend, kernel);
  require_planes(source, kernel);
  require_planes(out, kernel);
  require_view(source_usable, kernel);
  require_view(out_usable, kernel);
  require_same_size(source, source_usable, kernel);
  require_same_size(out, out_usable, kernel);
  require(source.bands == out.bands, kernel, "source and output differ in their number of bands");
  const auto bands = static_cast<std::size_t>(out.bands);
  require(scale.size() == bands && offset.size() == bands, kernel, "one scale and one offset a band");
  require(params.shrink_x <= 64.0f && params.shrink_y <= 64.0f && params.shrink_x > 0.0f && params.shrink_y > 0.0f,
          kernel, "shrink must be above 0 and at most 64");
  require(params.min_weight >= 0.5f && params.min_weight <= 1.0f, kernel, "min_weight must be 0.5 to 1");
  require_lattice(lattice, out_usable.width, out_usable.height, kernel);
  if (out_usable.empty()) return;
  Resampler<T>(source, source_usable, lattice, scale, offset, params, scratch).run(out, out_usable);
}

template void resample(Backend, Planes<const std::uint8_t>, Mask, const CoordinateLattice&, std::span<const float>,
                       std::span<const float>, Planes<float>, MutableMask, const ResampleParams&, ResampleScratch&);
template void resample(Backend, Planes<const std::uint16_t>, Mask, const CoordinateLattice&, std::span<const float>,
                       std::span<const float>, Planes<float>, MutableMask, const ResampleParams&, ResampleScratch&);
template void resample(Backend, Planes<const std::int16_t>, Mask, const CoordinateLattice&, std::span<const float>,
                       std::span<const float>, Planes<float>, MutableMask, const ResampleParams&, ResampleScratch&);
template void resample(Backend, Planes<const float>, Mask, const CoordinateLattice&, std::span<const float>,
                       std::span<const float>, Planes<float>, MutableMask, const ResampleParams&, ResampleScratch&);

}  // namespace plotwatch::kernels
