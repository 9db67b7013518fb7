// The known word that a mistyped one most likely means.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plotwatch::config {

// Fewest insertions, deletions and replacements that turn one text into the other (Levenshtein 1966), in bytes.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The first of `known` at the smallest distance; empty when even that one shares too little with `word` to be meant.
std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& known);

}  // namespace plotwatch::config
