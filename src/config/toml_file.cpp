#include "config/toml_file.hpp"

#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "core/error.hpp"

namespace plotwatch::config {

toml::table parse_toml_file(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (!stream || stream.bad())
    throw Error(ExitCode::config, "cannot be read", file, "Check the path; configs/ holds worked examples.");
  try {
    return toml::parse(text, file);
  } catch (const toml::parse_error& error) {
    throw Error(ExitCode::config, fmt::format("is no valid TOML: {}", error.description()),
                place(file, line_of(error.source())), "https://toml.io shows the syntax.");
  }
}

std::string place(const std::string& file, unsigned line) { return fmt::format("{}:{}", file, line); }

}  // namespace plotwatch::config
