// Progress on standard error: a bar on a terminal, a plain line a stage in a log.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace plotwatch::app {

class Progress {
 public:
  explicit Progress(bool quiet);
  ~Progress();
  void show(std::string_view stage, double share);

 private:
  bool terminal_, quiet_;
  std::string stage_;
  int percent_ = -1;
  std::chrono::steady_clock::time_point last_{};
};

}  // namespace plotwatch::app
