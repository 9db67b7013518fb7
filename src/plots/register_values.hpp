// Cells of a register as text and dates. Private to plots.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/date.hpp"
#include "io/vector.hpp"

namespace plotwatch::plots {

// Without spaces around it, ideographic ones included; whole numbers without a fraction; empty for null.
std::string text_of(const io::FieldValue& value);

// "2026-02-28", "2026/2/8", "20260228", "2026.2.28", "2026年2月28日", with or without a time of day behind it.
std::optional<Date> date_of(std::string_view text);

// One of the status codes that the rules tables which come with plotwatch speak of.
bool is_known_status(std::string_view status);

// The code of a status that is written as districts write it: 名录内, 调查中, …; empty for other words.
std::string_view status_of_word(std::string_view word);

}  // namespace plotwatch::plots
