// Every file in configs/ loads, whether or not the scenes it names are at hand.
#include <filesystem>

#include <gtest/gtest.h>

#include "config/config.hpp"

namespace plotwatch::config {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> files_in(const std::string& folder) {
  std::vector<std::string> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(PLOTWATCH_SOURCE_DIR "/" + folder))
    if (entry.path().extension() == ".toml") files.push_back(entry.path().string());
  return files;
}

TEST(Examples, EveryConfigurationLoads) {
  const std::vector<std::string> files = files_in("configs");
  EXPECT_GE(files.size(), 4u);
  for (const std::string& file : files) EXPECT_NO_THROW(load(file, {})) << file;
}

TEST(Examples, TheNightLoads) {
  EXPECT_NO_THROW(load(PLOTWATCH_SOURCE_DIR "/configs/nightly/night.toml", {}, Purpose::nightly));
}

TEST(Examples, EveryRulesTableLoads) {
  const std::vector<std::string> files = files_in("configs/rules");
  EXPECT_GE(files.size(), 1u);
  for (const std::string& file : files) EXPECT_NO_THROW(load_rules(file)) << file;
}

TEST(Examples, TaizhouNamesTheSharedScenes) {
  const ScanOptions o = load(PLOTWATCH_SOURCE_DIR "/configs/taizhou.toml", {}).options;
  EXPECT_EQ(o.before.date, (Date{2000, 3, 17}));
  EXPECT_EQ(o.after.date, (Date{2003, 2, 6}));
  if (!fs::exists(PLOTWATCH_SOURCE_DIR "/../shared/data/landsat-taizhou")) GTEST_SKIP() << "no ../shared/data";
  EXPECT_TRUE(fs::exists(o.before.path)) << o.before.path;
  EXPECT_TRUE(fs::exists(o.after.path)) << o.after.path;
  EXPECT_TRUE(fs::exists(o.plots.path)) << o.plots.path;
}

}  // namespace
}  // namespace plotwatch::config
