#include "core/log.hpp"

#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace plotwatch {
namespace {

class Log : public testing::Test {
 protected:
  void TearDown() override { log::configure(log::Format::text, log::Level::info); }

  template <class Call>
  std::string captured(Call&& call) {
    testing::internal::CaptureStderr();
    call();
    return testing::internal::GetCapturedStderr();
  }
};

TEST_F(Log, TextIsALineForAPerson) {
  log::configure(log::Format::text, log::Level::info);
  const std::string line = captured([] { log::warning("{} of {} tiles", 3, 7); });
  ASSERT_GT(line.size(), 9u);
  EXPECT_EQ(line.substr(8), " warning: 3 of 7 tiles\n");  // after the time, 12:34:56
}

TEST_F(Log, JsonIsOneObjectALineWhateverTheTextHolds) {
  log::configure(log::Format::json, log::Level::info);
  const std::string nasty = "quote \" back\\slash\nline\ttab \x01 control 疑似 %v {}";
  const std::string line = captured([&] { log::write(log::Level::info, nasty); });
  ASSERT_EQ(line.find('\n'), line.size() - 1);
  const nlohmann::json parsed = nlohmann::json::parse(line);
  EXPECT_EQ(parsed.at("message"), nasty);
  EXPECT_EQ(parsed.at("level"), "info");
  EXPECT_TRUE(parsed.contains("time"));
}

TEST_F(Log, LevelsBelowTheChosenOneAreSilent) {
  log::configure(log::Format::text, log::Level::warning);
  EXPECT_EQ(captured([] { log::info("silent"); }), "");
  EXPECT_EQ(captured([] { log::debug("silent"); }), "");
  EXPECT_NE(captured([] { log::error("heard"); }), "");
  log::configure(log::Format::text, log::Level::debug);
  EXPECT_NE(captured([] { log::debug("heard"); }), "");
}

TEST_F(Log, ResultsNeverGoThere) {
  testing::internal::CaptureStdout();
  captured([] { log::error("to standard error"); });
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
}

}  // namespace
}  // namespace plotwatch
