// Positions from a coordinate lattice.
#pragma once

#include <cstdint>
#include <optional>

#include "kernels/resample/resample.hpp"

namespace plotwatch::kernels {

// Throws where the lattice cannot serve `width` x `height` output pixels.
void require_lattice(const CoordinateLattice& lattice, int width, int height, const char* kernel);

// Positions of output row y, pixels 0 to width - 1.
void lattice_row(const CoordinateLattice& lattice, int y, int width, std::int32_t* px, std::int32_t* py);

// The position of output pixel (0, 0) where all others are that plus whole pixels: a pure shift.
struct Shift {
  std::int32_t x, y;
};
std::optional<Shift> pure_shift(const CoordinateLattice& lattice);

}  // namespace plotwatch::kernels
