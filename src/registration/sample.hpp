// A tie point as the fitting sees it.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace plotwatch::registration {

struct Sample {
  double x = 0, y = 0;    // working-grid pixels
  double dx = 0, dy = 0;  // px
  double weight = 1;      // > 0, inverse variance up to a factor
  std::size_t index = 0;  // of the tie point it was made of
  std::size_t group = 0;  // samples of one group may share pixels, hence noise: they are held out together
  // Inverse covariance of (dx, dy), its mean eigenvalue `weight`; all 0: the same in every direction. Ground with edges
  // of one direction tells well how it moved across them and badly how it moved along them.
  double xx = 0, xy = 0, yy = 0;

  bool has_direction() const { return xx > 0 && yy > 0; }
};

using Samples = std::vector<Sample>;

}  // namespace plotwatch::registration
