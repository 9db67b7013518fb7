#include "report/registration_page.hpp"

#include <fmt/ranges.h>

#include "io/atomic_file.hpp"
#include "io/crs.hpp"
#include "io/png.hpp"
#include "report/assets.hpp"
#include "report/base64.hpp"
#include "report/number_format.hpp"
#include "report/sections.hpp"
#include "report/tie_point_map.hpp"

namespace plotwatch::report {
namespace {

constexpr int square = 30;  // px of ground, of the checkerboard
constexpr int enlarged = 2;

// No request leaves the page, and no script runs in it.
constexpr std::string_view policy =
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

// Grey on both dates; the checkerboard tells them apart by a tint.
struct Colour {
  double r, g, b;
};
constexpr Colour plain{1, 1, 1}, warm{1, 0.93, 0.80}, cool{0.80, 0.93, 1};

template <class Pick>
Html picture(const PixelWindow& window, std::string_view css, const std::string& alt, Pick pick) {
  const int width = window.width * enlarged, height = window.height * enlarged;
  std::vector<std::uint8_t> rgb;
  rgb.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const auto [value, tint] = pick(x / enlarged, y / enlarged);
      for (const double share : {tint.r, tint.g, tint.b}) rgb.push_back(static_cast<std::uint8_t>(value * share));
    }
  const auto png = io::encode_png({rgb.data(), width * 3, height, width * 3});
  return html("<img class=\"{}\" width=\"{}\" height=\"{}\" alt=\"{}\" src=\"data:image/png;base64,{}\">", css, width,
              height, alt, Html{base64(png)});
}

Html flicker(const RegistrationView& v, const std::vector<std::uint8_t>& other, const std::string& what) {
  const auto shown = [&](const std::vector<std::uint8_t>& grey) {
    return [&](int x, int y) { return std::pair(grey[static_cast<std::size_t>(y * v.window.width + x)], plain); };
  };
  return html("<div class=\"flicker\">{}{}</div>", picture(v.window, "still", "reference", shown(v.reference)),
              picture(v.window, "blink", what, shown(other)));
}

Html checkerboard(const RegistrationView& v, const std::vector<std::uint8_t>& other, const std::string& what) {
  return picture(v.window, "board", what, [&](int x, int y) {
    const bool reference = (x / square + y / square) % 2 == 0;
    const std::vector<std::uint8_t>& grey = reference ? v.reference : other;
    return std::pair(grey[static_cast<std::size_t>(y * v.window.width + x)], reference ? warm : cool);
  });
}

Html side_by_side(const RegistrationView& v) {
  const auto figure = [](const Html& image, std::string_view zh, std::string_view en) {
    return html("<figure>{}<figcaption>{}</figcaption></figure>\n", image, both(zh, en));
  };
  Html out = html("<div class=\"four\">\n");
  put(out, "{}{}{}{}</div>\n",
      figure(flicker(v, v.target, "target as georeferenced"), "改正前：两景交替显示", "before: both scenes in turn"),
      figure(flicker(v, v.aligned, "target through the field"), "改正后：两景交替显示", "after: both scenes in turn"),
      figure(checkerboard(v, v.target, "checkerboard before"), "改正前：棋盘拼接（暖色为参考影像）",
             "before: checkerboard (reference warm, target cool)"),
      figure(checkerboard(v, v.aligned, "checkerboard after"), "改正后：棋盘拼接",
             "after: checkerboard; edges run through where the scenes agree"));
  return out;
}

Html views_section(const RegisterResult& r) {
  Html out = html("<section>\n{}", heading("views", "目视检查", "To judge by eye"));
  put(out, "<p>{}</p>\n",
      both("改正后交替显示时，地物应原地不动；棋盘格边界处道路和地块边线应连续。变化了的地物除外。",
           "After the correction, ground should stand still where the scenes alternate, and roads and field edges "
           "should run on across the squares. Ground that changed is an exception."));
  for (const RegistrationView& v : r.views) {
    put(out, "<h3>{}</h3>\n<p class=\"num\">{}: x {}–{}, y {}–{} · dx {} px, dy {} px</p>\n{}",
        both(v.why_zh, v.why_en), both("位置", "place"), v.window.x, v.window.right(), v.window.y, v.window.bottom(),
        fixed(v.displacement.x, 2), fixed(v.displacement.y, 2), side_by_side(v));
  }
  put(out, "</section>\n");
  return out;
}

std::string role_names(const std::vector<BandRole>& roles) {
  std::vector<std::string_view> names;
  for (const BandRole role : roles) names.push_back(name(role));
  return fmt::format("{}", fmt::join(names, ", "));
}

// What the field leaves of the tie points: a pattern in it is a distortion that was not followed.
Html residuals_section(const RegisterResult& r) {
  Registration left = r.registration;
  for (TiePoint& p : left.tie_points) {
    const Point d = r.registration.field.at(p.x, p.y);
    p.dx -= d.x;
    p.dy -= d.y;
  }
  return html("<section>\n{}<p>{}</p>\n{}</section>\n", heading("residuals", "改正后的残差", "What remains"),
              both("残差方向应杂乱无章；成片同向说明仍有未消除的变形。",
                   "Residuals should point anywhere; where neighbours point the same way, distortion is left."),
              tie_point_map(r.grid, left));
}

Html inputs_section(const RegisterResult& r) {
  Html out = html("<section>\n{}", heading("inputs", "影像", "What was matched"));
  put(out,
      "<table><thead><tr><th></th><th>{}</th><th>{}</th><th>{}</th><th class=\"num\">{}</th></tr></thead><tbody>\n",
      both("文件", "source"), both("日期", "date"), both("匹配波段", "bands matched"), both("像元", "pixel"));
  const auto row = [&](const Html& what, const Scene& s, const std::vector<BandRole>& roles) {
    put(out,
        "<tr><th scope=\"row\">{}</th><td class=\"code\">{}</td><td class=\"num\">{}</td><td>{}</td><td "
        "class=\"num\">{:g}</td></tr>\n",
        what, s.source, iso(s.date), role_names(roles), s.grid.pixel_width);
  };
  row(both("参考影像", "reference"), r.reference, r.reference_roles);
  row(both("待配准影像", "target"), r.target, r.target_roles);
  put(out, "</tbody></table>\n<p>{} <span class=\"num\">{} × {}</span>, {}</p>\n",
      both("共同范围（像元）：", "Common ground, pixels:"), r.grid.width, r.grid.height, io::crs_name(r.grid.crs));
  for (const std::string& note : r.notes) put(out, "<p class=\"caution\">{}</p>\n", note);
  put(out, "</section>\n");
  return out;
}

Html plots_section(const RegisterResult& r) {
  if (r.plots.empty()) return {};
  Html out = html("<section>\n{}", heading("plots", "各地块配准可信度", "How well each plot is known to lie"));
  put(out,
      "<table><thead><tr><th>{}</th><th>{}</th><th class=\"num\">dx</th><th class=\"num\">dy</th><th "
      "class=\"num\">{}</th><th class=\"num\">{}</th><th class=\"num\">{}</th></tr></thead><tbody>\n",
      both("编号", "code"), both("名称", "name"), both("附近连接点", "tie points near"),
      both("残差 px", "residual, px"), both("可信度", "confidence"));
  for (const PlotRegistration& p : r.plots) {
    put(out, "<tr><td class=\"code\">{}</td><td>{}</td>", p.code, p.name);
    if (p.on_both_scenes)
      put(out,
          "<td class=\"num\">{}</td><td class=\"num\">{}</td><td class=\"num\">{}</td><td class=\"num\">{}</td><td "
          "class=\"num\">{}</td></tr>\n",
          fixed(p.displacement.x, 2), fixed(p.displacement.y, 2), p.points,
          p.residual_px ? fixed(*p.residual_px, 3) : std::string("–"), fixed(p.confidence, 2));
    else
      put(out, "<td colspan=\"5\">{}</td></tr>\n", both("不在共同范围内", "not on both scenes"));
  }
  put(out, "</tbody></table>\n</section>\n");
  return out;
}

constexpr std::string_view own_style = R"(
.four { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
.four figure { margin: 0; }
.four img { width: 100%; height: auto; display: block; image-rendering: pixelated; }
.flicker { position: relative; }
.flicker .blink { position: absolute; inset: 0; animation: blink 1.6s steps(1) infinite; }
.flicker:hover .blink { animation-play-state: paused; }
@keyframes blink { 0% { opacity: 0; } 50% { opacity: 1; } }
@media (prefers-reduced-motion: reduce) { .flicker .blink { animation-duration: 6s; } }
@media print { .flicker .blink { animation: none; opacity: .5; } }
)";

}  // namespace

void write_registration_page(const std::filesystem::path& path, const RegisterResult& r) {
  ScanResult scan;  // what the section that scans share reads of it
  scan.grid = r.grid;
  scan.registration = r.registration;
  Html page = html(
      "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" "
      "content=\"{}\">\n<meta name=\"generator\" content=\"plotwatch {}\">\n<title>影像配准报告</title>\n"
      "<style>\n{}{}</style>\n</head>\n<body class=\"only-both\">\n<main>\n<header>\n<h1>{}</h1>\n</header>\n",
      Html{std::string(policy)}, r.version, Html{assets::report_css}, Html{std::string(own_style)},
      both("影像配准报告", "How one scene lies on another"));
  put(page, "{}{}{}{}{}", inputs_section(r), registration_section(scan), residuals_section(r), views_section(r),
      plots_section(r));
  put(page, "<footer>\n<p>plotwatch {}</p>\n</footer>\n</main>\n</body>\n</html>\n", r.version);
  io::write_file(path, page.text);
}

}  // namespace plotwatch::report
