// Flags that say how a register of plots is to be read, the same for every command that reads one.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "core/date.hpp"
#include "plots/plot_register.hpp"

namespace plotwatch::app {

class RegisterFlags {
 public:
  void add_to(CLI::App& command);
  plots::RegisterRequest request(const std::string& path) const;  // throws Error(usage)

 private:
  std::string layer_, table_, sheet_, crs_, default_status_, as_of_;
  std::vector<std::string> status_names_;
};

Date date_flag(const std::string& text, const std::string& flag);  // throws Error(usage)

// Everything that was odd about a register, to the log.
void log_findings(const PlotRegister& plots);

}  // namespace plotwatch::app
