#include "report/chip_paint.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <opencv2/imgproc.hpp>

namespace plotwatch::report {
namespace {

constexpr double font_scale = 0.45;  // capitals of 10 px
constexpr int subpixel_bits = 4;     // positions in sixteenths of a pixel

// Duplex draws every stroke twice, side by side: heavier, and still clear at this size.
int font(Weight weight) { return weight == Weight::bold ? cv::FONT_HERSHEY_DUPLEX : cv::FONT_HERSHEY_SIMPLEX; }

// Far outside any picture a vertex only has to keep its direction, and must not overflow OpenCV's fixed point.
int fixed_point(double position) {
  // OpenCV counts from pixel centres, we from pixel corners.
  const double clamped = std::clamp(position - 0.5, -16000.0, 16000.0);
  return static_cast<int>(std::lround(clamped * (1 << subpixel_bits)));
}

std::vector<cv::Point> fixed_ring(const Ring& ring) {
  std::vector<cv::Point> points;
  points.reserve(ring.size());
  for (const Point p : ring)
    if (std::isfinite(p.x) && std::isfinite(p.y)) points.emplace_back(fixed_point(p.x), fixed_point(p.y));
  return points;
}

}  // namespace

cv::Scalar colour(Rgb rgb) { return {double(rgb.r), double(rgb.g), double(rgb.b)}; }

void draw_outline(cv::Mat& picture, const MultiPolygon& shape, Rgb line, int line_width) {
  std::vector<std::vector<cv::Point>> rings;
  for (const Polygon& polygon : shape) {
    rings.push_back(fixed_ring(polygon.outer));
    for (const Ring& hole : polygon.holes) rings.push_back(fixed_ring(hole));
  }
  std::erase_if(rings, [](const auto& ring) { return ring.size() < 2; });
  if (rings.empty()) return;
  cv::polylines(picture, rings, true, colour({16, 16, 16}), line_width + 2, cv::LINE_AA, subpixel_bits);
  cv::polylines(picture, rings, true, colour(line), line_width, cv::LINE_AA, subpixel_bits);
}

void draw_text(cv::Mat& picture, const std::string& text, int x, int y, Rgb rgb, Weight weight) {
  cv::putText(picture, text, {x, y}, font(weight), font_scale, colour(rgb), 1, cv::LINE_AA);
}

int text_width(const std::string& text, Weight weight) {
  int baseline = 0;
  return cv::getTextSize(text, font(weight), font_scale, 1, &baseline).width;
}

std::string fit_text(const std::string& text, int room, Weight weight) {
  if (text_width(text, weight) <= room) return text;
  for (std::size_t length = text.size(); length-- > 1;)
    if (const std::string head = text.substr(0, length) + ".."; text_width(head, weight) <= room) return head;
  return {};
}

}  // namespace plotwatch::report
