#include "core/log.hpp"

#include <memory>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace plotwatch::log {
namespace {

// JSON string contents: quotes, backslashes and control characters escaped (RFC 8259, section 7).
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '\\')
      (out += '\\') += c;
    else if (c == '\n')
      out += "\\n";
    else if (static_cast<unsigned char>(c) < 0x20)
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    else
      out += c;
  }
  return out;
}

struct Logger {
  std::shared_ptr<spdlog::logger> sink =
      std::make_shared<spdlog::logger>("plotwatch", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  Format format = Format::text;
  Logger() { apply(Format::text, Level::info); }

  void apply(Format f, Level level) {
    format = f;
    sink->set_pattern(f == Format::json ? R"({"time":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l","message":"%v"})"
                                        : "%H:%M:%S %l: %v");
    sink->set_level(static_cast<spdlog::level::level_enum>(static_cast<int>(level) + 1));
    sink->flush_on(spdlog::level::debug);
  }
};

Logger& logger() {
  static Logger instance;
  return instance;
}

}  // namespace

void configure(Format format, Level level) { logger().apply(format, level); }

void write(Level level, std::string_view message) {
  Logger& l = logger();
  const std::string text = l.format == Format::json ? escaped(message) : std::string(message);
  l.sink->log(static_cast<spdlog::level::level_enum>(static_cast<int>(level) + 1), "{}", text);
}

}  // namespace plotwatch::log
