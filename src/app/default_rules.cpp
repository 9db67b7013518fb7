#include "app/default_rules.hpp"

#include <filesystem>

#include "core/error.hpp"

namespace plotwatch::app {

std::string default_rules() {
  namespace fs = std::filesystem;
  constexpr const char* table = "rules/soil-plots.toml";
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  for (const fs::path& folder : {program.parent_path() / "../share/plotwatch/configs",
                                 fs::path(PLOTWATCH_SOURCE_CONFIGS), fs::path(PLOTWATCH_INSTALLED_CONFIGS)})
    if (fs::exists(folder / table, error)) return (folder / table).lexically_normal().string();
  throw Error(ExitCode::config, "the rules table that comes with plotwatch is not where it was installed", "run.rules",
              "Name a table with --rules FILE.");
}

}  // namespace plotwatch::app
