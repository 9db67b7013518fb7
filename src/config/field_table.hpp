// The one table of fields: parsing, checks, provenance, printing, --help and docs/configuration.md all read it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "config/field_value.hpp"
#include "model/options.hpp"

namespace plotwatch::config {

struct FieldEntry {
  std::string path;  // "change.false_alarm_rate"
  FieldType type = FieldType::text;
  std::string unit;     // "px", "m"; empty without one
  std::string meaning;  // one line

  std::function<void(ScanOptions&, const FieldValue&)> set;
  std::function<std::optional<FieldValue>(const ScanOptions&)> get;  // empty where the option is not set

  // What is wrong with a value ("must be above 0"), empty when nothing is. Ranges that the options' own problems()
  // tell are not told again here.
  std::function<std::string(const FieldValue&)> check;
  // Keys that a text map may have; empty: any.
  std::vector<std::string> keys;
  bool path_values = false;  // the values of this text map are paths
  bool nightly = false;      // of no meaning to a scan by hand
};

const std::vector<FieldEntry>& field_table();
const FieldEntry* find_field(const std::string& path);

// "change.false_alarm_rate" -> "change" and "false_alarm_rate".
std::string section_of(const std::string& path);
std::string key_of(const std::string& path);

}  // namespace plotwatch::config
