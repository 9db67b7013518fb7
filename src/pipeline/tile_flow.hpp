// All tiles of a plan, read, scored and recorded: four filters, bounded memory.
#pragma once

#include "change/change_model.hpp"
#include "model/registration.hpp"
#include "pipeline/device_choice.hpp"
#include "pipeline/hooks.hpp"
#include "pipeline/inputs.hpp"
#include "pipeline/pair_reader.hpp"
#include "pipeline/plan.hpp"
#include "pipeline/work_folder.hpp"

namespace plotwatch::pipeline {

// Runs the tiles that the work folder does not hold yet. Throws what a stage threw, after the tiles in flight ended;
// Error(interrupted) on cancellation. A device scores with the same bits as the processor. Where registration failed
// no pixel is usable: the tiles tell what each date shows, and nothing of change.
void run_tiles(const Inputs& inputs, const Plan& plan, const PairReader& reader, const Registration& registration,
               const change::ChangeModel& model, const DeviceChoice& device, WorkFolder& work, const Hooks& hooks);

}  // namespace plotwatch::pipeline
