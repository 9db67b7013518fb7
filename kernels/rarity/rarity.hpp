// How rare it is in this pair that ground which looked like this turned into what it did.
//
// Each date's spectrum is brought into one of 128 classes: projected onto three axes, cut into 32 levels along each,
// and looked up. A table over pairs of classes then gives the rarity: -log10 of the share of the ground of the same
// class before that turned into something no more frequent. 0: what most such ground did, be it nothing or a harvest;
// 2: one pixel in a hundred. Conditional frequencies of classes over the dates: L. Bruzzone, S. Serpico, "An iterative
// technique for the detection of land-cover transitions in multitemporal remote-sensing images", IEEE TGRS 35(4), 1997;
// that each pixel is predicted from the relation of other ground of the same scene: L. Kondmann et al., "Spatial
// context awareness for unsupervised change detection in optical satellite images", IEEE TGRS 60, 2022.
#pragma once

#include <cstdint>
#include <span>

#include "kernels/base/backend.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

inline constexpr int rarity_axes = 3, rarity_levels = 32, rarity_classes = 128;
inline constexpr int rarity_cells = rarity_levels * rarity_levels * rarity_levels;
// A stored rarity is 80 times the number, rounded, 250 at most: one in 1300 and rarer.
inline constexpr float rarity_steps = 80;
inline constexpr std::uint8_t rarity_most = 250, rarity_nodata = 255;

struct RarityParams {
  // For each axis the bands' weights, then a constant: the sum is a position in levels. 3 x (bands + 1) numbers a date.
  std::span<const float> before_axes, after_axes;
  std::span<const std::uint8_t> classes;  // rarity_cells, below rarity_classes: cell = l0 + 32 (l1 + 32 l2)
  std::span<const std::uint8_t> table;    // classes x classes, row the class before: the stored rarity
};

// 1 to 16 bands of any unit, as many on both dates. rarity_nodata where not usable. Positions beyond the levels count
// as the first or last; NaN under a 1 counts as the first level.
void rarity(Backend backend, Planes<const float> before, Planes<const float> after, Mask usable,
            const RarityParams& params, MutableMask out);

}  // namespace plotwatch::kernels
