// Correlation at every whole-pixel displacement within a reach, whatever computed it, and what is read off it.
//
// Transforms round differently on every backend, and a tie point must not. So what is read off is rounded coarsely, to
// far more than that, and whether another backend could have rounded to the other side is known: then nothing is read
// off, and the caller takes the values of the processor, which decide. After the filters of computational geometry: J.
// R. Shewchuk, "Adaptive precision floating-point arithmetic and fast robust geometric predicates", Discrete & Comput.
// Geometry 18, 1997.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace plotwatch::registration {

struct Surface {
  int reach = 0;              // displacements -reach to reach
  std::vector<float> values;  // rows of 2 * reach + 1, from -reach
  double tolerance = 0;       // the processor's values may lie this far from these, either way; 0: they are these

  double at(int dx, int dy) const {
    const std::ptrdiff_t side = 2 * std::ptrdiff_t{reach} + 1;
    return values[static_cast<std::size_t>((dy + reach) * side + dx + reach)];
  }
};

// Peaks are told in sixteenths: of a pixel, and of a standard deviation of the background.
inline constexpr double peak_steps = 16;

struct Peak {
  double dx = 0, dy = 0;    // px, to about a tenth
  double significance = 0;  // height over the background, in standard deviations of the background
  bool operator==(const Peak&) const = default;
};

// The highest value within `reach`, which is below the surface's, and by how much it stands out. Nothing to correlate:
// significance 0. Null where that is not sure.
std::optional<Peak> peak_of(const Surface& surface, int reach);

// Of one band: correlation of both dates' gradients, and of the energy of one date with the weight of the other.
struct OverlapSurfaces {
  Surface product, before_energy, after_energy;
};

struct WholePixelShift {
  int dx = 0, dy = 0;
  double significance = 0;  // height over the background, in its standard deviations; 0: nothing to correlate
  bool operator==(const WholePixelShift&) const = default;
};

// The highest correlation, each normalised by what both sides hold where they overlap. Null where that is not sure.
std::optional<WholePixelShift> best_overlap_of(const std::vector<OverlapSurfaces>& bands, int reach);

}  // namespace plotwatch::registration
