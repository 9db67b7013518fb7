#include <algorithm>
#include <cstring>
#include <limits>

#include "kernels/base/check.hpp"
#include "kernels/base/multiversion.hpp"
#include "kernels/device/round_trip.hpp"
#include "kernels/resample/convolve.hpp"
#include "kernels/resample/device_lattice.hpp"
#include "kernels/resample/lattice.hpp"
#include "kernels/resample/prepare.hpp"
#include "kernels/resample/resample.hpp"
#include "kernels/resample/resample_formula.hpp"
#include "kernels/resample/weights.hpp"
#include "kernels/resample/whole_windows.hpp"

namespace plotwatch::kernels {
namespace {

constexpr float nan = std::numeric_limits<float>::quiet_NaN();

// How a pixel is computed: the same for all bands, since they share the mask.
enum State : std::uint8_t { unusable = 0, whole = 1, partial = 2 };

template <class T>
PLOTWATCH_MULTIVERSION void copy_row(const T* __restrict in, Linear linear, const std::uint8_t* __restrict state, int n,
                                     float* __restrict out) {
  for (int i = 0; i < n; ++i) {
    const float value = linear.scale * static_cast<float>(in[i]) + linear.offset;
    out[i] = state[i] != unusable ? value : nan;
  }
}

PLOTWATCH_MULTIVERSION void usable_row(const std::uint8_t* __restrict state, int n, std::uint8_t* __restrict usable) {
  for (int i = 0; i < n; ++i) usable[i] = state[i] != unusable;
}

// Where each pixel's window and weights start.
PLOTWATCH_MULTIVERSION void locate_windows(const std::int32_t* __restrict x, const std::int32_t* __restrict y, int n,
                                           const ResampleScratch::Axis& axis_x, const ResampleScratch::Axis& axis_y,
                                           std::ptrdiff_t stride, std::int64_t* __restrict start,
                                           std::int32_t* __restrict weights_x, std::int32_t* __restrict weights_y) {
  const int taps_x = axis_x.taps, taps_y = axis_y.taps, before_x = axis_x.before, before_y = axis_y.before;
  for (int i = 0; i < n; ++i) {
    weights_x[i] = phase(x[i]) * taps_x;
    weights_y[i] = phase(y[i]) * taps_y;
  }
  for (int i = 0; i < n; ++i) start[i] = (sample_before(y[i]) - before_y) * stride + (sample_before(x[i]) - before_x);
}

struct Range {
  std::int32_t low, high;
};
PLOTWATCH_MULTIVERSION Range range_of(const std::int32_t* __restrict v, int n) {
  Range range{v[0], v[0]};
  for (int i = 1; i < n; ++i) {
    range.low = std::min(range.low, v[i]);
    range.high = std::max(range.high, v[i]);
  }
  return range;
}

bool all_set(Mask mask) {
  for (int y = 0; y < mask.height; ++y)
    if (std::memchr(mask.row(y), 0, static_cast<std::size_t>(mask.width)) != nullptr) return false;
  return true;
}

template <class T>
void grow(std::vector<T>& v, int size) {
  if (v.size() < static_cast<std::size_t>(size)) v.resize(static_cast<std::size_t>(size));
}

// Sample centre on sample centre: a copy, whatever the narrow kernel, for its weights are 0, 1, 0, 0.
bool only_copies(const std::optional<Shift>& shift, const ResampleScratch& scratch) {
  return shift && scratch.axis_x.taps == 4 && scratch.axis_y.taps == 4 && phase(shift->x) == 0 && phase(shift->y) == 0;
}

// One call's work, row by row.
template <class T>
class Resampler {
 public:
  Resampler(Planes<const T> source, Mask usable, const CoordinateLattice& lattice, std::span<const float> scale,
            std::span<const float> offset, const ResampleParams& params, ResampleScratch& scratch)
      : source_(source),
        usable_(usable),
        lattice_(lattice),
        scale_(scale),
        offset_(offset),
        params_(params),
        scratch_(scratch),
        shift_(pure_shift(lattice)) {
    if (nearest()) return;
    prepare_axis(params.interpolation, params.shrink_x, scratch.axis_x);
    prepare_axis(params.interpolation, params.shrink_y, scratch.axis_y);
    if (copies()) return;
    whole_ = whole_windows(usable, scratch.axis_x.taps, scratch.axis_y.taps, scratch.whole);
    all_whole_ = all_set(whole_);
  }

