#include "app/progress.hpp"

#include <algorithm>
#include <iostream>

#include <fmt/format.h>
#include <unistd.h>

#include "core/log.hpp"

namespace plotwatch::app {
namespace {

constexpr int bar_width = 30;
constexpr std::chrono::seconds log_interval{30};

}  // namespace

Progress::Progress(bool quiet) : terminal_(::isatty(STDERR_FILENO) != 0), quiet_(quiet) {}

Progress::~Progress() {
  if (terminal_ && !quiet_ && !stage_.empty()) std::cerr << "\r\033[K" << std::flush;
}

void Progress::show(std::string_view stage, double share) {
  if (quiet_) return;
  const int percent = static_cast<int>(std::clamp(share, 0.0, 1.0) * 100);
  const bool new_stage = stage != stage_;
  if (terminal_) {
    if (!new_stage && percent == percent_) return;
    const int filled = percent * bar_width / 100;
    std::cerr << fmt::format("\r\033[K{:<42} [{}{}] {:3} %", stage, std::string(static_cast<std::size_t>(filled), '#'),
                             std::string(static_cast<std::size_t>(bar_width - filled), '.'), percent)
              << std::flush;
  } else {
    const auto now = std::chrono::steady_clock::now();
    if (!new_stage && now - last_ < log_interval) return;
    last_ = now;
    if (new_stage)
      log::info("{}", stage);
    else
      log::info("{}: {} %", stage, percent);
  }
  stage_ = stage;
  percent_ = percent;
}

}  // namespace plotwatch::app
