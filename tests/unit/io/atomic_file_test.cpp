#include "io/atomic_file.hpp"

#include <csignal>

#include <sys/resource.h>

#include <gtest/gtest.h>

#include "support/expect_error.hpp"
#include "support/temporary_folder.hpp"

namespace plotwatch::io {
namespace {

namespace fs = std::filesystem;

TEST(AtomicFile, AppearsWholeAtCommit) {
  const test::TemporaryFolder folder;
  const fs::path target = folder.file("a.tif");
  write_file(target, "old");
  AtomicFile file(target);
  EXPECT_EQ(file.temporary().parent_path(), target.parent_path());
  EXPECT_EQ(file.temporary().extension(), ".tif");
  EXPECT_NE(file.temporary(), target);
  write_file(file.temporary(), "new");
  EXPECT_EQ(read_file(target), "old");
  file.commit();
  EXPECT_EQ(read_file(target), "new");
  EXPECT_FALSE(fs::exists(file.temporary()));
}

TEST(AtomicFile, LeavesNothingWithoutCommit) {
  const test::TemporaryFolder folder;
  {
    const AtomicFile file(folder.file("a"));
    write_file(file.temporary(), "half");
  }
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(AtomicFile, KeepsEveryByte) {
  const test::TemporaryFolder folder;
  std::string bytes(70000, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 31);
  write_file(folder.file("b"), bytes);
  EXPECT_EQ(read_file(folder.file("b")), bytes);
  write_file(folder.file("empty"), "");
  EXPECT_EQ(read_file(folder.file("empty")), "");
}

TEST(AtomicFile, SaysWhatWentWrong) {
  const test::TemporaryFolder folder;
  test::fact_of_error(ExitCode::output, [&] { write_file(folder.file("missing/a"), "x"); });
  test::fact_of_error(ExitCode::input, [&] { read_file(folder.file("missing")); });
  fs::create_directory(folder.file("taken"));
  write_file(folder.file("taken/inside"), "x");
  test::fact_of_error(ExitCode::output, [&] { write_file(folder.file("taken"), "x"); });
  AtomicFile never_written(folder.file("c"));
  test::fact_of_error(ExitCode::output, [&] { never_written.commit(); });
}

TEST(AtomicFile, ReportsAFullDisk) {
  const test::TemporaryFolder folder;
  const auto before = std::signal(SIGXFSZ, SIG_IGN);
  rlimit normal{};
  getrlimit(RLIMIT_FSIZE, &normal);
  const rlimit tight{1000, normal.rlim_max};
  setrlimit(RLIMIT_FSIZE, &tight);
  test::fact_of_error(ExitCode::output, [&] { write_file(folder.file("a"), std::string(1 << 20, 'x')); });
  setrlimit(RLIMIT_FSIZE, &normal);
  std::signal(SIGXFSZ, before);
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

}  // namespace
}  // namespace plotwatch::io
