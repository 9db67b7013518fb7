// A chip is two equal halves, before left and after right, each with a strip above and a strip below:
//
//   [P0] rank 3   DX-001              suspected: vegetation -> built
//   +----------------------+          +----------------------+
//   |        before        |          |        after         |
//   +----------------------+          +----------------------+
//   before 2000-03-17                 after 2003-02-06
//   |----| 200 m                      1 px = 30 m, north up
//
// The halves are equal so that a page can blink one against the other.
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <opencv2/imgproc.hpp>

#include "core/error.hpp"
#include "io/png.hpp"
#include "report/chip_paint.hpp"
#include "report/chip_panel.hpp"
#include "report/report.hpp"
#include "report/scale_bar.hpp"

namespace plotwatch::report {
namespace {

constexpr int margin = 10, header = 34, footer = 48, min_panel = 260;  // picture pixels
constexpr Rgb paper{255, 255, 255}, ink{28, 32, 36}, candidate_line{255, 225, 0}, plot_line{255, 255, 255};

struct Layout {
  Magnification by;
  int ground_width, ground_height;  // of one date's picture
  int half_width, height;           // of one half with its strips
  int ground_x;                     // of the picture inside a half; its y is `header`
};

Layout lay_out(const ChipImage& image, int limit) {
  Layout l{};
  l.by = magnification(image.width, image.height, limit);
  l.ground_width = (image.width + l.by.down - 1) / l.by.down * l.by.up;
  l.ground_height = (image.height + l.by.down - 1) / l.by.down * l.by.up;
  const int panel = std::max(l.ground_width, min_panel);
  l.half_width = panel + 2 * margin;
  l.ground_x = margin + (panel - l.ground_width) / 2;
  l.height = header + l.ground_height + footer;
  return l;
}

MultiPolygon to_picture(MultiPolygon shape, const Grid& grid, const ChipImage& image, double factor) {
  const auto move = [&](Ring& ring) {
    for (Point& p : ring) {
      const Point pixel = grid.to_pixel(p);
      p = {(pixel.x - image.window.x) * factor, (pixel.y - image.window.y) * factor};
    }
  };
  for (Polygon& polygon : shape) {
    move(polygon.outer);
    std::ranges::for_each(polygon.holes, move);
  }
  return shape;
}

const PlotResult* plot_of(const Candidate& candidate, const ScanResult& scan) {
  if (candidate.plot_code.empty()) return nullptr;
  const auto found =
      std::ranges::find(scan.plots, candidate.plot_code, [](const PlotResult& p) { return p.plot.code; });
  return found == scan.plots.end() ? nullptr : &*found;
}

// The drawing font has no other letters; the page beside the chip carries the full name.
std::string ascii_or_nothing(const std::string& text) {
  return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f; }) ? text : std::string();
}

std::string dated(std::string_view side, const std::optional<Date>& date) {
  return fmt::format("{} {}", side, date ? date->iso() : "(date unknown)");
}

void draw_header(cv::Mat& before, cv::Mat& after, const Candidate& candidate) {
  const std::string badge(name(candidate.verdict.severity));
  const int badge_width = text_width(badge, Weight::bold) + 12;
  cv::rectangle(before, {margin, 8, badge_width, 20}, colour(severity_colour(candidate.verdict.severity)), cv::FILLED);
  draw_text(before, badge, margin + 6, 23, paper, Weight::bold);

  const int x = margin + badge_width + 8;
  const std::string code = ascii_or_nothing(candidate.plot_code);
  const std::string rank = fmt::format("rank {}{}{}", candidate.rank, code.empty() ? "" : "  ", code);
  draw_text(before, fit_text(rank, before.cols - margin - x, Weight::bold), x, 23, ink, Weight::bold);

  const std::string what = fmt::format("suspected: {}", name(candidate.transition));
  draw_text(after, fit_text(what, after.cols - 2 * margin), margin, 23, ink);
}

void draw_scale_bar(cv::Mat& half, const ScaleBar& bar, int y) {
  const int x0 = margin + 1, x1 = x0 + static_cast<int>(std::lround(bar.pixels));
  for (const auto& [from, to] :
       {std::pair{cv::Point(x0, y), cv::Point(x1, y)}, std::pair{cv::Point(x0, y - 4), cv::Point(x0, y + 4)},
        std::pair{cv::Point(x1, y - 4), cv::Point(x1, y + 4)}})
    cv::line(half, from, to, colour(ink), 2);
  draw_text(half, bar.label, x1 + 8, y + 4, ink);
}

void draw_footer(cv::Mat& before, cv::Mat& after, const Candidate& candidate, double ground_pixel_m, double factor) {
  const int top = before.rows - footer;
  draw_text(before, dated("before", candidate.first_date), margin, top + 18, ink);
  draw_text(after, dated("after", candidate.last_date), margin, top + 18, ink);
  const ScaleBar bar = scale_bar(ground_pixel_m / factor, 0.4 * (before.cols - 2 * margin));
  if (bar.metres > 0) draw_scale_bar(before, bar, top + 34);
  draw_text(after, fmt::format("1 pixel = {:.3g} m, north up", ground_pixel_m), margin, top + 38, ink);
}

void check(const ChipImage& image) {
  const std::size_t samples = 3 * static_cast<std::size_t>(std::max(image.width, 0)) * std::max(image.height, 0);
  if (samples == 0 || image.before_rgb.size() != samples || image.after_rgb.size() != samples)
    throw Error(ExitCode::internal,
                fmt::format("a chip of {} x {} pixels came with {} and {} samples", image.width, image.height,
                            image.before_rgb.size(), image.after_rgb.size()),
                "report::draw_chip", "Please report this with the command that was run.");
}

}  // namespace

std::vector<std::uint8_t> draw_chip(const Candidate& candidate, const ScanResult& scan, const ChipImage& image,
                                    const ReportOptions& options) {
  check(image);
  const Layout l = lay_out(image, options.chip_max_px);
  cv::Mat picture(l.height, 2 * l.half_width, CV_8UC3, colour(paper));
  cv::Mat before = picture.colRange(0, l.half_width), after = picture.colRange(l.half_width, 2 * l.half_width);

  const double factor = l.by.factor();
  const MultiPolygon outline = to_picture(candidate.geometry, scan.grid, image, factor);
  const PlotResult* plot = plot_of(candidate, scan);
  const MultiPolygon boundary = plot ? to_picture(plot->plot.geometry, scan.grid, image, factor) : MultiPolygon();
  // A line must not hide what it points at.
  const bool small = std::max(candidate.window.width, candidate.window.height) * factor < 24;
  for (auto& [half, rgb] : {std::pair{&before, &image.before_rgb}, std::pair{&after, &image.after_rgb}}) {
    cv::Mat ground = (*half)(cv::Rect(l.ground_x, header, l.ground_width, l.ground_height));
    render_ground(*rgb, image.width, image.height, l.by).copyTo(ground);
    draw_outline(ground, boundary, plot_line, 1);
    draw_outline(ground, outline, candidate_line, small ? 1 : 2);
  }
  draw_header(before, after, candidate);
  draw_footer(before, after, candidate, metres_per_pixel_east(scan.grid, candidate.representative_lonlat.y), factor);
  return io::encode_png({picture.data, 3 * picture.cols, picture.rows, static_cast<std::ptrdiff_t>(picture.step)});
}

}  // namespace plotwatch::report
