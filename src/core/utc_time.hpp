// Moments in UTC as text, "2026-11-23T21:05:00Z": what records are stamped with.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace plotwatch {

using UtcTime = std::chrono::sys_seconds;

std::string utc_text(UtcTime time);                            // "2026-11-23T21:05:00Z"
std::optional<UtcTime> parse_utc_time(std::string_view text);  // that form alone; empty for any other text
UtcTime clock_now();                                           // of the system's clock

}  // namespace plotwatch
