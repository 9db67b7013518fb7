// A small district that never was: what a scan of it would have produced. Grid: 10 m pixels in CGCS2000 3° zone 39.
#pragma once

#include "model/scan.hpp"

namespace plotwatch::report {

// 12 plots in several statuses, 2 of them not observable, 5 candidates (ranks 1 to 5, the last outside all plots),
// an applied registration with tie points, one finding.
ScanResult fake_scan();

// Ground for a candidate's chip: fields before; the same with a bright building inside the candidate after. A corner
// of the after date is not usable.
ChipImage fake_chip(const Candidate& candidate, const ScanResult& scan);

}  // namespace plotwatch::report
