#include "report/number_format.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace plotwatch::report {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();

TEST(Rounded, HalfAwayFromZeroAndNeverMinusZero) {
  EXPECT_EQ(rounded(0.125, 2), 0.13);
  EXPECT_EQ(rounded(-0.125, 2), -0.13);
  EXPECT_EQ(rounded(1234.06, 1), 1234.1);
  EXPECT_FALSE(std::signbit(rounded(-0.001, 2)));
}

TEST(Fixed, KeepsItsDecimals) {
  EXPECT_EQ(fixed(0.5, 2), "0.50");
  EXPECT_EQ(fixed(-0.001, 2), "0.00");
  EXPECT_EQ(fixed(116.3381234567, 7), "116.3381235");
  EXPECT_EQ(fixed(nan, 2), "–");
}

TEST(Grouped, ThreeDigitsAGroup) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999.4), "999");
  EXPECT_EQ(grouped(999.5), "1,000");
  EXPECT_EQ(grouped(1234567), "1,234,567");
  EXPECT_EQ(grouped(-1234), "-1,234");
  EXPECT_EQ(grouped(-0.2), "0");
  EXPECT_EQ(grouped(infinity), "–");
}

TEST(Percent, OneDecimalBelowTen) {
  EXPECT_EQ(percent(0), "0%");
  EXPECT_EQ(percent(0.0421), "4.2%");
  EXPECT_EQ(percent(0.0996), "10%");
  EXPECT_EQ(percent(0.371), "37%");
  EXPECT_EQ(percent(1), "100%");
  EXPECT_EQ(percent(nan), "–");
}

TEST(Iso, UnknownDatesShowAsDash) {
  EXPECT_EQ(iso(Date{2003, 2, 6}), "2003-02-06");
  EXPECT_EQ(iso(std::nullopt), "–");
}

}  // namespace
}  // namespace plotwatch::report
