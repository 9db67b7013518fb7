#include "config/relative_path.hpp"

#include <filesystem>

#include <gtest/gtest.h>

namespace plotwatch::config {
namespace {

TEST(RelativePath, IsSeenFromTheFolderOfTheFile) {
  EXPECT_EQ(beside("configs/a.toml", "scene.tif"), "configs/scene.tif");
  EXPECT_EQ(beside("configs/a.toml", "../data/scene.tif"), "data/scene.tif");
  EXPECT_EQ(beside("a.toml", "scene.tif"), "scene.tif");
  EXPECT_EQ(beside("/etc/a.toml", "../scene.tif"), "/scene.tif");
  EXPECT_EQ(beside("../a.toml", "scene.tif"), "../scene.tif");
}

TEST(RelativePath, OtherWaysToOpenAFileAreLeftAlone) {
  for (const char* path : {"/data/scene.tif", "/vsicurl/https://host/scene.tif", "https://host/item.json",
                           "NETCDF:scene.nc:band", "/vsizip/a.zip/b.tif"}) {
    EXPECT_FALSE(is_relative_path(path)) << path;
    EXPECT_EQ(beside("configs/a.toml", path), path);
    EXPECT_EQ(full_path(path), path);
  }
  EXPECT_TRUE(is_relative_path("a folder/b:1.tif"));
  EXPECT_FALSE(is_relative_path(""));
}

TEST(RelativePath, FullPathIsSeenFromTheWorkingFolder) {
  EXPECT_EQ(full_path("a/../scene.tif"), (std::filesystem::current_path() / "scene.tif").string());
}

}  // namespace
}  // namespace plotwatch::config
