#include "change/device_lane.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace plotwatch::change {
namespace {

using kernels::Planes;
using kernels::Run;
using kernels::View;

constexpr std::size_t alignment = 256;  // where arrays start
constexpr int row_alignment = 32;       // px: rows start where a warp reads whole sectors
// Runs that come down with the scores; a tile that has more asks again.
constexpr std::size_t runs_at_once = 4096;

std::size_t aligned(std::size_t bytes) { return (bytes + alignment - 1) / alignment * alignment; }
int stride_of(int width) { return (width + row_alignment - 1) / row_alignment * row_alignment; }

// Lays arrays out one after another; without memory it only counts.
class Layout {
 public:
  explicit Layout(char* memory) : memory_(memory) {}
  template <class T>
  T* array(std::size_t count) {
    T* at = memory_ ? reinterpret_cast<T*>(memory_ + used_) : nullptr;
    used_ += aligned(count * sizeof(T));
    return at;
  }
  template <class T>
  Planes<T> planes(int width, int height, int bands) {
    const std::ptrdiff_t stride = stride_of(width), plane = stride * height;
    T* at = array<T>(static_cast<std::size_t>(plane) * static_cast<std::size_t>(bands));
    return {at, width, height, bands, stride, plane};
  }
  template <class T>
  View<T> view(int width, int height) {
    return planes<T>(width, height, 1).band(0);
  }
  std::size_t used() const { return used_; }

 private:
  char* memory_;
  std::size_t used_ = 0;
};

// All that one tile needs on the device.
struct OnDevice {
  Planes<float> before, after, standardised_before, standardised_after;
  View<float> raw, irmad, slow_features, difference, edges;
  View<std::uint8_t> usable, score, weak, strong, closed, code, rarity;
  std::uint8_t *rarity_classes, *rarity_table;
  Run* runs;
  std::int32_t* run_count;

  OnDevice(Layout& at, const ChangeModel& model, int bands, int w, int h)
      : before(at.planes<float>(w, h, bands)),
        after(at.planes<float>(w, h, bands)),
        standardised_before(at.planes<float>(w, h, model.search_radius > 0 ? bands : 0)),
        standardised_after(at.planes<float>(w, h, model.search_radius > 0 ? bands : 0)),
        raw(at.view<float>(w, h)),
        irmad(at.view<float>(w, h)),
        slow_features(at.view<float>(w, h)),
        difference(at.view<float>(w, h)),
        edges(at.view<float>(w, h)),
        usable(at.view<std::uint8_t>(w, h)),
        score(at.view<std::uint8_t>(w, h)),
        weak(at.view<std::uint8_t>(w, h)),
        strong(at.view<std::uint8_t>(w, h)),
        closed(at.view<std::uint8_t>(w, h)),
        code(at.view<std::uint8_t>(w, h)),
        rarity(at.view<std::uint8_t>(w, h)),
        rarity_classes(at.array<std::uint8_t>(model.rarity.classes.size())),
        rarity_table(at.array<std::uint8_t>(model.rarity.table.size())),
        runs(at.array<Run>(kernels::most_runs(w, h))),
        run_count(at.array<std::int32_t>(1)) {}
};

// What goes up and comes down, in pinned memory.
struct Staged {
  Planes<float> before, after;
  View<std::uint8_t> usable, score, code, rarity;
  Run* runs;
  std::int32_t* run_count;

  Staged(Layout& at, int bands, int w, int h)
      : before(at.planes<float>(w, h, bands)),
        after(at.planes<float>(w, h, bands)),
        usable(at.view<std::uint8_t>(w, h)),
        score(at.view<std::uint8_t>(w, h)),
        code(at.view<std::uint8_t>(w, h)),
        rarity(at.view<std::uint8_t>(w, h)),
        runs(at.array<Run>(kernels::most_runs(w, h))),
        run_count(at.array<std::int32_t>(1)) {}
};

template <class T>
void copy_rows(View<const T> from, View<T> to) {
  for (int y = 0; y < from.height; ++y) std::copy_n(from.row(y), from.width, to.row(y));
}

template <class T>
std::size_t pitch(View<T> view) {
  return static_cast<std::size_t>(view.stride) * sizeof(T);
}

template <class T>
void stage_up(kernels::Queue& queue, View<const T> from, View<T> staged, View<T> device) {
  copy_rows(from, staged);
  queue.upload(device.data, pitch(device), staged.data, pitch(staged), static_cast<std::size_t>(from.width) * sizeof(T),
               static_cast<std::size_t>(from.height));
}

template <class T>
void download(kernels::Queue& queue, View<T> device, View<T> staged) {
  queue.download(staged.data, pitch(staged), device.data, pitch(device),
                 static_cast<std::size_t>(device.width) * sizeof(T), static_cast<std::size_t>(device.height));
}

// From the model's own memory: it outlives the lane.
void upload_bytes(kernels::Queue& queue, const std::vector<std::uint8_t>& from, std::uint8_t* device) {
  queue.upload(device, from.size(), from.data(), from.size(), from.size(), 1);
}

void download_runs(kernels::Queue& queue, const Run* device, Run* staged, std::size_t count) {
  queue.download(staged, count * sizeof(Run), device, count * sizeof(Run), count * sizeof(Run), 1);
}

// The steps of score_planes() and detect() in score.cpp, on the device.
void score(kernels::Queue& queue, const ChangeModel& model, const OnDevice& t) {
  const auto variates = [&](const LinearVariates& m) {
    queue.variates_norm(t.before, t.after, t.usable, {m.variates, m.matrix, m.constant, false}, t.raw);
  };
  const auto smooth = [&](View<float> out) {
    queue.gaussian(t.raw, t.usable, model.smoothing_px, out);
    queue.logarithm(out, log_floor, out);
  };
  variates(model.irmad);
  smooth(t.irmad);
  variates(model.slow_features);
  smooth(t.slow_features);
  if (model.search_radius > 0) {
    const Standardisation& s = model.standardisation;
    for (int b = 0; b < t.before.bands; ++b) {
      const auto i = static_cast<std::size_t>(b);
      queue.affine(t.before.band(b), 1 / s.before_sd[i], -s.before_mean[i] / s.before_sd[i],
                   t.standardised_before.band(b));
      queue.affine(t.after.band(b), 1 / s.after_sd[i], -s.after_mean[i] / s.after_sd[i], t.standardised_after.band(b));
    }
    queue.change_vector(t.standardised_before, t.standardised_after, t.usable, model.search_radius, t.raw, true);
  } else {
    variates(model.difference);
  }
  smooth(t.difference);
  queue.static_edges(t.before, t.after, t.usable, edge_weights(model.standardisation.before_sd),
                     edge_weights(model.standardisation.after_sd), t.raw);
  smooth(t.edges);
  const std::array<View<const float>, 3> all{t.irmad, t.slow_features, t.difference};
  const std::array<kernels::NullModel, 3> nulls{model.irmad_null, model.slow_features_null, model.difference_null};
  queue.fuse_minimum(all, nulls, t.usable, t.irmad);
  queue.standardise_along(t.irmad, t.edges, model.fused_along_edges);
  queue.to_score(t.irmad, {0, 1}, t.usable, t.score);
  queue.threshold(t.score, model.weak_cut, model.strong_cut, t.weak, t.strong);
  if (model.closing_px > 0) queue.close(t.weak, model.closing_px, kernels::Element::disk, t.closed);
}

}  // namespace

