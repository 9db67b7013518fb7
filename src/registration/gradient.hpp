// What is matched: smoothed gradients whose length is compressed, so that an edge counts for where it lies and
// little for how strong it is. Sun, season, haze and calibration change the strength; the place stays.
// After A. J. Fitch et al., "Orientation correlation", BMVC 2002.
#pragma once

#include <vector>

#include "kernels/base/view.hpp"
#include "registration/plane.hpp"
#include "registration/registration.hpp"

namespace plotwatch::registration {

struct Gradient {
  Plane x, y;            // compressed gradient: g / sqrt(|g|^2 + c^2), no unit, length below 1
  Plane weight;          // 1 where the gradient rests on usable pixels alone, else 0; x and y are 0 there
  bool texture = false;  // false: no gradient anywhere
};

// Pixels around a masked one whose gradient would see it.
inline constexpr int gradient_reach = 5;

// Masked and non-finite samples have no influence at all.
Gradient compressed_gradient(kernels::View<const float> band, kernels::Mask usable);

struct GradientPair {
  Gradient before, after;
};

// Every band of a pair. Throws Error(internal) when the views of the pair do not agree in size.
std::vector<GradientPair> gradients_of(const WindowPair& pair);

}  // namespace plotwatch::registration
