// They are there, alone and this user's, and gone with their object.
#include "io/temporary_file.hpp"

#include <filesystem>

#include <gtest/gtest.h>

#include "io/atomic_file.hpp"

namespace plotwatch::io {
namespace {
namespace fs = std::filesystem;

TEST(TemporaryFile, IsGoneWithItsObject) {
  std::string path;
  {
    const TemporaryFile file, other;
    path = file.path();
    EXPECT_NE(path, other.path());
    EXPECT_EQ(fs::file_size(path), 0u);
    EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(TemporaryFolder, IsGoneWithAllThatLiesInIt) {
  fs::path path;
  {
    const TemporaryFolder folder;
    path = folder.path();
    EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_all);
    fs::create_directories(path / "a");
    write_file(path / "a" / "b", "c");
  }
  EXPECT_FALSE(fs::exists(path));
}

}  // namespace
}  // namespace plotwatch::io
