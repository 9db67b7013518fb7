// Lines and text on a chip. OpenCV stays inside report's pictures: private header.
#pragma once

#include <string>

#include <opencv2/core.hpp>

#include "core/geometry.hpp"
#include "report/severity_colour.hpp"

namespace plotwatch::report {

// Pictures are CV_8UC3 in R, G, B order; positions are picture pixels, (0, 0) the corner of the first.
enum class Weight { regular, bold };

cv::Scalar colour(Rgb rgb);

// Rings as a coloured line with a dark casing, so that it reads on bright and on dark ground.
void draw_outline(cv::Mat& picture, const MultiPolygon& shape, Rgb line, int line_width);

// ASCII, Hershey Simplex; the baseline starts at (x, y). Other characters show as '?'.
void draw_text(cv::Mat& picture, const std::string& text, int x, int y, Rgb rgb, Weight weight = Weight::regular);
int text_width(const std::string& text, Weight weight = Weight::regular);

// The longest head of the text that is no wider than `room`, with ".." where it was cut.
std::string fit_text(const std::string& text, int room, Weight weight = Weight::regular);

}  // namespace plotwatch::report
