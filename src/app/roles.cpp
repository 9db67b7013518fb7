#include "app/roles.hpp"

#include <CLI/CLI.hpp>

#include "core/error.hpp"

namespace plotwatch::app {

std::map<std::string, std::string> parse_roles(const std::string& text, const std::string& flag) {
  std::map<std::string, std::string> roles;
  for (const std::string& part : CLI::detail::split(text, ',')) {
    const auto equals = part.find('=');
    if (part.empty()) continue;
    if (equals == std::string::npos)
      throw Error(ExitCode::usage, "\"" + part + "\" does not say which band has which role", flag,
                  "Write " + flag + " red=3,nir=4.");
    roles[part.substr(0, equals)] = part.substr(equals + 1);
  }
  return roles;
}

}  // namespace plotwatch::app
