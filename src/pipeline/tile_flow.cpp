#include "pipeline/tile_flow.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <unordered_set>

#include <tbb/concurrent_queue.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_pipeline.h>

#include "change/device_scorer.hpp"
#include "core/log.hpp"
#include "plots/plot_register.hpp"

namespace plotwatch::pipeline {
namespace {

// A tile on its way through the filters, with the storage it needs; a token owns one.
struct TileInFlight {
  const Tile* tile = nullptr;
  PairTile pair;        // on the processor
  FetchedPair fetched;  // for a device
  change::TileMasks masks;
  change::TileOutput output;
  TileRecord record;
  std::vector<float> ground;  // samples of changed pixels, as ChangedGround keeps them
};

// What was seen of the ground; views of `window`.
struct Seen {
  PixelWindow window;
  kernels::Mask before_usable, after_usable, usable, cloudless, unshadowed;

  explicit Seen(const PairTile& p)
      : window(p.window),
        before_usable(p.before_usable),
        after_usable(p.after_usable),
        usable(p.usable),
        cloudless(p.cloudless),
        unshadowed(p.unshadowed) {}
  Seen(const change::TileMasks& masks, const PixelWindow& core)
      : window(core),
        before_usable(of(masks.before_usable)),
        after_usable(of(masks.after_usable)),
        usable(of(masks.usable)),
        cloudless(of(masks.cloudless)),
        unshadowed(of(masks.unshadowed)) {}

 private:
  kernels::Mask of(const std::vector<std::uint8_t>& mask) const {
    return {mask.data(), window.width, window.height, window.width};
  }
};

struct Worker {
  explicit Worker(const PairReader& r) : reader(r) {}
  PairReader::Worker reader;
  change::Workspace scores;
};

std::vector<const Tile*> unfinished(const Plan& plan, const WorkFolder& work) {
  std::unordered_set<int> done;
  for (const TileRecord& r : work.finished()) done.insert(r.tile);
  std::vector<const Tile*> left;
  for (const Tile& t : plan.tiles)
    if (!done.contains(t.index)) left.push_back(&t);
  return left;
}

// Which plots lie in which rows, so that a tile asks only those that may touch it.
class PlotRows {
 public:
  explicit PlotRows(const Inputs& in) : in_(in) {
    for (std::size_t i = 0; i < in.shapes.size(); ++i) {
      const PixelWindow w = in.grid.covering(in.shapes[i].box);
      if (!w.empty()) windows_.push_back({w, static_cast<int>(i)});
    }
    std::sort(windows_.begin(), windows_.end(), [](const auto& a, const auto& b) {
      return std::pair(a.first.y, a.second) < std::pair(b.first.y, b.second);
    });
  }

  // Pixels of each plot in the core, how many of them could be seen, and what covered them.
  void tally(const Seen& ground, const change::TileOutput& output, const PixelWindow& core,
             std::vector<PlotTally>& out) const {
    out.clear();
    for (const auto& [window, plot] : windows_) {
      if (window.y >= core.bottom()) break;
      if (window.intersection(core).empty()) continue;
      PlotTally t;
      t.plot = plot;
      for (const PixelRun& run :
           plots::rasterise(in_.shapes[static_cast<std::size_t>(plot)].geometry, in_.grid, core)) {
        const std::uint8_t* usable = ground.usable.row(run.y - ground.window.y) - ground.window.x;
        const std::uint8_t* cloudless = ground.cloudless.row(run.y - ground.window.y) - ground.window.x;
        const std::uint8_t* unshadowed = ground.unshadowed.row(run.y - ground.window.y) - ground.window.x;
        const std::uint8_t* before = ground.before_usable.row(run.y - ground.window.y) - ground.window.x;
        const std::uint8_t* after = ground.after_usable.row(run.y - ground.window.y) - ground.window.x;
        const std::uint8_t* codes = output.transition.data() + std::ptrdiff_t{run.y - core.y} * core.width - core.x;
        for (int x = run.x0; x < run.x1; ++x) {
          ++t.pixels;
          t.clear += usable[x];
          t.cloud += !cloudless[x];
          t.cloud_shadow += cloudless[x] && !unshadowed[x];
          t.before_clear += before[x] != 0;
          t.after_clear += after[x] != 0;
          if (const std::optional<Transition> cover = decode_transition(codes[x])) {
            ++t.before_cover[static_cast<std::size_t>(cover->before)];
            ++t.after_cover[static_cast<std::size_t>(cover->after)];
          }
        }
      }
      if (t.pixels > 0) out.push_back(t);
    }
  }

