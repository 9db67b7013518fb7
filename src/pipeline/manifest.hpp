// manifest.json: what went in, with what parameters, and what came out. run.json: how this run went (times, workers,
// memory): the only file that differs between two runs over the same inputs.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "change/change_model.hpp"
#include "io/block_cache.hpp"
#include "model/options.hpp"
#include "model/scan.hpp"
#include "pipeline/device_choice.hpp"
#include "pipeline/inputs.hpp"
#include "pipeline/match_pair.hpp"
#include "pipeline/plan.hpp"
#include "pipeline/stage_log.hpp"

namespace plotwatch::pipeline {

// All options that can change a result, as JSON text; the same for the same options.
std::string result_options(const ScanOptions& options);

// Identifies inputs and options for --resume: paths, sizes and modification times, every result option, tile size,
// backend: tiles of two backends never meet in one scan.
std::string resume_key(const Inputs& inputs, const ScanOptions& options, const DeviceChoice& device);

// SHA-256 of every regular file that went in, by path; computed in parallel.
std::map<std::string, std::string> hash_inputs(const Inputs& inputs, const ScanOptions& options);

void write_manifest(const std::filesystem::path& out, const Inputs& inputs, const ScanOptions& options,
                    const Plan& plan, const change::ChangeModel& model, const ScanResult& scan,
                    const std::map<std::string, std::string>& hashes, const std::vector<std::string>& outputs);

void write_run_log(const std::filesystem::path& out, const ScanOptions& options, const Plan& plan,
                   const DeviceChoice& device, const MatchingLog& matching, const std::vector<StageCost>& times,
                   const io::BlockCacheStats& decoded, std::size_t resumed_tiles);

}  // namespace plotwatch::pipeline
