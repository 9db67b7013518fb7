// The sums of one Gauss-Newton step, gathered in blocks.
#pragma once

#include "core/geometry.hpp"
#include "registration/plane.hpp"

namespace plotwatch::registration {

struct Symmetric2 {
  double xx = 0, xy = 0, yy = 0;
};

// Both dates' compressed gradients of one band, aligned as far as is known, and the pixels' weights. One size.
struct AlignedSamples {
  const Plane &before_x, &before_y, &after_x, &after_y, &weight;
};

struct BandEquations {
  Symmetric2 h;               // sum of w J J'
  Point g;                    // sum of w J r
  Symmetric2 scatter;         // sum over blocks of (block's g) (block's g)'
  Point centroid;             // of the information, px of the window, times h.xx + h.yy
  double before_energy = 0, after_energy = 0, product = 0;  // for the correlation
  double weight = 0;          // sum over pixels
  double typical_squared_residual = 0;  // median over blocks, so that changed ground does not raise it
};

// `knee`: squared residual at which a pixel's weight has fallen to a quarter; 0 gives all their full weight.
// Residuals are of gradients scaled to mean square 1 on both dates.
BandEquations accumulate(const AlignedSamples& samples, double knee);

// Bands added up, each by the inverse of its residual variance.
struct NormalEquations {
  Symmetric2 h, scatter;
  Point g, centroid;
  double agreement_sum = 0, weight_sum = 0;
  double most_weight = 0;  // of a band, pixels

  void add(const BandEquations& band);
  double agreement() const { return weight_sum > 0 ? agreement_sum / weight_sum : 0; }
};

}  // namespace plotwatch::registration
