// A story as one page: both dates, the score and the transition of every pixel, spectra, and the numbers as text.
#include <algorithm>
#include <array>
#include <cmath>

#include "io/png.hpp"
#include "report/assets.hpp"
#include "report/base64.hpp"
#include "report/explain.hpp"
#include "report/html.hpp"
#include "report/number_format.hpp"
#include "report/png_size.hpp"
#include "report/seen_text.hpp"
#include "report/severity_colour.hpp"

namespace plotwatch::report {
namespace {

// No request leaves the page, and no script runs in it.
constexpr std::string_view policy =
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

using Colour = std::array<std::uint8_t, 3>;
constexpr Colour unseen{210, 214, 218}, outline_colour{0, 60, 200};
constexpr std::array<Colour, 5> cover_colours{
    {{150, 150, 150}, {46, 139, 70}, {201, 162, 104}, {196, 60, 50}, {58, 116, 190}}};

// White where nothing stands out, through yellow at the wide cut, to dark red.
Colour score_colour(const Story& s, std::uint8_t score) {
  if (score == 255) return unseen;
  const double wide = std::max(s.wide_cut, 1);
  if (score < s.wide_cut) {
    const double t = score / wide;
    return {255, static_cast<std::uint8_t>(255 - 20 * t), static_cast<std::uint8_t>(255 - 110 * t)};
  }
  const double t = std::min(1.0, (score - wide) / std::max(250 - wide, 1.0));
  return {static_cast<std::uint8_t>(250 - 110 * t), static_cast<std::uint8_t>(190 - 180 * t),
          static_cast<std::uint8_t>(60 - 50 * t)};
}

Colour transition_colour(std::uint8_t code) {
  if (code == 255) return unseen;
  const std::optional<Transition> t = decode_transition(code);
  return t ? cover_colours[static_cast<std::size_t>(t->after)] : Colour{255, 255, 255};
}

// The view enlarged by a whole factor, the candidate's outline along pixels on it.
template <class Paint>
Html picture(const Story& s, const std::string& alt, Paint paint) {
  const PixelWindow& w = s.view.window;
  const int by = std::max(1, 420 / std::max({w.width, w.height, 1}));
  std::vector<std::uint8_t> inside(static_cast<std::size_t>(w.pixels()));
  for (int y = 0; y < w.height; ++y)
    for (int x = 0; x < w.width; ++x)
      inside[static_cast<std::size_t>(y * w.width + x)] =
          contains(s.candidate.geometry, s.grid.to_map({w.x + x + 0.5, w.y + y + 0.5}));
  const auto in = [&](int x, int y) {
    return x >= 0 && y >= 0 && x < w.width && y < w.height && inside[static_cast<std::size_t>(y * w.width + x)] != 0;
  };
  std::vector<std::uint8_t> rgb;
  for (int py = 0; py < w.height * by; ++py)
    for (int px = 0; px < w.width * by; ++px) {
      const int x = px / by, y = py / by;
      const bool edge = in(x, y) && ((px % by == 0 && !in(x - 1, y)) || (px % by == by - 1 && !in(x + 1, y)) ||
                                     (py % by == 0 && !in(x, y - 1)) || (py % by == by - 1 && !in(x, y + 1)));
      const Colour c = edge && by > 1 ? outline_colour : paint(static_cast<std::size_t>(y * w.width + x));
      rgb.insert(rgb.end(), c.begin(), c.end());
    }
  const auto png = io::encode_png({rgb.data(), w.width * by * 3, w.height * by, w.width * by * 3});
  return html("<img width=\"{}\" height=\"{}\" alt=\"{}\" src=\"data:image/png;base64,{}\">", w.width * by,
              w.height * by, alt, Html{base64(png)});
}

// Both dates' medians, band by band, from the least to the greatest value of both.
Html spectra(const Candidate& c) {
  const std::size_t n = c.before.bands.size();
  if (n == 0 || c.after.bands.size() != n) return {};
  double low = c.before.bands[0].value, high = low;
  for (const auto* date : {&c.before, &c.after})
    for (const GroundSeen::Band& b : date->bands) low = std::min(low, b.value), high = std::max(high, b.value);
  const double span = high > low ? high - low : 1;
  const auto x = [&](std::size_t i) { return 90 + 100.0 * static_cast<double>(i); };
  const auto y = [&](double value) { return 180 - 150 * (value - low) / span; };
  const double width = x(n - 1) + 60;
  Html out = html("<svg class=\"spectra\" viewBox=\"0 0 {} 220\" role=\"img\" aria-label=\"spectra\">\n", width);
  for (const auto& [ground, css] : {std::pair{&c.before, "before"}, std::pair{&c.after, "after"}}) {
    put(out, "<polyline class=\"{}\" points=\"", css);
    for (std::size_t i = 0; i < n; ++i) put(out, "{},{} ", fixed(x(i), 1), fixed(y(ground->bands[i].value), 1));
    put(out, "\"/>\n");
    for (std::size_t i = 0; i < n; ++i)
      put(out, "<circle class=\"{}\" cx=\"{}\" cy=\"{}\" r=\"4\"><title>{} {}</title></circle>\n", css, fixed(x(i), 1),
          fixed(y(ground->bands[i].value), 1), name(ground->bands[i].role), ground->bands[i].value);
  }
  for (const double value : {low, high})
    put(out, "<text class=\"axis\" x=\"4\" y=\"{}\">{}</text>\n", fixed(y(value) + 5, 1), fmt::format("{:.3g}", value));
  for (std::size_t i = 0; i < n; ++i)
    put(out, "<text x=\"{}\" y=\"208\">{}</text>\n", fixed(x(i), 1), name(c.before.bands[i].role));
  put(out, "</svg>\n<p class=\"fine\"><i class=\"key b\"></i>{} <i class=\"key a\"></i>{}</p>\n", iso(c.first_date),
      iso(c.last_date));
  return out;
}

constexpr std::string_view own_style =
    ".pictures{display:flex;flex-wrap:wrap;gap:16px}.pictures figure{margin:0}.pictures "
    "figure.map-of{max-width:440px}.pictures img{max-width:100%;height:auto;"
    "image-rendering:pixelated;border:1px solid var(--line)}.pictures figcaption{color:var(--soft);font-size:.9em}"
    ".spectra{width:100%;max-width:720px}.spectra polyline{fill:none;stroke-width:3}.spectra .before{stroke:#0b57a4}"
    ".spectra .after{stroke:#b3261e}.spectra circle.before{fill:#0b57a4}.spectra circle.after{fill:#b3261e}"
    ".spectra text{text-anchor:middle;font-size:14px}.spectra "
    ".axis{text-anchor:start}.key.b{background:#0b57a4}.key.a{background:#b3261e}"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.86rem}";

}  // namespace

