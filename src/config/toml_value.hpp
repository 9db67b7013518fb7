// From TOML, or from what stands after a flag, to the value of a field. Private to this folder.
#pragma once

#include <optional>
#include <string>

#include <toml++/toml.h>

#include "config/field_value.hpp"

namespace plotwatch::config {

// Empty when the node is not of that type; `problem` then says so ("must be a number, is text"). A text map takes
// whole numbers as text too, so that `red = 3` reads well.
std::optional<FieldValue> value_of(const toml::node& node, FieldType type, std::string& problem);

// The same for text as it is written in TOML or after a flag; text and paths need no quotes.
std::optional<FieldValue> value_of(const std::string& text, FieldType type, std::string& problem);

}  // namespace plotwatch::config