  void run(Planes<float> out, MutableMask out_usable) {
    make_room(out.width);
    for (int y = 0; y < out.height; ++y) {
      if (copies()) {
        copy_rows(y, out);
      } else {
        lattice_row(lattice_, y, out.width, scratch_.x.data(), scratch_.y.data());
        if (nearest())
          nearest_states(out.width);
        else
          window_states(out.width);
        join_stretches(out.width);
        for (int b = 0; b < out.bands; ++b) band_row(b, out.band(b).row(y));
      }
      usable_row(scratch_.state.data(), out.width, out_usable.row(y));
    }
  }

 private:
  bool nearest() const { return params_.interpolation == Interpolation::nearest; }

  bool copies() const { return shift_ && (nearest() || only_copies(shift_, scratch_)); }

  RowGeometry geometry() const {
    return {scratch_.x.data(),         scratch_.y.data(), scratch_.start.data(), scratch_.weights_x.data(),
            scratch_.weights_y.data(), &scratch_.axis_x,  &scratch_.axis_y};
  }

  Linear linear(int b) const { return {scale_[static_cast<std::size_t>(b)], offset_[static_cast<std::size_t>(b)]}; }

  void make_room(int width) {
    grow(scratch_.x, width);
    grow(scratch_.y, width);
    grow(scratch_.start, width);
    grow(scratch_.weights_x, width);
    grow(scratch_.weights_y, width);
    grow(scratch_.state, width);
    grow(scratch_.column, width + 3);
  }

  void copy_rows(int y, Planes<float> out) {
    const int sx = nearest_pixel(shift_->x), sy = nearest_pixel(shift_->y) + y;
    const bool row_inside = sy >= 0 && sy < usable_.height;
    const int begin = row_inside ? std::clamp(-sx, 0, out.width) : 0;
    const int end = row_inside ? std::clamp(usable_.width - sx, begin, out.width) : 0;
    std::uint8_t* state = scratch_.state.data();
    std::fill(state, state + begin, unusable);
    std::fill(state + end, state + out.width, unusable);
    if (begin < end) usable_row(&usable_(sx + begin, sy), end - begin, state + begin);
    for (int b = 0; b < out.bands; ++b) {
      float* row = out.band(b).row(y);
      std::fill(row, row + begin, nan);
      std::fill(row + end, row + out.width, nan);
      if (begin < end) copy_row(&source_.band(b)(sx + begin, sy), linear(b), state + begin, end - begin, row + begin);
    }
  }

  void nearest_states(int width) {
    const std::int32_t* px = scratch_.x.data();
    const std::int32_t* py = scratch_.y.data();
    std::uint8_t* state = scratch_.state.data();
    std::int64_t* start = scratch_.start.data();
    const Mask usable = usable_;
    for (int x = 0; x < width; ++x) {
      const int sx = nearest_pixel(px[x]), sy = nearest_pixel(py[x]);
      const bool inside = sx >= 0 && sy >= 0 && sx < usable.width && sy < usable.height;
      state[x] = inside && usable(sx, sy) != 0 ? whole : unusable;
      start[x] = sy * source_.stride + sx;
    }
  }

  void window_states(int width) {
    const RowGeometry row = geometry();
    locate_windows(row.x, row.y, width, *row.axis_x, *row.axis_y, source_.stride, scratch_.start.data(),
                   scratch_.weights_x.data(), scratch_.weights_y.data());
    std::uint8_t* state = scratch_.state.data();
    const Mask windows = whole_;
    const int before_x = row.axis_x->before, before_y = row.axis_y->before;
    const Range rx = range_of(row.x, width), ry = range_of(row.y, width);
    if (all_whole_ && sample_before(rx.low) >= before_x && sample_before(rx.high) - before_x < windows.width &&
        sample_before(ry.low) >= before_y && sample_before(ry.high) - before_y < windows.height) {
      std::fill_n(state, width, whole);
      return;
    }
    for (int x = 0; x < width; ++x) {
      const int sx = sample_before(row.x[x]) - before_x, sy = sample_before(row.y[x]) - before_y;
      const bool inside = sx >= 0 && sy >= 0 && sx < windows.width && sy < windows.height;
      if (inside && windows(sx, sy) != 0)
        state[x] = whole;
      else
        state[x] = partial_usable(usable_, row, params_.min_weight, x) ? partial : unusable;
    }
  }

