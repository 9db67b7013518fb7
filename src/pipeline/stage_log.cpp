#include "pipeline/stage_log.hpp"

#include <ctime>
#include <fstream>
#include <utility>

namespace plotwatch::pipeline {
namespace {

double cpu_seconds() {
  timespec t{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

// Resident memory at most since it was last forgotten. proc(5): VmHWM of status, 5 to clear_refs.
double peak_mib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  return 0;
}
void forget_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }

}  // namespace

StageLog::StageLog() : last_(std::chrono::steady_clock::now()), last_cpu_(cpu_seconds()) {}

void StageLog::lap(std::string stage) {
  const auto now = std::chrono::steady_clock::now();
  const double cpu = cpu_seconds();
  stages_.push_back(
      {std::move(stage), std::chrono::duration<double>(now - last_).count(), cpu - last_cpu_, peak_mib()});
  forget_peak();
  last_ = now;
  last_cpu_ = cpu;
}

}  // namespace plotwatch::pipeline
