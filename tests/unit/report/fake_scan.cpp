#include "unit/report/fake_scan.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "io/crs.hpp"

namespace plotwatch::report {
namespace {

constexpr double left = 39443000, top = 4401000, pixel = 10;  // near 116.34° E, 39.74° N
constexpr int width = 400, height = 300;

MultiPolygon rectangle(double x0, double y0, double x1, double y1) {  // working-grid pixels
  const auto at = [](double x, double y) { return Point{left + x * pixel, top - y * pixel}; };
  return {{.outer = {at(x0, y0), at(x0, y1), at(x1, y1), at(x1, y0), at(x0, y0)}, .holes = {}}};
}

Scene scene(std::string id, Date date, std::string sensor) {
  Scene s;
  s.id = std::move(id);
  s.date = date;
  s.sensor = std::move(sensor);
  return s;
}

std::vector<PlotResult> plots() {
  constexpr std::array<const char*, 6> statuses{"listed",    "survey_pending", "staged",
                                                "aftercare", "priority_idle",  "cleared"};
  constexpr std::array<const char*, 6> names{"瀛海镇原化工厂地块", "黄村镇机械厂北侧地块", "西红门老工业区三期",
                                             "亦庄电镀厂旧址",     "青云店砖厂地块",       "魏善庄仓储用地"};
  std::vector<PlotResult> all;
  for (int i = 0; i < 12; ++i) {
    const double x = 20 + 95 * (i % 4), y = 20 + 95 * (i / 4);
    const auto which = static_cast<std::size_t>(i % 6);
    PlotResult p;
    p.plot = {.code = fmt::format("DX-{:03}", i + 1),
              .name = names[which],
              .status = statuses[which],
              .unit = i % 2 ? "大兴区生态环境局" : "瀛海镇人民政府",
              .status_from = Date{2025, 2, 28},
              .status_to = {},
              .geometry = rectangle(x, y, x + 60 - 2 * i, y + 50 + i)};
    p.observation = {.code = p.plot.code,
                     .observable = true,
                     .cause = PlotObservation::Cause::none,
                     .pixels = 3000 - 20 * i,
                     .clear_share = i == 9 ? 0.41 : 1.0 - 0.02 * i,
                     .changed_share = i < 4 ? 0.12 - 0.02 * i : 0.0,
                     .candidates = i < 4 ? 1 : 0};
    if (i == 6 || i == 11) {
      p.observation.observable = false;
      p.observation.cause = i == 6 ? PlotObservation::Cause::cloud_shadow : PlotObservation::Cause::outside_scene;
      p.observation.clear_share = i == 6 ? 0.04 : 0;
    }
    all.push_back(std::move(p));
  }
  return all;
}

Candidate candidate(int rank, const PlotResult* plot, Verdict verdict, Transition transition) {
  const double x = 35 + 95.0 * (rank - 1 - (rank == 5)), y = rank == 5 ? 260 : 35, side = 22 - 3.0 * rank;
  Candidate c;
  c.rank = rank;
  if (plot) {
    c.plot_code = plot->plot.code;
    c.plot_name = plot->plot.name;
    c.plot_status = plot->plot.status;
    c.plot_unit = plot->plot.unit;
    c.plot_share = 0.114 / rank;
  }
  c.id = fmt::format("{}-{:04}-{:04}", plot ? c.plot_code : "outside", static_cast<int>(x), static_cast<int>(y));
  c.geometry = rectangle(x, y, x + side, y + side - 3);
  c.geometry.front().outer.insert(c.geometry.front().outer.begin() + 3,
                                  {left + (x + side) * pixel, top - (y + side - 3) * pixel});
  c.window = {static_cast<int>(x), static_cast<int>(y), static_cast<int>(side), static_cast<int>(side) - 3};
  c.representative = {left + (x + side / 2) * pixel, top - (y + side / 2) * pixel};
  c.representative_lonlat = {116.3381234567 + 0.01 * rank, 39.7391234567};
  c.transition = transition;
  c.transition_share = 0.871234567;
  c.first_date = Date{2025, 9, 14};
  c.last_date = Date{2026, 9, 19};
  c.area_m2 = side * (side - 3) * pixel * pixel + 0.04321;
  c.mean_score = 0.7123456 - 0.02 * rank;
  c.peak_score = 0.9012345 - 0.02 * rank;
  c.confidence = 0.93 - 0.1 * rank;
  c.verdict = std::move(verdict);
  c.before_scene = "S2A_MSIL2A_20250914T030541";
  c.after_scene = "S2B_MSIL2A_20260919T030539";
  c.registration_residual_px = 0.21;
  c.registration_applied = true;
  return c;
}

Registration registration() {
  Registration r;
  r.quality = {.model = RegistrationQuality::Model::affine,
               .applied = true,
               .reason = "Affine model over 61 tie points; the held-out error falls from 0.83 to 0.21 px.",
               .windows = 108,
               .used = 61,
               .held_out = 20,
               .unreliable = 14,
               .inconsistent = 9,
               .outliers = 4,
               .fit_rmse = 0.18,
               .held_out_rmse_before = 0.83,
               .held_out_rmse_after = 0.21,
               .held_out_p90_before = 1.4,
               .held_out_p90_after = 0.34,
               .residual_px = 0.21};
  for (int i = 0; i < 108; ++i) {
    const double x = 16 + 32 * (i % 12), y = 16 + 32 * (i / 12);
    const auto fate = i % 8 == 7    ? TiePoint::Fate::unreliable
                      : i % 12 == 5 ? TiePoint::Fate::inconsistent
                      : i % 27 == 3 ? TiePoint::Fate::outlier
                      : i % 4 == 1  ? TiePoint::Fate::held_out
                                    : TiePoint::Fate::used;
    r.tie_points.push_back(
        {.x = x, .y = y, .dx = 0.6 + 0.0006 * x, .dy = -0.4 + 0.0004 * y, .reliability = 0.3, .fate = fate});
  }
  return r;
}

}  // namespace

ScanResult fake_scan() {
  ScanResult s;
  s.grid = {io::crs_from_user_input("EPSG:4527"), left, top, pixel, pixel, width, height};
  s.before = scene("S2A_MSIL2A_20250914T030541", {2025, 9, 14}, "Sentinel-2A MSI");
  s.after = scene("S2B_MSIL2A_20260919T030539", {2026, 9, 19}, "Sentinel-2B MSI");
  s.registration = registration();
  s.plots = plots();
  const Transition built{Cover::bare, Cover::built}, cleared{Cover::vegetation, Cover::bare}, other{};
  s.candidates = {
      candidate(1, &s.plots[0],
                {Severity::P0, "listed-building",
                 "A building or hard surface seems to have appeared on a plot whose remediation target is not met.",
                 "名录内地块修复目标未达成，疑似出现建筑或硬化地面。",
                 "《土壤污染防治法》第六十六条第三款、第九十一条第四项", true},
                built),
      candidate(2, &s.plots[1],
                {Severity::P1, "survey-start", "Construction seems to have started before the survey was finished.",
                 "调查评估未完成，疑似开工。", "《土壤污染防治法》第五十九条第一款", false},
                cleared),
      candidate(3, &s.plots[2],
                {Severity::P1, "staged-heap", "A heap may still be there after the promised date.",
                 "堆体疑似逾期未清运。", "", false},
                cleared),
      candidate(4, &s.plots[3],
                {Severity::P2, "aftercare-cover", "The cover seems to have been opened.", "覆盖层疑似被扰动。",
                 "《土壤污染防治法》第四十二条第三款", false},
                {Cover::vegetation, Cover::built}),
      candidate(5, nullptr,
                {Severity::P3, "no-rule", "No rule fits; recorded only.", "无适用规则，仅作记录。", "", false}, other)};
  Candidate& first = s.candidates[0];
  first.stage = Stage::building;
  first.pixels = 304;
  first.outline = {.compactness = 0.71234,
                   .elongation = 1.2,
                   .width_m = 31.4,
                   .parts = 1,
                   .holes = 2,
                   .inside_share = 0.8,
                   .boundary_m = 4.21};
  first.before.bands = {{BandRole::red, 0.0812}, {BandRole::nir, 0.31}};
  first.after.bands = {{BandRole::red, 0.21}, {BandRole::nir, 0.24}};
  first.before.set(GroundIndex::ndvi, 0.1349996);  // to two decimals: another number than by way of four
  first.after.set(GroundIndex::ndvi, 0.05123);
  first.before.cover = {0, 0.2, 0.8, 0, 0};
  first.after.cover = {0, 0, 0.1, 0.9, 0};
  s.preset = "sentinel2-10m";
  s.findings = {{.severity = PlotFinding::Severity::warning,
                 .row = 7,
                 .code = "DX-007",
                 .problem = "self-intersection at (39443512, 4400120), repaired"}};
  s.rules_source = "configs/rules/soil-pollution-law.toml";
  s.false_alarm_rate = 0.005;
  s.version = "0.1.0";
  return s;
}

ChipImage fake_chip(const Candidate& candidate, const ScanResult& scan) {
  ChipImage chip;
  chip.window = candidate.window.expanded(12);
  chip.width = chip.window.width;
  chip.height = chip.window.height;
  const std::size_t plane = static_cast<std::size_t>(chip.width) * chip.height;
  chip.before_rgb.resize(3 * plane);
  chip.after_rgb.resize(3 * plane);
  for (int y = 0; y < chip.height; ++y)
    for (int x = 0; x < chip.width; ++x) {
      const std::size_t at = static_cast<std::size_t>(y) * chip.width + x;
      const int gx = chip.window.x + x, gy = chip.window.y + y, field = gx / 9 + 2 * (gy / 7);
      const std::array<int, 3> ground{70 + field * 37 % 50, 95 + field * 23 % 45, 55 + field * 11 % 30};
      const bool inside = contains(candidate.geometry, scan.grid.to_map({gx + 0.5, gy + 0.5}));
      const bool unusable = x + y < 9;
      for (std::size_t b = 0; b < 3; ++b) {
        const int noise = (gx * 7 + gy * 13 + static_cast<int>(b) * 5) % 9;
        chip.before_rgb[at + b * plane] = static_cast<std::uint8_t>(ground[b] + noise);
        chip.after_rgb[at + b * plane] = static_cast<std::uint8_t>(unusable ? 0
                                                                   : inside ? 196 + 4 * noise
                                                                            : ground[b] + noise + 4);
      }
    }
  return chip;
}

}  // namespace plotwatch::report
