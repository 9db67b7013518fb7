#include "report/chip_panel.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace plotwatch::report {
namespace {

TEST(Magnification, WholeFactorsOnly) {
  EXPECT_EQ(magnification(40, 30, 420).up, 10);
  EXPECT_EQ(magnification(41, 30, 420).up, 10);
  EXPECT_EQ(magnification(420, 1, 420).up, 1);
  EXPECT_EQ(magnification(421, 1, 420).down, 2);
  EXPECT_EQ(magnification(1000, 2000, 420).down, 5);
  EXPECT_EQ(magnification(1, 1, 420).up, 420);
  EXPECT_EQ(magnification(300, 100, 0).down, 300);
  EXPECT_DOUBLE_EQ(magnification(1000, 2000, 420).factor(), 0.2);
}

TEST(RenderGround, PixelsBecomeSquaresOfTheirOwnColour) {
  // 2 x 1 ground pixels: (10, 20, 30) and (40, 50, 60), planar.
  const std::vector<std::uint8_t> rgb{10, 40, 20, 50, 30, 60};
  const cv::Mat picture = render_ground(rgb, 2, 1, {.up = 3, .down = 1});
  ASSERT_EQ(picture.cols, 6);
  ASSERT_EQ(picture.rows, 3);
  for (int y = 0; y < 3; ++y)
    for (int x = 0; x < 6; ++x)
      EXPECT_EQ(picture.at<cv::Vec3b>(y, x), x < 3 ? cv::Vec3b(10, 20, 30) : cv::Vec3b(40, 50, 60));
}

TEST(RenderGround, UnusablePixelsAreHatchedInGrey) {
  const std::vector<std::uint8_t> rgb(3);
  const cv::Mat picture = render_ground(rgb, 1, 1, {.up = 16, .down = 1});
  int lines = 0;
  for (int y = 0; y < 16; ++y)
    for (int x = 0; x < 16; ++x) {
      const cv::Vec3b p = picture.at<cv::Vec3b>(y, x);
      EXPECT_EQ(p[0], p[1]);
      EXPECT_EQ(p[1], p[2]);
      lines += p[0] == 150;
    }
  EXPECT_EQ(lines, 64);  // a quarter: 2 of 8
}

TEST(RenderGround, BlackInOneBandIsStillUsable) {
  const cv::Mat picture = render_ground(std::vector<std::uint8_t>{0, 0, 1}, 1, 1, {});
  EXPECT_EQ(picture.at<cv::Vec3b>(0, 0), cv::Vec3b(0, 0, 1));
}

TEST(RenderGround, ReductionAveragesUsablePixelsOnly) {
  // 3 x 2 ground pixels of which (1, 0) and (0, 1) are not usable; blocks of 2: the second has one column.
  const std::vector<std::uint8_t> band{10, 0, 7, 0, 21, 9};
  std::vector<std::uint8_t> rgb;
  for (int b = 0; b < 3; ++b) rgb.insert(rgb.end(), band.begin(), band.end());
  const cv::Mat picture = render_ground(rgb, 3, 2, {.up = 1, .down = 2});
  ASSERT_EQ(picture.cols, 2);
  ASSERT_EQ(picture.rows, 1);
  EXPECT_EQ(picture.at<cv::Vec3b>(0, 0), cv::Vec3b(16, 16, 16));  // (10 + 21) / 2 = 15.5
  EXPECT_EQ(picture.at<cv::Vec3b>(0, 1), cv::Vec3b(8, 8, 8));
}

}  // namespace
}  // namespace plotwatch::report
