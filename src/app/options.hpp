// The scan's options on the command line: every flag is an override of a config field.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "config/config.hpp"

namespace plotwatch::app {

class ScanFlags {
 public:
  // Adds CONFIG, all flags, and --set.
  explicit ScanFlags(CLI::App& command);

  // Config file and overrides together; the rules table falls back to the one that comes with plotwatch.
  config::LoadedOptions load(config::Purpose purpose) const;
  bool print_config() const { return print_config_; }

 private:
  void add(CLI::App& command, const std::string& flag, const std::string& field, const std::string& help,
           const std::string& group);
  void add_switch(CLI::App& command, const std::string& flag, const std::string& field, const std::string& help,
                  const std::string& group);

  std::string file_;
  std::vector<std::string> set_;
  std::vector<std::unique_ptr<std::pair<config::Override, bool>>> values_;  // second: given
  std::string before_roles_, after_roles_;
  bool print_config_ = false;
};

}  // namespace plotwatch::app
