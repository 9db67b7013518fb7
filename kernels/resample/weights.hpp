// Weight tables of the convolution.
#pragma once

#include "kernels/resample/resample.hpp"

namespace plotwatch::kernels {

// Makes the axis' tables unless it holds them already. interpolation: bilinear or cubic.
void prepare_axis(Interpolation interpolation, float shrink, ResampleScratch::Axis& axis);

// Taps on each side that the widened kernel needs; taps = 2 * half_taps, a multiple of 4.
int half_taps(Interpolation interpolation, float shrink);

}  // namespace plotwatch::kernels
