// How a pair is shown to people: which bands are red, green and blue, and how each date is stretched.
#pragma once

#include <array>
#include <cstdint>

#include "change/change_model.hpp"
#include "kernels/base/view.hpp"
#include "kernels/stretch/stretch.hpp"

namespace plotwatch::pipeline {

struct DateDisplay {
  std::array<int, 3> planes{};                  // of the model's roles: red, green, blue
  std::array<kernels::Stretch, 3> stretches{};  // parallel
};

struct PairDisplay {
  std::array<BandRole, 3> roles{};  // what is shown as red, green and blue
  DateDisplay before, after;
};

// Natural colour where there is, else the false colours that analysts know, else one band as grey. Each date is
// stretched about its own unchanged ground, so that what did not change looks alike.
PairDisplay display_of(const change::ChangeModel& model);

// Bytes 1 to 255 where usable, 0 elsewhere. `rgb`: three bands of the size of `bands`.
void to_rgb(const kernels::Planes<const float>& bands, kernels::Mask usable, const DateDisplay& display,
            const kernels::Planes<std::uint8_t>& rgb);

}  // namespace plotwatch::pipeline
