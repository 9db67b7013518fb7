// What ground of each look turned into, learned from the pair: the tables of kernels/rarity.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "change/samples.hpp"
#include "kernels/rarity/rarity.hpp"

namespace plotwatch::change {

struct RarityModel {
  std::vector<float> before_axes, after_axes;
  std::array<double, kernels::rarity_axes> step{};  // of a level, in standard deviations of its axis
  std::vector<std::uint8_t> classes, table;

  kernels::RarityParams params() const { return {before_axes, after_axes, classes, table}; }
};

// First look: the axes, which are the first three principal components of both dates' spectra. Each date is
// standardised by its own mean and standard deviation, so that gains, offsets and a season's common shift drop out;
// minor components count with at least a fiftieth of the first one's variance. All pixels of a class 0 and a table of
// zeros until learn_rarity(); axes of zeros from an empty sample.
RarityModel fit_rarity_axes(const PixelSample& sample);

// Where a pixel of each date lies among kernels::rarity_cells.
struct CellPair {
  std::uint16_t before = 0, after = 0;
};
CellPair cells_at(const RarityModel& model, const kernels::Planes<const float>& before,
                  const kernels::Planes<const float>& after, int x, int y);

// Second look: classes and table.
// Classes: generalised Lloyd (Linde, Buzo, Gray, IEEE Trans. Communications 28, 1980) over the occupied cells, from a
// maximin start (I. Katsavounidis et al., IEEE Signal Processing Letters 1(10), 1994).
// Table: for a class before and a class after, -log10 of the summed conditional probabilities of all classes after that
// are no likelier. Every row counts two pixels more than were seen, spread as the classes after are, so that what no
// pixel did is rare and not impossible. Sums run in the order of the pairs: the same pairs give the same bytes.
void learn_rarity(RarityModel& model, const std::vector<CellPair>& pairs);

}  // namespace plotwatch::change
