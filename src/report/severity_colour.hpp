// One colour a severity, the same in pictures, page and QGIS styles (assets/report.css, assets/candidates.qml).
// White text on each has a contrast of at least 4.5 : 1.
#pragma once

#include <array>
#include <cstdint>

#include "model/candidate.hpp"

namespace plotwatch::report {

struct Rgb {
  std::uint8_t r = 0, g = 0, b = 0;
};

inline Rgb severity_colour(Severity severity) {
  constexpr std::array<Rgb, 4> colours{{{179, 38, 30}, {181, 78, 0}, {122, 98, 0}, {74, 96, 118}}};
  return colours[static_cast<std::size_t>(severity)];
}

}  // namespace plotwatch::report
