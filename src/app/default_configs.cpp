#include "app/default_configs.hpp"

#include <filesystem>

#include "core/error.hpp"

namespace plotwatch::app {

std::string default_config(const std::string& name, const std::string& field) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  for (const fs::path& folder : {program.parent_path() / "../share/plotwatch/configs",
                                 fs::path(PLOTWATCH_SOURCE_CONFIGS), fs::path(PLOTWATCH_INSTALLED_CONFIGS)})
    if (fs::exists(folder / name, error)) return (folder / name).lexically_normal().string();
  throw Error(ExitCode::config, "configs/" + name + ", which comes with plotwatch, is not where it was installed",
              field, "Install plotwatch again, or name a file of your own.");
}

}  // namespace plotwatch::app
