// A tile as it was decoded, before it is resampled: what goes up to a device that resamples, masks and scores it.
// Views and spans alone; who made them owns what they point at, until the tile is done.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "core/grid.hpp"
#include "kernels/base/view.hpp"
#include "kernels/resample/resample.hpp"

namespace plotwatch::change {

// In a file's own type; rows and bands follow each other without a gap.
using Samples = std::variant<kernels::Planes<const std::uint8_t>, kernels::Planes<const std::uint16_t>,
                             kernels::Planes<const std::int16_t>, kernels::Planes<const float>>;

// Consecutive planes that come from one file.
struct BandSource {
  Samples samples;
  PixelWindow inside;                  // pixels of the samples that the file has; beyond them nothing is usable
  kernels::CoordinateLattice lattice;  // where the tile's pixels lie in the samples
  std::span<const float> scale, offset;
  std::span<const std::optional<double>> nodata;
  kernels::ResampleParams how;
  int first_plane = 0;
};

// What the tests of one kind say of each sample value, 1 or 0; `growing`: what grows by dilation. Empty: nothing.
struct QualityTable {
  std::span<const std::uint8_t> steady, growing;
};

// A quality band, 8 or 16 bits. Beyond `inside` it says nothing.
struct QualitySource {
  Samples samples;
  PixelWindow inside;
  kernels::CoordinateLattice lattice;
  std::array<QualityTable, 3> kinds;  // of what spoils the ground, of cloud, of cloud shadow
  int dilate_px = 0;                  // pixels of the samples
};

struct DateSource {
  std::vector<BandSource> bands;
  std::vector<QualitySource> quality;
  bool covered = true;  // false: a file of it does not reach the tile, so that nothing is usable
};

struct PairSource {
  PixelWindow window;  // of the grid, halo included
  int bands = 0;       // planes a date
  DateSource before, after;
  kernels::Mask scanned;  // of the window; without data: all of it
};

}  // namespace plotwatch::change
