// Taking one picture of the district.
#pragma once

#include <cstdint>
#include <vector>

#include "kernels/base/view.hpp"
#include "simulate/air.hpp"
#include "simulate/construction.hpp"
#include "simulate/ground.hpp"
#include "simulate/optics.hpp"
#include "simulate/snow.hpp"

namespace plotwatch::simulate {

// Reflectance x 10000 into `samples` (as many bands as the options say) and, where `mask` is not empty, 1 for what the
// cloud mask calls clear and 0 for the rest. Strips run in parallel; the result does not depend on how many threads.
void take_picture(const District& district, const DistrictOptions& options, bool second,
                  kernels::Planes<std::uint16_t> samples, kernels::View<std::uint8_t> mask);

// What a picture is taken of, when, through what air, and how it lies.
struct Shot {
  const District& district;
  const DistrictOptions& options;  // of these the size of the picture and of its pixels, supersample
  Occasion occasion;
  Air air;
  Misplacement misplacement;
  std::optional<Snow> snow = {};
  bool classes = false;  // the mask holds scene classes (scene_class.hpp) instead of 1 and 0
};
void take_picture(const Shot& shot, kernels::Planes<std::uint16_t> samples, kernels::View<std::uint8_t> mask);

}  // namespace plotwatch::simulate
