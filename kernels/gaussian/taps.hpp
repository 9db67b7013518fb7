// Weights of the Gaussian, the same for every backend.
#pragma once

namespace plotwatch::kernels {

inline constexpr int max_gaussian_radius = 192;

// taps[0 .. radius]: centre first, rounded from a double precision Gaussian whose weights on both sides sum up to 1.
// sigma > 0.
void make_taps(float sigma, int radius, float* taps);

}  // namespace plotwatch::kernels
