#include "change/device_lane.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "change/device_layout.hpp"
#include "change/device_source.hpp"

namespace plotwatch::change {
namespace {

using kernels::Planes;
using kernels::Run;
using kernels::View;

// Runs that come down with the scores; a tile that has more asks again.
constexpr std::size_t runs_at_once = 4096;
constexpr std::size_t slack = 16;  // of a tile's memory, one part in so many

// All that one tile needs besides what it was resampled to and from.
struct OnDevice {
  ResampledPair pair;
  Planes<float> standardised_before, standardised_after;
  View<float> raw, irmad, slow_features, difference, edges;
  View<std::uint8_t> score, weak, strong, closed, code, rarity;
  const std::uint8_t *rarity_classes, *rarity_table;
  Run* runs;
  std::int32_t* run_count;

  OnDevice(Stage& stage, const ChangeModel& model, const PairSource& source, kernels::ResampleScratch& scratch)
      : pair(resample_on_device(stage, source, scratch)) {
    const int w = source.window.width, h = source.window.height;
    Layout& at = stage.device;
    standardised_before = at.planes<float>(w, h, model.search_radius > 0 ? source.bands : 0);
    standardised_after = at.planes<float>(w, h, model.search_radius > 0 ? source.bands : 0);
    for (View<float>* v : {&raw, &irmad, &slow_features, &difference, &edges}) *v = at.view<float>(w, h);
    for (View<std::uint8_t>* v : {&score, &weak, &strong, &closed, &code, &rarity}) *v = at.view<std::uint8_t>(w, h);
    rarity_classes = stage.up(model.rarity.classes.data(), model.rarity.classes.size());
    rarity_table = stage.up(model.rarity.table.data(), model.rarity.table.size());
    runs = at.array<Run>(kernels::most_runs(w, h));
    run_count = at.array<std::int32_t>(1);
  }
};

// What comes down, in pinned memory: the core's alone.
struct Staged {
  View<std::uint8_t> score, code, rarity, before_usable, after_usable, usable, cloudless, unshadowed;
  Run* runs;
  std::int32_t* run_count;

