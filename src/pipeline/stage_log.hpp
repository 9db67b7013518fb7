// What each stage of a scan took: seconds on the wall and of all processors, and the most memory.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace plotwatch::pipeline {

struct StageCost {
  std::string stage;
  double seconds = 0, cpu_seconds = 0;  // of all threads of the process
  double peak_mib = 0;                  // resident at most; where the system cannot tell it of the stage, so far
};

class StageLog {
 public:
  StageLog();
  // The stage that began with the one before, or with the log, ends here.
  void lap(std::string stage);
  const std::vector<StageCost>& stages() const { return stages_; }

 private:
  std::chrono::steady_clock::time_point last_;
  double last_cpu_;
  std::vector<StageCost> stages_;
};

}  // namespace plotwatch::pipeline
