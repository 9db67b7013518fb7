// Taking one picture of the district.
#pragma once

#include <cstdint>
#include <vector>

#include "kernels/base/view.hpp"
#include "simulate/construction.hpp"
#include "simulate/ground.hpp"

namespace plotwatch::simulate {

// Reflectance x 10000 into `samples` (as many bands as the options say) and, where `mask` is not empty, 1 for what the
// cloud mask calls clear and 0 for the rest. Strips run in parallel; the result does not depend on how many threads.
void take_picture(const District& district, const DistrictOptions& options, bool second,
                  kernels::Planes<std::uint16_t> samples, kernels::View<std::uint8_t> mask);

}  // namespace plotwatch::simulate
