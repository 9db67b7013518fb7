// Pictures of both dates under the first candidates.
#pragma once

#include <cstdint>
#include <vector>

#include "change/change_model.hpp"
#include "model/options.hpp"
#include "model/scan.hpp"
#include "pipeline/pair_reader.hpp"

namespace plotwatch::pipeline {

// PNG bytes of the first `options.run.max_chips` candidates, parallel to scan.candidates (empty beyond). The after date
// is read through the field. Each date is stretched about its own unchanged ground, so that what did not change looks
// alike.
std::vector<std::vector<std::uint8_t>> draw_chips(const ScanResult& scan, const ScanOptions& options,
                                                  const change::ChangeModel& model, const PairReader& reader);

}  // namespace plotwatch::pipeline
