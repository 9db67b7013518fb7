#include "report/png_size.hpp"

#include <vector>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "io/png.hpp"

namespace plotwatch::report {
namespace {

TEST(PngSize, ReadsWhatTheEncoderWrote) {
  const std::vector<std::uint8_t> samples(3 * 300 * 7);
  const PngSize size = png_size(io::encode_png({samples.data(), 3 * 300, 7, 3 * 300}));
  EXPECT_EQ(size.width, 300u);
  EXPECT_EQ(size.height, 7u);
}

TEST(PngSize, OtherBytesAreRefused) {
  EXPECT_THROW(png_size({}), Error);
  EXPECT_THROW(png_size(std::vector<std::uint8_t>(100)), Error);
}

}  // namespace
}  // namespace plotwatch::report
