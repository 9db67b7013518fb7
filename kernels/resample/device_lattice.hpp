// A lattice and weight tables for one call on a device.
#pragma once

#include <span>

#include "kernels/device/device_resample.hpp"
#include "kernels/device/round_trip.hpp"

namespace plotwatch::kernels {

inline CoordinateLattice lattice_on_device(RoundTrip& trip, CoordinateLattice lattice) {
  const auto nodes = static_cast<std::size_t>(lattice.columns) * static_cast<std::size_t>(lattice.rows);
  if (!lattice.x || !lattice.y) return lattice;  // no pixel asks
  lattice.x = trip.in(std::span(lattice.x, nodes));
  lattice.y = trip.in(std::span(lattice.y, nodes));
  return lattice;
}

inline DeviceAxis axis_on_device(RoundTrip& trip, const ResampleScratch::Axis& axis) {
  return {trip.in(std::span(axis.weights)), trip.in(std::span(axis.positive)), axis.taps, axis.before};
}

}  // namespace plotwatch::kernels
