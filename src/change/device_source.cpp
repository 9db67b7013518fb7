#include "change/device_source.hpp"

#include <array>
#include <cmath>
#include <type_traits>

#include "kernels/resample/prepare.hpp"

namespace plotwatch::change {
namespace {

using kernels::Mask;
using kernels::MutableMask;
using kernels::Planes;
using kernels::Queue;
using kernels::View;

template <class T>
Planes<const T> up(Stage& stage, const Planes<const T>& samples) {
  Planes<const T> there = samples;
  there.data = stage.up(samples.data, static_cast<std::size_t>(samples.plane_stride * samples.bands));
  return there;
}

kernels::CoordinateLattice up(Stage& stage, kernels::CoordinateLattice lattice) {
  const auto nodes = static_cast<std::size_t>(lattice.columns) * static_cast<std::size_t>(lattice.rows);
  lattice.x = stage.up(lattice.x, nodes);
  lattice.y = stage.up(lattice.y, nodes);
  return lattice;
}

kernels::DeviceAxis up(Stage& stage, const kernels::ResampleScratch::Axis& axis) {
  return {stage.up(axis.weights.data(), axis.weights.size()), stage.up(axis.positive.data(), axis.positive.size()),
          axis.taps, axis.before};
}

void fill(Queue& queue, MutableMask mask, std::uint8_t value) {
  queue.fill_rows(mask.data, static_cast<std::size_t>(mask.stride), value, static_cast<std::size_t>(mask.width),
                  static_cast<std::size_t>(mask.height));
}

// `value` in all pixels of the mask beyond `inside`.
void fill_beyond(Queue& queue, MutableMask mask, const PixelWindow& inside, std::uint8_t value) {
  if (inside.empty()) return fill(queue, mask, value);
  fill(queue, mask.sub(0, 0, mask.width, inside.y), value);
  fill(queue, mask.sub(0, inside.bottom(), mask.width, mask.height - inside.bottom()), value);
  fill(queue, mask.sub(0, inside.y, inside.x, inside.height), value);
  fill(queue, mask.sub(inside.right(), inside.y, mask.width - inside.right(), inside.height), value);
}

// None where no sample can hold it.
template <class T>
std::optional<T> as_sample(const std::optional<double>& nodata) {
  if (!nodata || std::isnan(*nodata)) return std::nullopt;
  const T value = static_cast<T>(*nodata);
  if (static_cast<double>(value) != *nodata) return std::nullopt;
  return value;
}

void resample_bands(Stage& stage, const BandSource& source, Planes<float> out, MutableMask usable,
                    kernels::ResampleScratch& scratch) {
  std::visit(
      [&]<class T>(const Planes<const T>& samples) {
        const Planes<const T> there = up(stage, samples);
        const auto source_usable = stage.device.view<std::uint8_t>(samples.width, samples.height);
        const auto part_usable = stage.device.view<std::uint8_t>(usable.width, usable.height);
        kernels::DeviceResample how;
        how.lattice = up(stage, source.lattice);
        how.min_weight = source.how.min_weight;
        how.nearest = kernels::prepare_resample(source.how, source.lattice, scratch);
        if (!how.nearest) {
          how.axis_x = up(stage, scratch.axis_x);
          how.axis_y = up(stage, scratch.axis_y);
        }
        if (!stage.queue) return;
        Queue& queue = *stage.queue;
        fill(queue, source_usable, 1);
        fill_beyond(queue, source_usable, source.inside, 0);
        for (int b = 0; b < there.bands; ++b) {
          const std::optional<T> nodata = as_sample<T>(source.nodata[static_cast<std::size_t>(b)]);
          if (nodata || std::is_floating_point_v<T>) queue.usable_from_nodata(there.band(b), nodata, source_usable);
        }
        Planes<float> planes = out;
        planes.data = out.band(source.first_plane).data;
        planes.bands = there.bands;
        queue.resample(there, source_usable, how, source.scale, source.offset, planes, part_usable);
        queue.intersect(part_usable, usable);
      },
      source.samples);
}

// The masks of one date, in the order of QualitySource::kinds.
using DateMasks = std::array<MutableMask, 3>;

void mask_by_quality(Stage& stage, const QualitySource& source, const DateMasks& masks) {
  const auto masked = [&]<class T>(const Planes<const T>& samples) {
    const Planes<const T> there = up(stage, samples);
    const auto steady = stage.device.view<std::uint8_t>(samples.width, samples.height);
    const auto growing = stage.device.view<std::uint8_t>(samples.width, samples.height);
    const auto shrunk = stage.device.view<std::uint8_t>(samples.width, samples.height);
    const kernels::CoordinateLattice lattice = up(stage, source.lattice);
    for (std::size_t k = 0; k < source.kinds.size(); ++k) {
      const QualityTable& kind = source.kinds[k];
      if (kind.steady.empty()) continue;
      const std::uint8_t* steady_table = stage.up(kind.steady.data(), kind.steady.size());
      const std::uint8_t* growing_table =
          kind.growing.empty() ? nullptr : stage.up(kind.growing.data(), kind.growing.size());
      if (!stage.queue) continue;
      Queue& queue = *stage.queue;
      queue.usable_from_quality(there.band(0), steady_table, steady);
      fill_beyond(queue, steady, source.inside, 1);
      if (!kind.growing.empty()) {  // cloud grows where clear ground shrinks
        queue.usable_from_quality(there.band(0), growing_table, growing);
        fill_beyond(queue, growing, source.inside, 1);
        queue.erode(growing, source.dilate_px, kernels::Element::disk, shrunk);
        queue.intersect(shrunk, steady);
      }
      queue.resample_mask(steady, lattice, masks[k]);
    }
  };
  if (const auto* bytes = std::get_if<Planes<const std::uint8_t>>(&source.samples))
    masked(*bytes);
  else
    masked(std::get<Planes<const std::uint16_t>>(source.samples));
}

void resample_date(Stage& stage, const DateSource& date, Planes<float> out, const DateMasks& masks,
                   kernels::ResampleScratch& scratch) {
  const auto& [usable, cloudless, unshadowed] = masks;
  if (stage.queue) {
    fill(*stage.queue, usable, date.covered ? 1 : 0);
    fill(*stage.queue, cloudless, 1);
    fill(*stage.queue, unshadowed, 1);
  }
  for (const BandSource& bands : date.bands) resample_bands(stage, bands, out, usable, scratch);
  for (const QualitySource& quality : date.quality) mask_by_quality(stage, quality, masks);
  if (stage.queue) {
    stage.queue->intersect(cloudless, usable);
    stage.queue->intersect(unshadowed, usable);
  }
}

}  // namespace

ResampledPair resample_on_device(Stage& stage, const PairSource& source, kernels::ResampleScratch& scratch) {
  const int w = source.window.width, h = source.window.height;
  const auto mask = [&] { return stage.device.view<std::uint8_t>(w, h); };
  const ResampledPair pair{stage.device.planes<float>(w, h, source.bands),
                           stage.device.planes<float>(w, h, source.bands),
                           mask(),
                           mask(),
                           mask(),
                           mask(),
                           mask()};
  const MutableMask after_cloudless = mask(), after_unshadowed = mask();
  const std::uint8_t* scanned =
      stage.up(source.scanned.data, static_cast<std::size_t>(source.scanned.stride * source.scanned.height));
  resample_date(stage, source.before, pair.before, {pair.before_usable, pair.cloudless, pair.unshadowed}, scratch);
  resample_date(stage, source.after, pair.after, {pair.after_usable, after_cloudless, after_unshadowed}, scratch);
  if (Queue* queue = stage.queue) {
    queue->copy(pair.usable.data, pair.before_usable.data, static_cast<std::size_t>(pair.usable.stride * h));
    queue->intersect(pair.after_usable, pair.usable);
    queue->intersect(after_cloudless, pair.cloudless);
    queue->intersect(after_unshadowed, pair.unshadowed);
    if (source.scanned.data) queue->intersect(Mask{scanned, w, h, source.scanned.stride}, pair.usable);
  }
  return pair;
}

}  // namespace plotwatch::change