std::size_t device_bytes(const ChangeModel& model, int bands, int width, int height) {
  Layout layout(nullptr);
  const OnDevice counted(layout, model, bands, width, height);
  // Two sums a pixel of a wide Gaussian are the largest temporary memory of the kernels used here.
  const std::size_t pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  return layout.used() + 2 * sizeof(float) * pixels;
}

DeviceLane::~DeviceLane() { drop(); }

void DeviceLane::drop() {
  queue_->release(device_);
  queue_->release_pinned(pinned_);
  device_ = pinned_ = nullptr;
  device_bytes_ = pinned_bytes_ = 0;
}

void DeviceLane::reserve(const ChangeModel& model, int bands, int width, int height) {
  Layout device(nullptr), pinned(nullptr);
  const OnDevice counted(device, model, bands, width, height);
  const Staged counted_pinned(pinned, bands, width, height);
  if (device.used() <= device_bytes_ && pinned.used() <= pinned_bytes_) return;
  drop();
  try {
    device_ = static_cast<char*>(queue_->allocate(device.used()));
    pinned_ = static_cast<char*>(queue_->allocate_pinned(pinned.used()));
  } catch (const kernels::DeviceError&) {
    drop();
    throw;
  }
  device_bytes_ = device.used();
  pinned_bytes_ = pinned.used();
}

void DeviceLane::detect(const ChangeModel& model, const TileInput& input, const PixelWindow& core, int origin_x,
                        int origin_y, TileOutput& output) {
  const int width = input.usable.width, height = input.usable.height, bands = input.before.bands;
  reserve(model, bands, width, height);
  Layout device_layout(device_), pinned_layout(pinned_);
  const OnDevice t(device_layout, model, bands, width, height);
  const Staged staged(pinned_layout, bands, width, height);
  kernels::Queue& queue = *queue_;

  for (int b = 0; b < bands; ++b) {
    stage_up(queue, input.before.band(b), staged.before.band(b), t.before.band(b));
    stage_up(queue, input.after.band(b), staged.after.band(b), t.after.band(b));
  }
  stage_up(queue, input.usable, staged.usable, t.usable);
  score(queue, model, t);
  const auto cored = [&](auto views) { return views.sub(core.x, core.y, core.width, core.height); };
  queue.extract_runs(cored(model.closing_px > 0 ? t.closed : t.weak), cored(t.strong), origin_x + core.x,
                     origin_y + core.y, t.runs, t.run_count);
  queue.transition(cored(t.before), cored(t.after), cored(t.usable), model.before_cover, model.after_cover,
                   cored(t.code));
  upload_bytes(queue, model.rarity.classes, t.rarity_classes);
  upload_bytes(queue, model.rarity.table, t.rarity_table);
  queue.rarity(cored(t.before), cored(t.after), cored(t.usable), model.rarity.before_axes, model.rarity.after_axes,
               t.rarity_classes, t.rarity_table, cored(t.rarity));
  download(queue, cored(t.score), cored(staged.score));
  download(queue, cored(t.code), cored(staged.code));
  download(queue, cored(t.rarity), cored(staged.rarity));
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
  const std::size_t pixels = static_cast<std::size_t>(core.pixels());
  output.score.resize(pixels);
  output.transition.resize(pixels);
  output.rarity.resize(pixels);
  copy_rows<std::uint8_t>(cored(staged.score), {output.score.data(), core.width, core.height, core.width});
  copy_rows<std::uint8_t>(cored(staged.code), {output.transition.data(), core.width, core.height, core.width});
  copy_rows<std::uint8_t>(cored(staged.rarity), {output.rarity.data(), core.width, core.height, core.width});
}

}  // namespace plotwatch::change
