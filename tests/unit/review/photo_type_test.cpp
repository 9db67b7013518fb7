#include "review/photo_type.hpp"

#include <string>

#include <gtest/gtest.h>

namespace plotwatch::review {
namespace {

using namespace std::string_literals;

const std::string jpeg = "\xFF\xD8\xFF\xE0"s + std::string(200, 'x') + "\xFF\xD9"s;
const std::string png = "\x89PNG\r\n\x1A\n\0\0\0\rIHDR"s + std::string(40, 'x') + "\0\0\0\0IEND\xAE\x42\x60\x82"s;
const std::string webp = "RIFF\x14\0\0\0WEBPVP8 "s + std::string(12, 'x');

TEST(PhotoType, IsSeenInTheBytes) {
  EXPECT_EQ(photo_type(jpeg), "image/jpeg");
  EXPECT_EQ(photo_type(jpeg + "motion"), "image/jpeg") << "phones add bytes after the picture";
  EXPECT_EQ(photo_type(png), "image/png");
  EXPECT_EQ(photo_type(webp), "image/webp");
}

TEST(PhotoType, IsNoneForOtherThings) {
  for (const std::string& bytes :
       {""s, "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"s, "<!doctype html><script>"s,
        "GIF89a"s + std::string(100, 'x'), "%PDF-1.4"s, "RIFF\x04\0\0\0WAVE"s + std::string(30, 'x'),
        jpeg.substr(0, 100), png.substr(0, png.size() - 4), webp.substr(0, webp.size() - 8), " "s + png})
    EXPECT_FALSE(photo_type(bytes)) << bytes.substr(0, 20);
}

}  // namespace
}  // namespace plotwatch::review
