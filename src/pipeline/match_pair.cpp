#include "pipeline/match_pair.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include "registration/device_correlator.hpp"
#include "registration/registration.hpp"

namespace plotwatch::pipeline {
namespace {

constexpr int coarse_side = 1024;        // px, window of the coarse shift, at least
constexpr int coarse_side_in_reach = 3;  // and this many times as far as is looked

// One or two of the planes, as planes.
kernels::Planes<const float> select(const kernels::Planes<const float>& all, const std::vector<int>& chosen) {
  kernels::Planes<const float> p = all;
  p.data = all.band(chosen.front()).data;
  p.bands = static_cast<int>(chosen.size());
  p.plane_stride = all.plane_stride * (chosen.back() - chosen.front());
  return p;
}

struct Worker {
  Worker(const PairReader& r, const MatchingDevice& device) : reader(r) {
    if (device.choice.backend == kernels::Backend::cpu || !device.choice.why_no_transforms.empty()) return;
    try {
      on_device =
          std::make_unique<registration::DeviceCorrelator>(device.choice.backend, device.choice.index, device.memory);
    } catch (const kernels::DeviceError& e) {
      throw device_error(device.choice, e);
    }
  }
  PairReader::Worker reader;
  PairTile tile;
  std::unique_ptr<registration::DeviceCorrelator> on_device;  // null: the processor correlates
};
using Workers = tbb::enumerable_thread_specific<Worker>;

DisplacementField shift_field(int dx, int dy) {
  DisplacementField f;
  f.a[0] = dx;
  f.b[0] = dy;
  return f;
}

registration::WindowPair as_window_pair(const PairTile& t, const std::vector<int>& planes, int dx, int dy) {
  return {t.window, select(t.before, planes), select(t.after, planes), t.before_usable, t.after_usable, dx, dy};
}

// The coarse window: the whole of a small grid, else the middle one of the windows tried that can be trusted.
registration::CoarseShift find_coarse_shift(const Grid& grid, const std::vector<int>& planes, const PairReader& reader,
                                            const RegistrationOptions& options, Worker& worker) {
  const int side = std::max(coarse_side, coarse_side_in_reach * options.max_shift);
  const int w = std::min(side, grid.width), h = std::min(side, grid.height);
  registration::CoarseShift best;
  // Middle first, then the quarters: the first that is trusted ends the search.
  for (const auto& [fx, fy] : {std::pair{0.5, 0.5}, {0.25, 0.25}, {0.75, 0.75}, {0.75, 0.25}, {0.25, 0.75}}) {
    const PixelWindow window{static_cast<int>((grid.width - w) * fx), static_cast<int>((grid.height - h) * fy), w, h};
    reader.read(window, {}, worker.tile, worker.reader);
    const registration::CoarseShift shift =
        registration::coarse_shift(as_window_pair(worker.tile, planes, 0, 0), options, worker.on_device.get());
    if (shift.reliability > best.reliability) best = shift;
    if (best.reliability >= options.min_reliability) break;
    if (w == grid.width && h == grid.height) break;
  }
  if (best.reliability < options.min_reliability) best = {0, 0, best.reliability};
  return best;
}

}  // namespace

std::vector<int> matching_planes(const std::vector<BandRole>& roles) {
  std::vector<int> chosen;
  for (const BandRole wanted : {BandRole::red, BandRole::swir16, BandRole::green, BandRole::nir, BandRole::pan})
    if (const auto at = std::find(roles.begin(), roles.end(), wanted); chosen.size() < 2 && at != roles.end())
      chosen.push_back(static_cast<int>(at - roles.begin()));
  if (chosen.empty()) chosen.push_back(0);
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

Registration match_pair(const Grid& grid, const std::vector<PixelWindow>& windows, const std::vector<int>& planes,
                        const PairReader& reader, const RegistrationOptions& options, const MatchingDevice& device,
                        MatchingLog* log) {
  if (!options.enabled) {
    Registration none;
    none.quality.reason = "switched off (registration.enabled = false)";
    return none;
  }
  Workers workers([&] { return Worker(reader, device); });
  const registration::CoarseShift coarse = find_coarse_shift(grid, planes, reader, options, workers.local());
  const auto points_of = [&](auto look) {
    std::vector<std::vector<TiePoint>> found(windows.size());
    tbb::parallel_for(std::size_t{0}, windows.size(), [&](std::size_t i) {
      Worker& w = workers.local();
      reader.read(windows[i], shift_field(coarse.dx, coarse.dy), w.tile, w.reader);
      found[i] = look(as_window_pair(w.tile, planes, coarse.dx, coarse.dy), w.on_device.get());
    });
    std::vector<TiePoint> points;
    for (const auto& f : found) points.insert(points.end(), f.begin(), f.end());
    return points;
  };
  Registration first = registration::fit(
      points_of([&](const auto& pair, auto* correlator) { return registration::match(pair, options, correlator); }),
      grid, options);
  for (const Worker& w : workers)
    if (log && w.on_device) log->on_device += w.on_device->surfaces(), log->again_on_cpu += w.on_device->undecided();
  Registration last =
      first.quality.model != RegistrationQuality::Model::local
          ? std::move(first)
          : registration::fit(
                points_of([&](const auto& pair, auto*) { return registration::rematch(pair, first.field, options); }),
                grid, options);
  last.quality.coarse_px = std::hypot(coarse.dx, coarse.dy);
  return last;
}

}  // namespace plotwatch::pipeline
