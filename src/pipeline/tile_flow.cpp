#include "pipeline/tile_flow.hpp"

#include <algorithm>
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
  PairTile pair;
  change::TileOutput output;
  TileRecord record;
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
  void tally(const PairTile& pair, const change::TileOutput& seen, const PixelWindow& core,
             std::vector<PlotTally>& out) const {
    out.clear();
    for (const auto& [window, plot] : windows_) {
      if (window.y >= core.bottom()) break;
      if (window.intersection(core).empty()) continue;
      PlotTally t;
      t.plot = plot;
      for (const PixelRun& run :
           plots::rasterise(in_.shapes[static_cast<std::size_t>(plot)].geometry, in_.grid, core)) {
        const std::uint8_t* usable = pair.usable.row(run.y - pair.window.y) - pair.window.x;
        const std::uint8_t* clear = pair.clear.row(run.y - pair.window.y) - pair.window.x;
        const std::uint8_t* before = pair.before_usable.row(run.y - pair.window.y) - pair.window.x;
        const std::uint8_t* after = pair.after_usable.row(run.y - pair.window.y) - pair.window.x;
        const std::uint8_t* codes = seen.transition.data() + std::ptrdiff_t{run.y - core.y} * core.width - core.x;
        for (int x = run.x0; x < run.x1; ++x) {
          ++t.pixels;
          t.clear += usable[x];
          t.cloud += !clear[x];
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

void store(const change::TileOutput& output, const PixelWindow& core, const WorkFolder& work) {
  for (int y = 0; y < core.height; ++y) {
    const std::ptrdiff_t row = std::ptrdiff_t{y} * core.width;
    std::copy_n(output.score.data() + row, core.width, work.score().row(core.y + y) + core.x);
    std::copy_n(output.transition.data() + row, core.width, work.transition().row(core.y + y) + core.x);
    std::copy_n(output.rarity.data() + row, core.width, work.rarity().row(core.y + y) + core.x);
  }
}

}  // namespace

void run_tiles(const Inputs& in, const Plan& plan, const PairReader& reader, const DisplacementField& field,
               const change::ChangeModel& model, const DeviceChoice& device, WorkFolder& work, const Hooks& hooks) {
  const std::vector<const Tile*> left = unfinished(plan, work);
  const PlotRows plots(in);
  const int halo = model.halo();
  tbb::enumerable_thread_specific<Worker> workers([&] { return Worker(reader); });

  std::optional<change::DeviceScorer> on_device;
  if (device.backend != kernels::Backend::cpu)
    on_device.emplace(model,
                      change::DeviceScorerOptions{device.backend, device.index, plan.workers, plan.memory.budget});

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
  const auto read = [&](TileInFlight* t) {
    reader.read(t->tile->core.expanded(halo), field, t->pair, workers.local().reader);
    return t;
  };
  const auto detect = [&](TileInFlight* t) {
    const PixelWindow& core = t->tile->core;
    plan.coverage.restrict(t->pair.usable, t->pair.window.x, t->pair.window.y);
    const PixelWindow inner{halo, halo, core.width, core.height};
    if (on_device)
      on_device->detect(t->pair.input(), inner, t->pair.window.x, t->pair.window.y, t->output);
    else
      change::detect(model, t->pair.input(), inner, t->pair.window.x, t->pair.window.y, workers.local().scores,
                     t->output);
    plots.tally(t->pair, t->output, core, t->record.tallies);
    return t;
  };
  const auto keep = [&](TileInFlight* t) {
    store(t->output, t->tile->core, work);
    t->record.tile = t->tile->index;
    t->record.runs.clear();
    for (const kernels::Run& r : t->output.runs) t->record.runs.push_back({r.y, r.x0, r.x1, r.strong});
    work.record(*t->tile, t->record);
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
