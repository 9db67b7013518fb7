#include "pipeline/display.hpp"

#include <algorithm>
#include <vector>

namespace plotwatch::pipeline {
namespace {

constexpr float stretch_low = 2.5f, stretch_high = 6.0f;  // standard deviations about the mean of unchanged ground

std::array<BandRole, 3> display_roles(const std::vector<BandRole>& roles) {
  using enum BandRole;
  constexpr std::array<std::array<BandRole, 3>, 4> wanted{
      {{red, green, blue}, {swir16, nir, red}, {nir, red, green}, {swir22, swir16, nir}}};
  for (const auto& w : wanted)
    if (std::all_of(w.begin(), w.end(),
                    [&](BandRole r) { return std::find(roles.begin(), roles.end(), r) != roles.end(); }))
      return w;
  return {roles.front(), roles.front(), roles.front()};
}

}  // namespace

PairDisplay display_of(const change::ChangeModel& model) {
  PairDisplay display;
  display.roles = display_roles(model.roles);
  const change::Standardisation& s = model.standardisation;
  for (std::size_t c = 0; c < 3; ++c) {
    const auto plane = std::find(model.roles.begin(), model.roles.end(), display.roles[c]) - model.roles.begin();
    const auto b = static_cast<std::size_t>(plane);
    display.before.planes[c] = display.after.planes[c] = static_cast<int>(plane);
    display.before.stretches[c] = {s.before_mean[b] - stretch_low * s.before_sd[b],
                                   s.before_mean[b] + stretch_high * s.before_sd[b]};
    display.after.stretches[c] = {s.after_mean[b] - stretch_low * s.after_sd[b],
                                  s.after_mean[b] + stretch_high * s.after_sd[b]};
  }
  return display;
}

void to_rgb(const kernels::Planes<const float>& bands, kernels::Mask usable, const DateDisplay& display,
            const kernels::Planes<std::uint8_t>& rgb) {
  for (std::size_t c = 0; c < 3; ++c)
    kernels::to_byte(kernels::Backend::cpu, bands.band(display.planes[c]), usable, display.stretches[c],
                     rgb.band(static_cast<int>(c)));
}

}  // namespace plotwatch::pipeline
