// From score bytes to runs of suspected pixels: two cuts (J. Canny's hysteresis, IEEE Trans. PAMI 8(6), 1986), then
// run-length coding for the labelling that joins tiles.
#pragma once

#include <cstdint>
#include <vector>

#include "kernels/base/backend.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

// weak = score >= weak_cut, strong = score >= strong_cut, both 0 where the score is 255 (not usable).
// weak_cut <= strong_cut. weak may be the score's own memory.
void threshold(Backend backend, View<const std::uint8_t> score, std::uint8_t weak_cut, std::uint8_t strong_cut,
               MutableMask weak, MutableMask strong);

// Pixels [x0, x1) of row y, as long as possible.
struct Run {
  int y = 0, x0 = 0, x1 = 0;
  bool strong = false;  // at least one of its pixels is strong
  bool operator==(const Run&) const = default;
};

// Appends the runs of `weak` to out, rows from the top, each from the left. (origin_x, origin_y) is added: the view's
// place in the grid that the runs count in. Strong pixels outside weak ones are ignored.
void extract_runs(Backend backend, View<const std::uint8_t> weak, View<const std::uint8_t> strong, int origin_x,
                  int origin_y, std::vector<Run>& out);

}  // namespace plotwatch::kernels
