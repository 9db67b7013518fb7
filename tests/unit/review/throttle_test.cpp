#include "review/throttle.hpp"

#include <gtest/gtest.h>

namespace plotwatch::review {
namespace {

using std::chrono::seconds;

const Throttle::Time start{};

TEST(Throttle, HoldsANameAtAnAddressBackAfterFiveFailures) {
  Throttle throttle;
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(throttle.wait("li", "10.0.0.1", start + seconds(i)), seconds(0)) << i;
    throttle.failed("li", "10.0.0.1", start + seconds(i));
  }
  EXPECT_EQ(throttle.wait("li", "10.0.0.1", start + seconds(10)), seconds(890));
  EXPECT_EQ(throttle.wait("li", "10.0.0.2", start + seconds(10)), seconds(0))
      << "elsewhere a stranger locks nobody out";
  EXPECT_EQ(throttle.wait("wang", "10.0.0.1", start + seconds(10)), seconds(0));
  EXPECT_EQ(throttle.wait("li", "10.0.0.1", start + seconds(900)), seconds(0));
}

TEST(Throttle, CountsAnewAfterItsTime) {
  Throttle throttle;
  for (int i = 0; i < 4; ++i) throttle.failed("li", "a", start);
  throttle.failed("li", "a", start + seconds(901));
  EXPECT_EQ(throttle.wait("li", "a", start + seconds(902)), seconds(0));
}

TEST(Throttle, HoldsAnAddressThatTriesManyNamesBack) {
  Throttle throttle;
  for (int i = 0; i < 30; ++i) throttle.failed("name" + std::to_string(i), "bad", start);
  EXPECT_GT(throttle.wait("anybody", "bad", start), seconds(0));
  EXPECT_EQ(throttle.wait("anybody", "good", start), seconds(0));
}

TEST(Throttle, HoldsANameThatManyAddressesTryBack) {
  Throttle throttle;
  for (int i = 0; i < 50; ++i) throttle.failed("li", "address" + std::to_string(i), start);
  EXPECT_GT(throttle.wait("li", "another", start), seconds(0));
}

TEST(Throttle, ForgetsFailuresOfThisNameHereAfterASuccess) {
  Throttle throttle;
  for (int i = 0; i < 4; ++i) throttle.failed("li", "a", start);
  throttle.succeeded("li", "a");
  for (int i = 0; i < 4; ++i) throttle.failed("li", "a", start);
  EXPECT_EQ(throttle.wait("li", "a", start), seconds(0));
}

TEST(Throttle, KeepsCountingAddressesInAFloodOfNames) {
  Throttle throttle;
  for (int i = 0; i < 25'000; ++i) throttle.failed("flood" + std::to_string(i), "bad", start);
  EXPECT_GT(throttle.wait("x", "bad", start), seconds(0));
}

}  // namespace
}  // namespace plotwatch::review
