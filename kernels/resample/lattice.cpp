#include "kernels/resample/lattice.hpp"

#include <algorithm>
#include <cstdlib>

#include "kernels/base/check.hpp"
#include "kernels/base/multiversion.hpp"

namespace plotwatch::kernels {
namespace {

constexpr std::int32_t farthest = 1 << 30;
constexpr std::int64_t longest_step = 1 << 21;

bool nodes_in_range(const CoordinateLattice& lattice, const std::int32_t* nodes) {
  for (int r = 0; r < lattice.rows; ++r) {
    const std::int32_t* row = nodes + std::ptrdiff_t{r} * lattice.columns;
    const std::int32_t* above = r > 0 ? row - lattice.columns : row;
    for (int c = 0; c < lattice.columns; ++c) {
      const std::int64_t here = row[c];
      if (here < -farthest || here > farthest) return false;
      if (std::llabs(here - above[c]) >= longest_step) return false;
      if (c > 0 && std::llabs(here - row[c - 1]) >= longest_step) return false;
    }
  }
  return true;
}

// One coordinate along one row. Within a cell a position is (start + i * slope) >> shift, start and slope exact. Taking
// the whole part off start leaves 32-bit arithmetic, unless the cell is too steep for it.
PLOTWATCH_MULTIVERSION void interpolate_row(const std::int32_t* upper, const std::int32_t* lower, int columns, int fy,
                                            int step_log2, int offset_x, int width, std::int32_t* __restrict out) {
  const int step = 1 << step_log2;
  const int shift = 2 * step_log2;
  const std::int64_t half = shift > 0 ? std::int64_t{1} << (shift - 1) : 0;
  for (int x = 0; x < width;) {
    const int cell = (x + offset_x) >> step_log2;
    const int first = (x + offset_x) & (step - 1);
    const int n = std::min(step - first, width - x);
    const int next = std::min(cell + 1, columns - 1);  // no weight where it is not there
    const std::int64_t left = std::int64_t{upper[cell]} * (step - fy) + std::int64_t{lower[cell]} * fy;
    const std::int64_t right = std::int64_t{upper[next]} * (step - fy) + std::int64_t{lower[next]} * fy;
    const std::int64_t slope = right - left;
    const std::int64_t start = left * step + slope * first + half;
    const auto whole = static_cast<std::int32_t>(start >> shift);
    const std::int64_t rest = start & ((std::int64_t{1} << shift) - 1);
    if (std::llabs(slope) < (std::int64_t{1} << (30 - step_log2))) {
      const auto rest32 = static_cast<std::int32_t>(rest), slope32 = static_cast<std::int32_t>(slope);
      for (int i = 0; i < n; ++i) out[x + i] = whole + ((rest32 + i * slope32) >> shift);
    } else {
      for (int i = 0; i < n; ++i) out[x + i] = whole + static_cast<std::int32_t>((rest + i * slope) >> shift);
    }
    x += n;
  }
}

}  // namespace

void require_lattice(const CoordinateLattice& lattice, int width, int height, const char* kernel) {
  if (width <= 0 || height <= 0) return;
  require(lattice.x != nullptr && lattice.y != nullptr, kernel, "the lattice has no nodes");
  require(lattice.step_log2 >= 0 && lattice.step_log2 <= 6, kernel, "the lattice's step_log2 must be 0 to 6");
  require(lattice.offset_x >= 0 && lattice.offset_y >= 0, kernel, "the lattice's offsets must not be negative");
  const std::int64_t step = std::int64_t{1} << lattice.step_log2;
  require(lattice.columns > (width - 1 + lattice.offset_x + step - 1) / step &&
              lattice.rows > (height - 1 + lattice.offset_y + step - 1) / step,
          kernel, "the lattice does not reach every output pixel");
  require(nodes_in_range(lattice, lattice.x) && nodes_in_range(lattice, lattice.y), kernel,
          "a lattice node is out of range or too far from its neighbour");
}

void lattice_row(const CoordinateLattice& lattice, int y, int width, std::int32_t* px, std::int32_t* py) {
  const int row = (y + lattice.offset_y) >> lattice.step_log2;
  const int fy = (y + lattice.offset_y) & ((1 << lattice.step_log2) - 1);
  const std::ptrdiff_t upper = std::ptrdiff_t{row} * lattice.columns;
  const std::ptrdiff_t lower = std::ptrdiff_t{std::min(row + 1, lattice.rows - 1)} * lattice.columns;
  const auto interpolate = [&](const std::int32_t* nodes, std::int32_t* out) {
    interpolate_row(nodes + upper, nodes + lower, lattice.columns, fy, lattice.step_log2, lattice.offset_x, width, out);
  };
  interpolate(lattice.x, px);
  interpolate(lattice.y, py);
}

std::optional<Shift> pure_shift(const CoordinateLattice& lattice) {
  const std::int64_t step = std::int64_t{256} << lattice.step_log2;
  const std::int64_t x0 = lattice.x[0], y0 = lattice.y[0];
  for (int r = 0; r < lattice.rows; ++r) {
    for (int c = 0; c < lattice.columns; ++c) {
      const std::ptrdiff_t node = std::ptrdiff_t{r} * lattice.columns + c;
      if (lattice.x[node] != x0 + c * step || lattice.y[node] != y0 + r * step) return std::nullopt;
    }
  }
  return Shift{static_cast<std::int32_t>(x0 + std::int64_t{256} * lattice.offset_x),
               static_cast<std::int32_t>(y0 + std::int64_t{256} * lattice.offset_y)};
}

}  // namespace plotwatch::kernels
