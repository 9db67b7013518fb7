#include "core/error.hpp"

#include <string>

#include <gtest/gtest.h>

namespace plotwatch {
namespace {

TEST(Error, SaysWhereWhatAndWhatToDo) {
  const Error error(ExitCode::input, "is truncated", "a.tif", "Copy it again.");
  EXPECT_STREQ(error.what(), "a.tif: is truncated\n  Copy it again.");
  EXPECT_EQ(error.code(), ExitCode::input);
  EXPECT_EQ(error.fact(), "is truncated");
  EXPECT_EQ(error.where(), "a.tif");
  EXPECT_EQ(error.advice(), "Copy it again.");
}

TEST(Error, LeavesOutWhatIsEmpty) {
  EXPECT_STREQ(Error(ExitCode::internal, "failed", "", "").what(), "failed");
  EXPECT_STREQ(Error(ExitCode::internal, "failed", "here", "").what(), "here: failed");
  EXPECT_STREQ(Error(ExitCode::internal, "failed", "", "Try again.").what(), "failed\n  Try again.");
}

// Scripts and docs/exit-codes.md rely on these numbers.
TEST(ExitCodes, AreFixed) {
  EXPECT_EQ(static_cast<int>(ExitCode::ok), 0);
  EXPECT_EQ(static_cast<int>(ExitCode::internal), 1);
  EXPECT_EQ(static_cast<int>(ExitCode::usage), 2);
  EXPECT_EQ(static_cast<int>(ExitCode::config), 3);
  EXPECT_EQ(static_cast<int>(ExitCode::input), 4);
  EXPECT_EQ(static_cast<int>(ExitCode::mismatch), 5);
  EXPECT_EQ(static_cast<int>(ExitCode::output), 6);
  EXPECT_EQ(static_cast<int>(ExitCode::resources), 7);
  EXPECT_EQ(static_cast<int>(ExitCode::interrupted), 130);
}

}  // namespace
}  // namespace plotwatch
