// How a running scan talks to whoever started it.
#pragma once

#include <atomic>
#include <functional>
#include <string_view>

#include "core/error.hpp"

namespace plotwatch::pipeline {

struct Hooks {
  // Stage in plain words, share done in [0, 1]. Called from one thread at a time.
  std::function<void(std::string_view stage, double share)> progress = [](std::string_view, double) {};
  // Set by a signal handler; work in flight is finished and kept, then the scan ends with ExitCode::interrupted.
  const std::atomic<bool>* cancelled = nullptr;

  bool is_cancelled() const { return cancelled != nullptr && cancelled->load(std::memory_order_relaxed); }
  void throw_if_cancelled() const {
    if (is_cancelled())
      throw Error(ExitCode::interrupted, "stopped on request; finished tiles are kept", "",
                  "Run the same command with --resume to go on.");
  }
};

}  // namespace plotwatch::pipeline
