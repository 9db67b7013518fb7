// Config file and command line -> typed options, with where each value came from.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/options.hpp"
#include "model/rule.hpp"

namespace plotwatch::config {

// A dotted field path ("change.false_alarm_rate") with a value as it is written in TOML or after a flag.
struct Override {
  std::string field;
  std::string value;
  std::string flag;  // "--false-alarm-rate", for messages and provenance
};

struct LoadedOptions {
  ScanOptions options;
  // field path -> "default", "configs/taizhou.toml:12", "--false-alarm-rate"
  std::map<std::string, std::string> origin;
};

// Reads the file when there is one, applies the overrides, checks everything, and throws one Error(config) that lists
// every problem with its field path and line: unknown keys (with the nearest known one), wrong types, values out of
// range, missing required fields. Paths in a file are relative to that file; on the command line to the working folder.
// A `plan` writes nothing, so that it needs no run.out; a night finds its scenes itself. `preset`: a file of
// configs/sensors, read first, so that file and flags override it. A flag for a table names the key:
// "before.roles.red".
enum class Purpose { scan, plan, nightly };
LoadedOptions load(const std::optional<std::string>& file, const std::vector<Override>& overrides,
                   Purpose purpose = Purpose::scan, const std::optional<std::string>& preset = std::nullopt);

// Every field of this purpose with its effective value and origin, as TOML that load() reads back to the same options.
// Paths are written in full, so that the text may be kept in any folder.
std::string print(const LoadedOptions& loaded, Purpose purpose = Purpose::scan);

// For --help and docs: every field with its type, unit, default and one line of meaning.
struct Field {
  std::string path, type, unit, default_value, meaning;
};
std::vector<Field> fields();

// The rules table. Throws one Error(config) with every problem.
RuleTable load_rules(const std::string& file);

}  // namespace plotwatch::config
