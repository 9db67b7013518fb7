// Parameters of kernels::rarity() that tell cells and classes apart.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "kernels/rarity/rarity.hpp"

namespace plotwatch::test {

struct RarityTables {
  std::vector<float> before_axes, after_axes;
  std::vector<std::uint8_t> classes, table;
  kernels::RarityParams params() const { return {before_axes, after_axes, classes, table}; }
};

inline RarityTables random_rarity_tables(int bands, unsigned seed) {
  RarityTables t;
  std::mt19937 random(seed);
  std::normal_distribution<float> weight(0.0f, 4.0f);
  for (auto* axes : {&t.before_axes, &t.after_axes})
    for (int k = 0; k < kernels::rarity_axes; ++k) {
      for (int b = 0; b < bands; ++b) axes->push_back(weight(random));
      axes->push_back(16);
    }
  for (int i = 0; i < kernels::rarity_cells; ++i)
    t.classes.push_back(static_cast<std::uint8_t>(random() % kernels::rarity_classes));
  for (int i = 0; i < kernels::rarity_classes * kernels::rarity_classes; ++i)
    t.table.push_back(static_cast<std::uint8_t>(random() % (kernels::rarity_most + 1)));
  return t;
}

}  // namespace plotwatch::test
