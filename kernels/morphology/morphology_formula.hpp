// The shape of a structuring element.
#pragma once

#include "kernels/base/view.hpp"
#include "kernels/morphology/morphology.hpp"

namespace plotwatch::kernels {

// Largest |dx| of the element in the row `dy` away from its centre; |dy| <= radius.
PLOTWATCH_HD inline int half_width(Element element, int radius, int dy) {
  if (element == Element::square) return radius;
  int dx = radius;
  while (dx * dx + dy * dy > radius * radius) --dx;
  return dx;
}

}  // namespace plotwatch::kernels
