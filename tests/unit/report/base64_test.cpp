#include "report/base64.hpp"

#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace plotwatch::report {
namespace {

std::string encoded(std::string_view text) { return base64(std::vector<std::uint8_t>(text.begin(), text.end())); }

TEST(Base64, VectorsOfRfc4648) {
  EXPECT_EQ(encoded(""), "");
  EXPECT_EQ(encoded("f"), "Zg==");
  EXPECT_EQ(encoded("fo"), "Zm8=");
  EXPECT_EQ(encoded("foo"), "Zm9v");
  EXPECT_EQ(encoded("foob"), "Zm9vYg==");
  EXPECT_EQ(encoded("fooba"), "Zm9vYmE=");
  EXPECT_EQ(encoded("foobar"), "Zm9vYmFy");
}

TEST(Base64, UsesTheWholeAlphabet) {
  EXPECT_EQ(base64(std::vector<std::uint8_t>{0xff, 0xef, 0xbe}), "/+++");
  EXPECT_EQ(base64(std::vector<std::uint8_t>{0, 0, 0}), "AAAA");
}

}  // namespace
}  // namespace plotwatch::report
