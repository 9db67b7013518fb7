// What a band measures. Code asks for roles, never for band numbers.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace plotwatch {

enum class BandRole { blue, green, red, red_edge, nir, swir16, swir22, pan, vv, vh };

std::string_view name(BandRole role);                            // "red-edge"
std::optional<BandRole> parse_band_role(std::string_view text);  // the names above; nothing else
std::optional<BandRole> role_of_wavelength(double micrometres);  // by band centre; empty between the known ranges
const std::vector<BandRole>& all_band_roles();                   // in the order of the enum

}  // namespace plotwatch
