// One date of a chip as a picture: every pixel of the ground shown as a square, unusable ones hatched. Private header.
#pragma once

#include <cstdint>
#include <span>

#include <opencv2/core.hpp>

namespace plotwatch::report {

// How ground pixels become picture pixels: `up` picture pixels a ground pixel, or `down` ground pixels a picture
// pixel. One of the two is 1.
struct Magnification {
  int up = 1, down = 1;
  double factor() const { return double(up) / down; }  // picture pixels a ground pixel
};

// The largest whole enlargement whose longer side stays within `limit`; where even the ground itself is larger, the
// smallest whole reduction.
Magnification magnification(int width, int height, int limit);

// `rgb` planar, width * height * 3 samples; a pixel that is 0 in all bands was not usable. Reduction averages the
// usable pixels of a block. The result is CV_8UC3, R G B.
cv::Mat render_ground(std::span<const std::uint8_t> rgb, int width, int height, Magnification by);

}  // namespace plotwatch::report