std::string to_html(const Story& s) {
  const Candidate& c = s.candidate;
  Html out = html(
      "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\"><meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
      "<title>{} 判定说明</title><style>{}{}</style></head><body><main>\n",
      Html{std::string(policy)}, c.id, Html{std::string(assets::report_css)}, Html{std::string(own_style)});
  put(out,
      "<header><h1>{}</h1><p class=\"code\">{}</p></header>\n<section><p><b>{}</b> {}</p><p class=\"reason\">{}</p>\n",
      both("判定说明", "Why this candidate"), c.id, name(c.verdict.severity),
      both("疑似：" + seen_zh(c), "suspected: " + seen_en(c)), both(c.verdict.reason_zh, c.verdict.reason));
  put(out, "<div class=\"pictures\">\n");
  if (!s.chip.empty()) {
    const PngSize size = png_size(s.chip);
    put(out,
        "<figure><img width=\"{}\" height=\"{}\" alt=\"before and after\" "
        "src=\"data:image/png;base64,{}\"><figcaption>{}"
        "</figcaption></figure>\n",
        size.width, size.height, Html{base64(s.chip)}, both("左前时相，右后时相", "left before, right after"));
  }
  put(out, "<figure class=\"map-of\">{}<figcaption>{}</figcaption></figure>\n",
      picture(s, "score", [&](std::size_t i) { return score_colour(s, s.view.score[i]); }),
      both("得分：橙至深红为越过阈值，灰为不可观测", "score: orange to dark red pass the wide cut, grey was not seen"));
  put(out, "<figure class=\"map-of\">{}<figcaption>{}</figcaption></figure>\n</div></section>\n",
      picture(s, "transition", [&](std::size_t i) { return transition_colour(s.view.transition[i]); }),
      both("变化后：绿植被，褐裸地，红建筑，蓝水面，灰不明",
           "became: green vegetation, brown bare, red built, blue water, grey unknown"));
  put(out, "<section>{}{}</section>\n", heading("spectra", "前后光谱", "Spectra before and after"), spectra(c));
  put(out, "<section>{}<pre lang=\"en\">{}</pre></section>\n", heading("numbers", "依据", "The numbers"), to_text(s));
  put(out, "</main></body></html>\n");
  return std::move(out.text);
}

}  // namespace plotwatch::report