  void join_stretches(int width) {
    const std::uint8_t* state = scratch_.state.data();
    scratch_.stretches.clear();
    for (int begin = 0, end = 0; begin < width; begin = end) {
      while (end < width && state[end] == state[begin]) ++end;
      scratch_.stretches.push_back({begin, end, state[begin]});
    }
  }

  void band_row(int b, float* out) {
    const View<const T> band = source_.band(b);
    for (const auto& [begin, end, way] : scratch_.stretches) {
      if (way == unusable)
        std::fill(out + begin, out + end, nan);
      else if (way == whole)
        whole_stretch(band, linear(b), begin, end, out);
      else
        for (int x = begin; x < end; ++x) out[x] = convolve_partial(band, usable_, geometry(), linear(b), x);
    }
  }

  void whole_stretch(View<const T> band, Linear linear, int begin, int end, float* out) {
    const RowGeometry row = geometry();
    if (nearest()) {
      const T* samples = band.data;
      for (int x = begin; x < end; ++x)
        out[x] = linear.scale * static_cast<float>(samples[row.start[x]]) + linear.offset;
    } else if (shift_ && row.narrow()) {
      convolve_shifted(band, row, linear, begin, end, scratch_.column.data(), out);
    } else {
      convolve_whole(band, row, linear, begin, end, out);
    }
  }

  Planes<const T> source_;
  Mask usable_;
  const CoordinateLattice& lattice_;
  std::span<const float> scale_, offset_;
  const ResampleParams& params_;
  ResampleScratch& scratch_;
  std::optional<Shift> shift_;
  Mask whole_;  // see whole_windows.hpp
  bool all_whole_ = false;
};

}  // namespace

namespace {

template <class T>
void resample_on_device(Backend backend, Planes<const T> source, Mask source_usable, const CoordinateLattice& lattice,
                        std::span<const float> scale, std::span<const float> offset, Planes<float> out,
                        MutableMask out_usable, const ResampleParams& params, ResampleScratch& scratch) {
  RoundTrip trip(backend);
  DeviceResample how;
  how.min_weight = params.min_weight;
  how.nearest = prepare_resample(params, lattice, scratch);
  if (!how.nearest) {
    how.axis_x = axis_on_device(trip, scratch.axis_x);
    how.axis_y = axis_on_device(trip, scratch.axis_y);
  }
  how.lattice = lattice_on_device(trip, lattice);
  trip.queue().resample(trip.in(source), trip.in(source_usable), how, scale, offset, trip.out(out),
                        trip.out(out_usable));
  trip.finish();
}

}  // namespace

bool prepare_resample(const ResampleParams& params, const CoordinateLattice& lattice, ResampleScratch& scratch) {
  if (params.interpolation == Interpolation::nearest) return true;
  prepare_axis(params.interpolation, params.shrink_x, scratch.axis_x);
  prepare_axis(params.interpolation, params.shrink_y, scratch.axis_y);
  return only_copies(pure_shift(lattice), scratch);
}

int resample_margin(const ResampleParams& params) {
  if (params.interpolation == Interpolation::nearest) return 0;
  return half_taps(params.interpolation, std::max(params.shrink_x, params.shrink_y));
}

template <class T>
void resample(Backend backend, Planes<const T> source, Mask source_usable, const CoordinateLattice& lattice,
              std::span<const float> scale, std::span<const float> offset, Planes<float> out, MutableMask out_usable,
              const ResampleParams& params, ResampleScratch& scratch) {
  constexpr auto kernel = "resample";
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
  if (backend != Backend::cpu)
    return resample_on_device(backend, source, source_usable, lattice, scale, offset, out, out_usable, params, scratch);
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
