#include "core/date.hpp"

#include <gtest/gtest.h>

namespace plotwatch {
namespace {

TEST(Date, ReadsIsoDatesAndDateTimes) {
  EXPECT_EQ(parse_date("2000-03-17"), (Date{2000, 3, 17}));
  EXPECT_EQ(parse_date("2019-12-01T15:17:43.3Z"), (Date{2019, 12, 1}));
  EXPECT_EQ(parse_date("2019-12-01 15:17:43"), (Date{2019, 12, 1}));
  EXPECT_EQ(parse_date("2000-02-29"), (Date{2000, 2, 29}));
}

TEST(Date, RefusesWhatIsNoDate) {
  for (const char* text : {"", "2000", "2000-3-17", "20000317", "2000/03/17", "2000-13-01", "2000-00-10", "2000-04-31",
                           "1900-02-29", "2000-03-17x", "2000-03-1 ", "2000--3-17", "abcd-ef-gh", "+200-03-17"})
    EXPECT_EQ(parse_date(text), std::nullopt) << text;
}

TEST(Date, WritesWhatItReads) {
  EXPECT_EQ((Date{2000, 3, 7}.iso()), "2000-03-07");
  EXPECT_EQ((Date{812, 12, 31}.iso()), "0812-12-31");
}

TEST(Date, DaysGoThereAndBack) {
  EXPECT_EQ((Date{1970, 1, 1}.days().time_since_epoch().count()), 0);
  EXPECT_EQ((Date{2000, 3, 1}.days() - Date{2000, 2, 28}.days()).count(), 2);
  EXPECT_EQ((Date{1900, 3, 1}.days() - Date{1900, 2, 28}.days()).count(), 1);
  EXPECT_EQ((Date{2003, 2, 6}.days() - Date{2000, 3, 17}.days()).count(), 1056);
  for (int day = -200000; day < 200000; day += 997) {
    const std::chrono::sys_days at{std::chrono::days{day}};
    EXPECT_EQ(Date::from_days(at).days(), at);
  }
}

TEST(Date, EarlierIsLess) {
  EXPECT_LT((Date{1999, 12, 31}), (Date{2000, 1, 1}));
  EXPECT_LT((Date{2000, 1, 31}), (Date{2000, 2, 1}));
  EXPECT_LT((Date{2000, 2, 1}), (Date{2000, 2, 2}));
}

}  // namespace
}  // namespace plotwatch
