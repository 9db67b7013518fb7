#include "model/band_role.hpp"

#include <array>
#include <utility>

namespace plotwatch {
namespace {

struct Entry {
  BandRole role;
  std::string_view name;
  double from, to;  // band centre, micrometres; 0, 0 where wavelength does not tell
};

// Ranges follow the common names of the STAC electro-optical extension (v1.1), with NIR and its narrow form joined.
constexpr std::array<Entry, 10> entries{{
    {BandRole::blue, "blue", 0.45, 0.53},
    {BandRole::green, "green", 0.53, 0.60},
    {BandRole::red, "red", 0.62, 0.69},
    {BandRole::red_edge, "red-edge", 0.69, 0.755},
    {BandRole::nir, "nir", 0.755, 0.90},
    {BandRole::swir16, "swir16", 1.55, 1.75},
    {BandRole::swir22, "swir22", 2.05, 2.35},
    {BandRole::pan, "pan", 0, 0},
    {BandRole::vv, "vv", 0, 0},
    {BandRole::vh, "vh", 0, 0},
}};

}  // namespace

std::string_view name(BandRole role) { return entries[static_cast<std::size_t>(role)].name; }

std::optional<BandRole> parse_band_role(std::string_view text) {
  for (const Entry& e : entries)
    if (e.name == text) return e.role;
  return std::nullopt;
}

std::optional<BandRole> role_of_wavelength(double micrometres) {
  for (const Entry& e : entries)
    if (e.to > 0 && micrometres >= e.from && micrometres < e.to) return e.role;
  return std::nullopt;
}

const std::vector<BandRole>& all_band_roles() {
  static const std::vector<BandRole> roles = [] {
    std::vector<BandRole> r;
    for (const Entry& e : entries) r.push_back(e.role);
    return r;
  }();
  return roles;
}

}  // namespace plotwatch
