// What Queue::resample needs to know of a call besides pixels.
#pragma once

#include "kernels/resample/resample.hpp"

namespace plotwatch::kernels {

// Makes the weights of both axes in `scratch`. True: every output pixel's centre lies on a sample's centre, or the
// nearest sample was asked for, so that samples are copied and no weights are needed.
bool prepare_resample(const ResampleParams& params, const CoordinateLattice& lattice, ResampleScratch& scratch);

}  // namespace plotwatch::kernels
