#include "pipeline/images.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_invoke.h>

#include "core/error.hpp"
#include "io/cog_writer.hpp"
#include "pipeline/display.hpp"

namespace plotwatch::pipeline {
namespace fs = std::filesystem;
namespace {

constexpr int side = 512;  // px of a window: the block of the files
constexpr std::array<const char*, 2> files{"before.tif", "after.tif"};

struct Worker {
  explicit Worker(const PairReader& r) : reader(r) {}
  PairReader::Worker reader;
  PairTile tile;
};

// Rows of one date across the whole grid.
class RowsOfWindows {
 public:
  explicit RowsOfWindows(int width)
      : width_(width), samples_(3 * std::size_t{side} * static_cast<std::size_t>(width)) {}

  void clear() { std::fill(samples_.begin(), samples_.end(), std::uint8_t{0}); }
  kernels::Planes<std::uint8_t> planes(int rows) {
    return {samples_.data(), width_, rows, 3, width_, std::ptrdiff_t{side} * width_};
  }

 private:
  int width_;
  std::vector<std::uint8_t> samples_;
};

std::vector<io::CogBand> bands_of(const PairDisplay& display) {
  using Colour = io::CogBand::Colour;
  constexpr std::array<Colour, 3> colours{Colour::red, Colour::green, Colour::blue};
  std::vector<io::CogBand> bands(3);
  for (std::size_t c = 0; c < 3; ++c) {
    bands[c].description = fmt::format("{}, stretched for display", name(display.roles[c]));
    bands[c].nodata = 0;
    bands[c].colour = colours[c];
  }
  return bands;
}

}  // namespace

std::vector<std::string> write_images(const fs::path& out, const Grid& grid, const Coverage& coverage,
                                      const PairReader& reader, const DisplacementField& field,
                                      const change::ChangeModel& model, int threads, const Hooks& hooks) {
  const PairDisplay display = display_of(model);
  io::CogWriter before_file((out / files[0]).string(), grid, bands_of(display), io::CogCompression::deflate);
  io::CogWriter after_file((out / files[1]).string(), grid, bands_of(display), io::CogCompression::deflate);
  RowsOfWindows before(grid.width), after(grid.width);
  tbb::enumerable_thread_specific<Worker> workers([&] { return Worker(reader); });
  for (int y0 = 0; y0 < grid.height; y0 += side) {
    hooks.throw_if_cancelled();
    hooks.progress("drawing images", static_cast<double>(y0) / grid.height);
    const int rows = std::min(side, grid.height - y0);
    before.clear();
    after.clear();
    tbb::parallel_for(0, (grid.width + side - 1) / side, [&](int column) {
      const PixelWindow window =
          coverage.covered_part({column * side, y0, std::min(side, grid.width - column * side), rows});
      if (window.empty()) return;
      Worker& w = workers.local();
      reader.read(window, field, w.tile, w.reader);
      const auto part = [&](RowsOfWindows& date) {
        return date.planes(rows).sub(window.x, window.y - y0, window.width, window.height);
      };
      to_rgb(w.tile.before, w.tile.before_usable, display.before, part(before));
      to_rgb(w.tile.after, w.tile.after_usable, display.after, part(after));
    });
    tbb::parallel_invoke([&] { before_file.write_rows(before.planes(rows)); },
                         [&] { after_file.write_rows(after.planes(rows)); });
  }
  // One after the other: each holds a third of its file's samples in overviews.
  before_file.finish(threads);
  after_file.finish(threads);
  return {files.begin(), files.end()};
}

void remove_images(const fs::path& out) {
  for (const char* file : files) {
    std::error_code error;
    fs::remove(out / file, error);
    if (error)
      throw Error(ExitCode::output, "cannot be replaced: " + error.message(), (out / file).string(),
                  "Check the permissions of the output folder.");
  }
}

}  // namespace plotwatch::pipeline
