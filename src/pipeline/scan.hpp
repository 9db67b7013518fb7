// The main job: two scenes and a register of plots in, ranked candidates out.
#pragma once

#include <filesystem>

#include "model/options.hpp"
#include "model/scan.hpp"
#include "pipeline/hooks.hpp"

namespace plotwatch::pipeline {

struct ScanSummary {
  ScanResult result;
  bool was_complete = false;  // --resume found a finished scan of the same inputs and options; nothing was done
};

// Writes into options.run.out: candidates.gpkg, candidates.geojson, score.tif, transition.tif, chips/, report.html,
// run.json and, last, manifest.json: where it is, the rest is whole. Throws Error as the stages do.
ScanSummary scan(const ScanOptions& options, const Hooks& hooks);

}  // namespace plotwatch::pipeline
