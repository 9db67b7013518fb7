#include "io/pyramid.hpp"

#include <gtest/gtest.h>

namespace plotwatch::io {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes halved(const Bytes& samples, int width, int height, Halving how) {
  return halve({samples.data(), width, height, width}, 255, how);
}

TEST(Halve, AveragesWhatIsNotNodata) {
  EXPECT_EQ(halved({1, 2, 3, 4}, 2, 2, Halving::average), (Bytes{3}));  // 2.5 goes up
  EXPECT_EQ(halved({1, 255, 255, 4}, 2, 2, Halving::average), (Bytes{3}));
  EXPECT_EQ(halved({7, 255, 255, 255}, 2, 2, Halving::average), (Bytes{7}));
  EXPECT_EQ(halved({255, 255, 255, 255}, 2, 2, Halving::average), (Bytes{255}));
  EXPECT_EQ(halved({254, 254, 254, 254}, 2, 2, Halving::average), (Bytes{254}));
  EXPECT_EQ(halved({0, 1, 0, 255}, 2, 2, Halving::average), (Bytes{0}));
}

TEST(Halve, AveragesEveryTripleExactly) {
  for (int a = 0; a < 255; a += 2)
    for (int b = 0; b < 255; b += 3)
      for (int c = 0; c < 255; c += 5) {
        const auto got = halved({std::uint8_t(a), std::uint8_t(b), std::uint8_t(c), 255}, 2, 2, Halving::average);
        ASSERT_EQ(int{got[0]}, (a + b + c + 1) / 3);
      }
}

TEST(Halve, TakesTheMostFrequent) {
  EXPECT_EQ(halved({5, 9, 9, 5}, 2, 2, Halving::mode), (Bytes{5}));  // first of two equally frequent
  EXPECT_EQ(halved({5, 9, 9, 9}, 2, 2, Halving::mode), (Bytes{9}));
  EXPECT_EQ(halved({255, 255, 255, 3}, 2, 2, Halving::mode), (Bytes{3}));
  EXPECT_EQ(halved({255, 255, 255, 255}, 2, 2, Halving::mode), (Bytes{255}));
}

TEST(Halve, KeepsTheEdgesOfOddSizes) {
  EXPECT_EQ(halved({8}, 1, 1, Halving::average), (Bytes{8}));
  EXPECT_EQ(halved({8, 4, 6}, 3, 1, Halving::average), (Bytes{6, 6}));
  EXPECT_EQ(halved({1, 1, 2, 3, 3, 4, 5, 7, 9}, 3, 3, Halving::average), (Bytes{2, 3, 6, 9}));
  EXPECT_EQ(halved({1, 1, 2, 3, 3, 4, 5, 7, 9}, 3, 3, Halving::mode), (Bytes{1, 2, 5, 9}));
}

TEST(Halve, ObeysTheStride) {
  const Bytes wide{1, 1, 99, 1, 1, 99};
  EXPECT_EQ(halve({wide.data(), 2, 2, 3}, 255, Halving::average), (Bytes{1}));
}

}  // namespace
}  // namespace plotwatch::io
