#include <array>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include <cpl_vsi.h>
#include <gdal_priv.h>
#include <gtest/gtest.h>

#include "core/error.hpp"
#include "report/report.hpp"
#include "unit/report/fake_scan.hpp"

namespace plotwatch::report {
namespace {

struct Picture {
  int width = 0, height = 0;
  std::vector<std::uint8_t> rgb;  // interleaved

  std::array<int, 3> at(int x, int y) const {
    const std::size_t i = 3 * (static_cast<std::size_t>(y) * width + x);
    return {rgb[i], rgb[i + 1], rgb[i + 2]};
  }
};

Picture decode(std::vector<std::uint8_t> png) {
  GDALAllRegister();
  const std::string name = "/vsimem/chip_test.png";
  VSIFCloseL(VSIFileFromMemBuffer(name.c_str(), png.data(), png.size(), FALSE));
  Picture picture;
  {
    const std::unique_ptr<GDALDataset> file(GDALDataset::Open(name.c_str()));
    picture.width = file->GetRasterXSize();
    picture.height = file->GetRasterYSize();
    picture.rgb.resize(3 * static_cast<std::size_t>(picture.width) * picture.height);
    EXPECT_EQ(file->RasterIO(GF_Read, 0, 0, picture.width, picture.height, picture.rgb.data(), picture.width,
                             picture.height, GDT_Byte, 3, nullptr, 3, GSpacing{3} * picture.width, 1, nullptr),
              CE_None);
  }
  VSIUnlink(name.c_str());
  return picture;
}

// Where the ground's picture starts inside a half.
constexpr int ground_x = 10, ground_y = 34;

class Chip : public testing::Test {
 protected:
  ScanResult scan = fake_scan();
  const Candidate& first = scan.candidates[0];
  ChipImage image = fake_chip(first, scan);  // 43 x 40 ground pixels
};

TEST_F(Chip, HalvesAreEqualAndEnlargedByAWholeFactor) {
  const Picture picture = decode(draw_chip(first, scan, image, {}));
  EXPECT_EQ(image.width, 43);
  EXPECT_EQ(image.height, 40);
  EXPECT_EQ(picture.width, 2 * (43 * 9 + 20));  // 420 / 43 = 9
  EXPECT_EQ(picture.height, 34 + 40 * 9 + 48);
}

TEST_F(Chip, GroundKeepsItsColours) {
  const Picture picture = decode(draw_chip(first, scan, image, {}));
  const int half = picture.width / 2;
  const std::size_t plane = static_cast<std::size_t>(image.width) * image.height;
  // Ground pixels away from both outlines.
  for (const auto& [x, y] : {std::pair{20, 19}, {22, 25}, {3, 35}, {41, 2}}) {
    const std::size_t i = static_cast<std::size_t>(y) * image.width + x;
    const int px = ground_x + 9 * x + 4, py = ground_y + 9 * y + 4;
    EXPECT_EQ(picture.at(px, py),
              (std::array<int, 3>{image.before_rgb[i], image.before_rgb[i + plane], image.before_rgb[i + 2 * plane]}));
    EXPECT_EQ(picture.at(half + px, py),
              (std::array<int, 3>{image.after_rgb[i], image.after_rgb[i + plane], image.after_rgb[i + 2 * plane]}));
  }
}

TEST_F(Chip, OutlineLiesOnTheCandidatesEdgeOnBothDates) {
  const Picture picture = decode(draw_chip(first, scan, image, {}));
  const int half = picture.width / 2;
  // The left edge is 12 ground pixels into the chip; half way down the candidate's 16 rows.
  const int x = ground_x + 12 * 9, y = ground_y + (12 + 8) * 9;
  for (const int side : {0, half}) {
    const auto line = picture.at(side + x - 1, y);  // the line covers [x - 1, x + 1)
    EXPECT_GT(line[0], 200);
    EXPECT_GT(line[1], 170);
    EXPECT_LT(line[2], 60);
    const auto casing = picture.at(side + x - 3, y);
    EXPECT_LT(casing[0] + casing[1] + casing[2], 200) << "dark casing outside the line";
  }
}

TEST_F(Chip, UnusablePixelsAreGreyOnTheirDateOnly) {
  const Picture picture = decode(draw_chip(first, scan, image, {}));
  const auto before = picture.at(ground_x + 4, ground_y + 4),
             after = picture.at(picture.width / 2 + ground_x + 4, ground_y + 4);
  EXPECT_TRUE(after[0] == after[1] && after[1] == after[2] && (after[0] == 150 || after[0] == 205));
  EXPECT_NE(before[0], before[1]);
}

TEST_F(Chip, BadgeHasTheSeveritysColour) {
  EXPECT_EQ(decode(draw_chip(first, scan, image, {})).at(12, 10), (std::array<int, 3>{179, 38, 30}));
  EXPECT_EQ(decode(draw_chip(scan.candidates[4], scan, fake_chip(scan.candidates[4], scan), {})).at(12, 10),
            (std::array<int, 3>{74, 96, 118}));
}

TEST_F(Chip, SameInputSameBytes) { EXPECT_EQ(draw_chip(first, scan, image, {}), draw_chip(first, scan, image, {})); }

TEST_F(Chip, SmallestAndNarrowGroundStillHasRoomForText) {
  image.width = image.height = 1;
  image.before_rgb = image.after_rgb = {1, 2, 3};
  const Picture one = decode(draw_chip(first, scan, image, {}));
  EXPECT_EQ(one.height, 34 + 420 + 48);

  image.width = 1;
  image.height = 900;
  image.before_rgb.assign(2700, 90);
  image.after_rgb.assign(2700, 90);
  const Picture narrow = decode(draw_chip(first, scan, image, {}));
  EXPECT_EQ(narrow.width, 2 * (260 + 20));
  EXPECT_EQ(narrow.height, 34 + 300 + 48);  // 900 / 3
}

TEST_F(Chip, AnyTextAndGeometryIsDrawn) {
  Candidate odd = first;
  odd.plot_code = "地块-" + std::string(300, 'x');
  odd.first_date.reset();
  odd.geometry = {{{{-1e12, 1e12}, {1e300, 0}, {std::numeric_limits<double>::quiet_NaN(), 4400000}, {-1e12, 1e12}}, {}},
                  {}};
  EXPECT_FALSE(draw_chip(odd, scan, image, {}).empty());
  odd.plot_code = std::string(300, 'x');
  EXPECT_FALSE(draw_chip(odd, scan, image, {}).empty());
}

TEST_F(Chip, MissingSamplesAreADefectAndSayWhich) {
  image.after_rgb.pop_back();
  try {
    draw_chip(first, scan, image, {});
    FAIL() << "accepted";
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ExitCode::internal);
    EXPECT_EQ(e.fact(), "a chip of 43 x 40 pixels came with 5160 and 5159 samples");
  }
  EXPECT_THROW(draw_chip(first, scan, ChipImage{}, {}), Error);
}

}  // namespace
}  // namespace plotwatch::report
