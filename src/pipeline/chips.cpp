#include "pipeline/chips.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include "kernels/stretch/stretch.hpp"
#include "pipeline/pair_reader.hpp"
#include "report/report.hpp"

namespace plotwatch::pipeline {
namespace {

constexpr int least_side = 40, greatest_side = 320;       // px of the working grid
constexpr double surroundings = 1.8;                      // chip side over candidate side
constexpr float stretch_low = 2.5f, stretch_high = 6.0f;  // standard deviations about the mean of unchanged ground

// Natural colour where there is, else the false colours that analysts know, else one band as grey.
std::array<BandRole, 3> display_roles(const std::vector<BandRole>& roles) {
  using enum BandRole;
  constexpr std::array<std::array<BandRole, 3>, 4> wanted{
      {{red, green, blue}, {swir16, nir, red}, {nir, red, green}, {swir22, swir16, nir}}};
  for (const auto& w : wanted)
    if (std::all_of(w.begin(), w.end(),
                    [&](BandRole r) { return std::find(roles.begin(), roles.end(), r) != roles.end(); }))
      return w;
  return {roles.front(), roles.front(), roles.front()};
}

PixelWindow chip_window(const PixelWindow& subject) {
  const int side =
      std::clamp(static_cast<int>(std::max(subject.width, subject.height) * surroundings), least_side, greatest_side);
  return {subject.x + subject.width / 2 - side / 2, subject.y + subject.height / 2 - side / 2, side, side};
}

struct Worker {
  explicit Worker(const PairReader& r) : reader(r) {}
  PairReader::Worker reader;
  PairTile tile;
};

void stretch(const kernels::Planes<const float>& bands, kernels::Mask usable, const std::array<int, 3>& planes,
             const std::vector<float>& mean, const std::vector<float>& sd, std::vector<std::uint8_t>& rgb) {
  const std::size_t pixels = static_cast<std::size_t>(bands.width) * static_cast<std::size_t>(bands.height);
  rgb.resize(3 * pixels);
  for (std::size_t c = 0; c < 3; ++c) {
    const auto b = static_cast<std::size_t>(planes[c]);
    kernels::to_byte(kernels::Backend::cpu, bands.band(planes[c]), usable,
                     {mean[b] - stretch_low * sd[b], mean[b] + stretch_high * sd[b]},
                     {rgb.data() + c * pixels, bands.width, bands.height, bands.width});
  }
}

}  // namespace

std::vector<std::vector<std::uint8_t>> draw_chips(const ScanResult& scan, const Inputs& in, const ScanOptions& options,
                                                  const change::ChangeModel& model, const PairReader& reader) {
  std::vector<std::vector<std::uint8_t>> chips(scan.candidates.size());
  const std::array<BandRole, 3> roles = display_roles(in.roles);
  std::array<int, 3> planes{};
  std::transform(roles.begin(), roles.end(), planes.begin(), [&](BandRole r) {
    return static_cast<int>(std::find(in.roles.begin(), in.roles.end(), r) - in.roles.begin());
  });
  tbb::enumerable_thread_specific<Worker> workers([&] { return Worker(reader); });
  const std::size_t count = std::min(chips.size(), static_cast<std::size_t>(std::max(options.run.max_chips, 0)));
  // In the order of the ground, not of rank, so that neighbours share decoded blocks.
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const PixelWindow &wa = scan.candidates[a].window, &wb = scan.candidates[b].window;
    return std::tuple(wa.y / 256, wa.x, a) < std::tuple(wb.y / 256, wb.x, b);
  });
  tbb::parallel_for(std::size_t{0}, count, [&](std::size_t at) {
    const std::size_t i = order[at];
    Worker& w = workers.local();
    ChipImage image;
    image.window = chip_window(scan.candidates[i].window);
    image.width = image.window.width;
    image.height = image.window.height;
    reader.read(image.window, scan.registration.field, w.tile, w.reader);
    const change::Standardisation& s = model.standardisation;
    stretch(w.tile.before, w.tile.before_usable, planes, s.before_mean, s.before_sd, image.before_rgb);
    stretch(w.tile.after, w.tile.after_usable, planes, s.after_mean, s.after_sd, image.after_rgb);
    chips[i] = report::draw_chip(scan.candidates[i], scan, image, {});
  });
  return chips;
}

}  // namespace plotwatch::pipeline
