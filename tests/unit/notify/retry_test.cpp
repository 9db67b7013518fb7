#include "notify/retry.hpp"

#include <gtest/gtest.h>

namespace plotwatch::notify {
namespace {

using State = OutboxMessage::State;
const UtcTime now = *parse_utc_time("2026-11-23T21:00:00Z");

TEST(Retry, PausesDoubleUpToADayAndEnd) {
  NotifyOptions options;
  options.first_pause_minutes = 10;
  options.max_attempts = 10;
  OutboxMessage m;
  std::vector<std::string> moments;
  for (int i = 0; i < 9; ++i) {
    m = after_attempt(m, "no answer", options, now);
    EXPECT_EQ(m.state, State::pending);
    EXPECT_EQ(m.last_error, "no answer");
    moments.push_back(m.next_attempt_at);
  }
  EXPECT_EQ(moments[0], "2026-11-23T21:10:00Z");
  EXPECT_EQ(moments[1], "2026-11-23T21:20:00Z");
  EXPECT_EQ(moments[3], "2026-11-23T22:20:00Z");
  EXPECT_EQ(moments[7], "2026-11-24T18:20:00Z");  // 1280 minutes
  EXPECT_EQ(moments[8], "2026-11-24T21:00:00Z");  // a day
  EXPECT_EQ(after_attempt(m, "no answer", options, now).state, State::given_up);
}

TEST(Retry, WhatArrivedIsNeverDueAgain) {
  const OutboxMessage m = after_attempt({}, "", {}, now);
  EXPECT_EQ(m.state, State::sent);
  EXPECT_EQ(m.sent_at, "2026-11-23T21:00:00Z");
  EXPECT_EQ(m.attempts, 1);
  EXPECT_FALSE(is_due(m, now + std::chrono::hours(1000)));
}

TEST(Retry, Due) {
  OutboxMessage m;
  EXPECT_TRUE(is_due(m, now));
  m.next_attempt_at = "2026-11-23T21:00:01Z";
  EXPECT_FALSE(is_due(m, now));
  EXPECT_TRUE(is_due(m, now + std::chrono::seconds(1)));
  m.next_attempt_at = "2027-11-23T21:00:01Z";  // written under a clock that ran ahead
  EXPECT_TRUE(is_due(m, now));
  m.state = State::sending;
  EXPECT_TRUE(is_due(m, now));
  m.state = State::given_up;
  EXPECT_FALSE(is_due(m, now));
}

}  // namespace
}  // namespace plotwatch::notify
