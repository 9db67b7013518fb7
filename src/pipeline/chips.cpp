#include "pipeline/chips.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include "pipeline/display.hpp"
#include "pipeline/pair_reader.hpp"
#include "report/report.hpp"

namespace plotwatch::pipeline {
namespace {

constexpr int least_side = 40, greatest_side = 320;  // px of the working grid
constexpr double surroundings = 1.8;                 // chip side over candidate side

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

std::vector<std::uint8_t> coloured(const kernels::Planes<const float>& bands, kernels::Mask usable,
                                   const DateDisplay& display) {
  const std::size_t pixels = static_cast<std::size_t>(bands.width) * static_cast<std::size_t>(bands.height);
  std::vector<std::uint8_t> rgb(3 * pixels);
  to_rgb(bands, usable, display,
         {rgb.data(), bands.width, bands.height, 3, bands.width, static_cast<std::ptrdiff_t>(pixels)});
  return rgb;
}

}  // namespace

std::vector<std::vector<std::uint8_t>> draw_chips(const ScanResult& scan, const ScanOptions& options,
                                                  const change::ChangeModel& model, const PairReader& reader) {
  std::vector<std::vector<std::uint8_t>> chips(scan.candidates.size());
  const PairDisplay display = display_of(model);
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
    image.before_rgb = coloured(w.tile.before, w.tile.before_usable, display.before);
    image.after_rgb = coloured(w.tile.after, w.tile.after_usable, display.after);
    chips[i] = report::draw_chip(scan.candidates[i], scan, image, {});
  });
  return chips;
}

}  // namespace plotwatch::pipeline
