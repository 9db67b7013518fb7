#include "core/utc_time.hpp"

#include <gtest/gtest.h>

namespace plotwatch {
namespace {

TEST(UtcTime, ReadsWhatItWrites) {
  const UtcTime time{std::chrono::seconds{1'795'467'845}};
  EXPECT_EQ(utc_text(time), "2026-11-23T21:04:05Z");  // date -u -d @1795467845
  EXPECT_EQ(parse_utc_time("2026-11-23T21:04:05Z"), time);
  EXPECT_EQ(utc_text(UtcTime{}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(utc_text(UtcTime{std::chrono::seconds{-1}}), "1969-12-31T23:59:59Z");
}

TEST(UtcTime, RefusesEveryOtherForm) {
  for (const char* text : {"", "2026-11-23", "2026-11-23 21:04:05Z", "2026-11-23T21:04:05", "2026-11-23T21:04:05+08:00",
                           "2026-11-23T24:00:00Z", "2026-11-23T21:60:00Z", "2026-11-23T21:04:60Z",
                           "2026-02-30T00:00:00Z", "2026-11-23T2a:04:05Z", "2026-11-23T-1:04:05Z"})
    EXPECT_FALSE(parse_utc_time(text)) << text;
}

}  // namespace
}  // namespace plotwatch