  Staged(Layout& at, int w, int h) {
    for (View<std::uint8_t>* v :
         {&score, &code, &rarity, &before_usable, &after_usable, &usable, &cloudless, &unshadowed})
      *v = at.view<std::uint8_t>(w, h);
    runs = at.array<Run>(kernels::most_runs(w, h));
    run_count = at.array<std::int32_t>(1);
  }
};

void take_rows(View<std::uint8_t> from, std::vector<std::uint8_t>& to) {
  to.resize(static_cast<std::size_t>(from.width) * static_cast<std::size_t>(from.height));
  for (int y = 0; y < from.height; ++y)
    std::copy_n(from.row(y), from.width, to.data() + std::ptrdiff_t{y} * from.width);
}

void download(kernels::Queue& queue, View<std::uint8_t> device, View<std::uint8_t> staged) {
  queue.download(staged.data, static_cast<std::size_t>(staged.stride), device.data,
                 static_cast<std::size_t>(device.stride), static_cast<std::size_t>(device.width),
                 static_cast<std::size_t>(device.height));
}

void download_runs(kernels::Queue& queue, const Run* device, Run* staged, std::size_t count) {
  queue.download(staged, count * sizeof(Run), device, count * sizeof(Run), count * sizeof(Run), 1);
}

// The steps of score_planes() and detect() in score.cpp, on the device.
void score(kernels::Queue& queue, const ChangeModel& model, const OnDevice& t) {
  const auto variates = [&](const LinearVariates& m) {
    queue.variates_norm(t.pair.before, t.pair.after, t.pair.usable, {m.variates, m.matrix, m.constant, false}, t.raw);
  };
  const auto smooth = [&](View<float> out) {
    queue.gaussian(t.raw, t.pair.usable, model.smoothing_px, out);
    queue.logarithm(out, log_floor, out);
  };
  variates(model.irmad);
  smooth(t.irmad);
  variates(model.slow_features);
  smooth(t.slow_features);
  if (model.search_radius > 0) {
    const Standardisation& s = model.standardisation;
    for (int b = 0; b < t.pair.before.bands; ++b) {
      const auto i = static_cast<std::size_t>(b);
      queue.affine(t.pair.before.band(b), 1 / s.before_sd[i], -s.before_mean[i] / s.before_sd[i],
                   t.standardised_before.band(b));
      queue.affine(t.pair.after.band(b), 1 / s.after_sd[i], -s.after_mean[i] / s.after_sd[i],
                   t.standardised_after.band(b));
    }
    queue.change_vector(t.standardised_before, t.standardised_after, t.pair.usable, model.search_radius, t.raw, true);
  } else {
    variates(model.difference);
  }
  smooth(t.difference);
  queue.static_edges(t.pair.before, t.pair.after, t.pair.usable, edge_weights(model.standardisation.before_sd),
                     edge_weights(model.standardisation.after_sd), t.raw);
  smooth(t.edges);
  const std::array<View<const float>, 3> all{t.irmad, t.slow_features, t.difference};
  const std::array<kernels::NullModel, 3> nulls{model.irmad_null, model.slow_features_null, model.difference_null};
  queue.fuse_minimum(all, nulls, t.pair.usable, t.irmad);
  queue.standardise_along(t.irmad, t.edges, model.fused_along_edges);
  queue.to_score(t.irmad, {0, 1}, t.pair.usable, t.score);
  queue.threshold(t.score, model.weak_cut, model.strong_cut, t.weak, t.strong);
  if (model.closing_px > 0) queue.close(t.weak, model.closing_px, kernels::Element::disk, t.closed);
}

// Both pieces of memory that a tile takes, in bytes.
struct Bytes {
  std::size_t device, pinned;
};

Bytes bytes_for(const ChangeModel& model, const PairSource& source, const PixelWindow& core,
                kernels::ResampleScratch& scratch) {
  Stage counted{nullptr, Layout(nullptr), Layout(nullptr)};
  const OnDevice on_device(counted, model, source, scratch);
  const Staged staged(counted.pinned, core.width, core.height);
  return {counted.device.used(), counted.pinned.used()};
}

// Blocks under the next tile may be a few pixels wider.
std::size_t with_slack(std::size_t bytes) { return bytes + bytes / slack; }

}  // namespace

std::size_t device_bytes(const ChangeModel& model, const PairSource& source, const PixelWindow& core,
                         kernels::ResampleScratch& scratch) {
  // Two sums a pixel of a wide Gaussian are the largest temporary memory of the kernels used here.
  const auto pixels = static_cast<std::size_t>(source.window.pixels());
  return with_slack(bytes_for(model, source, core, scratch).device) + 2 * sizeof(float) * pixels;
}

DeviceLane::~DeviceLane() { drop(); }

void DeviceLane::drop() {
  queue_->release(device_);
  queue_->release_pinned(pinned_);
  device_ = pinned_ = nullptr;
  device_bytes_ = pinned_bytes_ = 0;
}

void DeviceLane::reserve(const ChangeModel& model, const PairSource& source, const PixelWindow& core) {
  const Bytes bytes = bytes_for(model, source, core, scratch_);
  if (bytes.device <= device_bytes_ && bytes.pinned <= pinned_bytes_) return;
  const std::size_t device = std::max(with_slack(bytes.device), device_bytes_);
  const std::size_t pinned = std::max(with_slack(bytes.pinned), pinned_bytes_);
  drop();
  try {
    device_ = static_cast<char*>(queue_->allocate(device));
    pinned_ = static_cast<char*>(queue_->allocate_pinned(pinned));
  } catch (const kernels::DeviceError&) {
    drop();
    throw;
  }
  device_bytes_ = device;
  pinned_bytes_ = pinned;
}

void DeviceLane::detect(const ChangeModel& model, const PairSource& source, const PixelWindow& core, TileOutput& output,
                        TileMasks& masks) {
  reserve(model, source, core);
  kernels::Queue& queue = *queue_;
  Stage stage{&queue, Layout(device_), Layout(pinned_)};
  const OnDevice t(stage, model, source, scratch_);
  const Staged staged(stage.pinned, core.width, core.height);
  score(queue, model, t);
  const auto cored = [&](auto views) {
    return views.sub(core.x - source.window.x, core.y - source.window.y, core.width, core.height);
  };
  const View<std::uint8_t> changed = cored(model.closing_px > 0 ? t.closed : t.weak);
  queue.keep_supported(changed, cored(t.strong), changed);
  queue.extract_runs(changed, cored(t.strong), core.x, core.y, t.runs, t.run_count);
  queue.transition(cored(t.pair.before), cored(t.pair.after), cored(t.pair.usable), model.before_cover,
                   model.after_cover, cored(t.code));
  queue.rarity(cored(t.pair.before), cored(t.pair.after), cored(t.pair.usable), model.rarity.before_axes,
               model.rarity.after_axes, t.rarity_classes, t.rarity_table, cored(t.rarity));
  download(queue, cored(t.score), staged.score);
  download(queue, cored(t.code), staged.code);
  download(queue, cored(t.rarity), staged.rarity);
  download(queue, cored(t.pair.before_usable), staged.before_usable);
  download(queue, cored(t.pair.after_usable), staged.after_usable);
  download(queue, cored(t.pair.usable), staged.usable);
  download(queue, cored(t.pair.cloudless), staged.cloudless);
  download(queue, cored(t.pair.unshadowed), staged.unshadowed);
  queue.download(staged.run_count, sizeof *staged.run_count, t.run_count, sizeof *t.run_count, sizeof *t.run_count, 1);
  const std::size_t at_once = std::min(runs_at_once, kernels::most_runs(core.width, core.height));
  download_runs(queue, t.runs, staged.runs, at_once);
  queue.wait();

  const auto count = static_cast<std::size_t>(*staged.run_count);
  if (count > at_once) {
    download_runs(queue, t.runs + at_once, staged.runs + at_once, count - at_once);
    queue.wait();
  }
  output.runs.assign(staged.runs, staged.runs + count);
  take_rows(staged.score, output.score);
  take_rows(staged.code, output.transition);
  take_rows(staged.rarity, output.rarity);
  take_rows(staged.before_usable, masks.before_usable);
  take_rows(staged.after_usable, masks.after_usable);
  take_rows(staged.usable, masks.usable);
  take_rows(staged.cloudless, masks.cloudless);
  take_rows(staged.unshadowed, masks.unshadowed);
}

}  // namespace plotwatch::change
