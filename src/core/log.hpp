// Messages to standard error, as text for a person or as one JSON object a line. Results never go here.
#pragma once

#include <string>
#include <string_view>

#include <fmt/format.h>

namespace plotwatch::log {

enum class Format { text, json };
enum class Level { debug, info, warning, error };

// Once, at start. Without it: text, info.
void configure(Format format, Level level);

void write(Level level, std::string_view message);

template <class... Args>
void debug(fmt::format_string<Args...> text, Args&&... args) {
  write(Level::debug, fmt::format(text, std::forward<Args>(args)...));
}
template <class... Args>
void info(fmt::format_string<Args...> text, Args&&... args) {
  write(Level::info, fmt::format(text, std::forward<Args>(args)...));
}
template <class... Args>
void warning(fmt::format_string<Args...> text, Args&&... args) {
  write(Level::warning, fmt::format(text, std::forward<Args>(args)...));
}
template <class... Args>
void error(fmt::format_string<Args...> text, Args&&... args) {
  write(Level::error, fmt::format(text, std::forward<Args>(args)...));
}

}  // namespace plotwatch::log