 private:
  const Inputs& in_;
  std::vector<std::pair<PixelWindow, int>> windows_;  // by first row
};

void forbid(kernels::MutableMask usable) {
  for (int y = 0; y < usable.height; ++y) std::fill_n(usable.row(y), usable.width, std::uint8_t{0});
}

void store(const change::TileOutput& output, const PixelWindow& core, const WorkFolder& work) {
  for (int y = 0; y < core.height; ++y) {
    const std::ptrdiff_t row = std::ptrdiff_t{y} * core.width;
    std::copy_n(output.score.data() + row, core.width, work.score().row(core.y + y) + core.x);
    std::copy_n(output.transition.data() + row, core.width, work.transition().row(core.y + y) + core.x);
    std::copy_n(output.rarity.data() + row, core.width, work.rarity().row(core.y + y) + core.x);
  }
}

// Of every pixel of the runs the bands of both dates; NaN where it is not usable on both. What restricts the scan to
// the ground around plots does not count: a change that reaches beyond it is told of as a whole.
void gather(const PairTile& pair, const std::vector<ChangeRun>& runs, std::vector<float>& ground) {
  const int bands = pair.before.bands;
  const auto vector = static_cast<std::size_t>(2 * bands);
  std::size_t pixels = 0;
  for (const ChangeRun& run : runs) pixels += static_cast<std::size_t>(run.x1 - run.x0);
  ground.resize(pixels * vector);
  float* to = ground.data();
  for (const ChangeRun& run : runs) {
    const int y = run.y - pair.window.y, x0 = run.x0 - pair.window.x, count = run.x1 - run.x0;
    for (int b = 0; b < bands; ++b) {
      const float *before = pair.before.band(b).row(y) + x0, *after = pair.after.band(b).row(y) + x0;
      float* at = to + b;
      for (int i = 0; i < count; ++i, at += vector) at[0] = before[i], at[bands] = after[i];
    }
    const std::uint8_t *before = pair.before_usable.row(y) + x0, *after = pair.after_usable.row(y) + x0;
    for (int i = 0; i < count; ++i, to += vector)
      if (!before[i] || !after[i]) std::fill_n(to, vector, std::numeric_limits<float>::quiet_NaN());
  }
}

}  // namespace

void run_tiles(const Inputs& in, const Plan& plan, const PairReader& reader, const Registration& registration,
               const change::ChangeModel& model, const DeviceChoice& device, WorkFolder& work, const Hooks& hooks) {
  const std::vector<const Tile*> left = unfinished(plan, work);
  const PlotRows plots(in);
  const int halo = model.halo();
  tbb::enumerable_thread_specific<Worker> workers([&] { return Worker(reader); });

  std::optional<change::DeviceScorer> on_device;
  if (device.backend != kernels::Backend::cpu) {
    try {
      on_device.emplace(model,
                        change::DeviceScorerOptions{device.backend, device.index, plan.workers, plan.memory.budget});
    } catch (const kernels::DeviceError& e) {
      throw device_error(device, e);
    }
  }

  std::vector<std::unique_ptr<TileInFlight>> storage;
  tbb::concurrent_queue<TileInFlight*> idle;
  for (int i = 0; i < plan.memory.tokens; ++i) {
    storage.push_back(std::make_unique<TileInFlight>());
    idle.push(storage.back().get());
  }
  std::size_t next = 0, finished = 0;

  const auto take_next = [&](tbb::flow_control& flow) -> TileInFlight* {
    TileInFlight* t = nullptr;
    if (next == left.size() || hooks.is_cancelled() || !idle.try_pop(t)) {
      flow.stop();
      return nullptr;
    }
    t->tile = left[next++];
    return t;
  };
  const auto fetch = [&](const PixelWindow& window, TileInFlight& t) {
    reader.fetch(window, registration.field, plan.coverage, t.fetched, workers.local().reader);
    if (registration.quality.failed) std::fill(t.fetched.scanned.begin(), t.fetched.scanned.end(), std::uint8_t{0});
  };
  const auto read = [&](TileInFlight* t) {
    const PixelWindow window = t->tile->core.expanded(halo);
    if (on_device)
      fetch(window, *t);
    else
      reader.read(window, registration.field, t->pair, workers.local().reader);
    return t;
  };
  const auto detect = [&](TileInFlight* t) {
    const PixelWindow& core = t->tile->core;
    if (on_device) {
      on_device->detect(
          [&](const PixelWindow& window) -> const change::PairSource& {
            if (t->fetched.source.window != window) fetch(window, *t);  // a tile is cut where memory is short
            return t->fetched.source;
          },
          core, t->output, t->masks);
      plots.tally(Seen(t->masks, core), t->output, core, t->record.tallies);
      return t;
    }
    plan.coverage.restrict(t->pair.usable, t->pair.window.x, t->pair.window.y);
    if (registration.quality.failed) forbid(t->pair.usable);
    change::detect(model, t->pair.input(), {halo, halo, core.width, core.height}, t->pair.window.x, t->pair.window.y,
                   workers.local().scores, t->output);
    plots.tally(Seen(t->pair), t->output, core, t->record.tallies);
    return t;
  };
  const auto keep = [&](TileInFlight* t) {
    store(t->output, t->tile->core, work);
    t->record.tile = t->tile->index;
    t->record.runs.clear();
    for (const kernels::Run& r : t->output.runs) t->record.runs.push_back({r.y, r.x0, r.x1, r.strong});
    // A device keeps its samples; the blocks are still in the cache.
    if (on_device && !t->record.runs.empty())
      reader.read(t->tile->core, registration.field, t->pair, workers.local().reader);
    gather(t->pair, t->record.runs, t->ground);
    work.record(*t->tile, t->record, t->ground);
    return t;
  };
  const auto report = [&](TileInFlight* t) {
    idle.push(t);
    hooks.progress("scanning tiles", static_cast<double>(++finished) / static_cast<double>(left.size()));
  };

  using tbb::filter_mode;
  tbb::parallel_pipeline(static_cast<std::size_t>(plan.memory.tokens),
                         tbb::make_filter<void, TileInFlight*>(filter_mode::serial_in_order, take_next) &
                             tbb::make_filter<TileInFlight*, TileInFlight*>(filter_mode::parallel, read) &
                             tbb::make_filter<TileInFlight*, TileInFlight*>(filter_mode::parallel, detect) &
                             tbb::make_filter<TileInFlight*, TileInFlight*>(filter_mode::parallel, keep) &
                             tbb::make_filter<TileInFlight*, void>(filter_mode::serial_out_of_order, report));
  hooks.throw_if_cancelled();
  if (on_device && on_device->parts_for_want_of_memory() > 0)
    log::warning("device memory was short: tiles were scored in {} parts, {} at a time",
                 on_device->parts_for_want_of_memory(), on_device->lanes());
}

}  // namespace plotwatch::pipeline
