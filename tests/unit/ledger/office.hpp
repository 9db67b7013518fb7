// A made-up office: plots of 200 m, candidates on them, scans of some dates, and the store that the ledger lies in.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "io/crs.hpp"
#include "ledger/ledger.hpp"
#include "unit/ledger/store_under_test.hpp"

namespace plotwatch::test {

inline Date day(const char* iso) { return *parse_date(iso); }

// South-west corner and side, metres; plot i lies at 1000 i east.
inline MultiPolygon square(double x, double y, double side, double height = 0) {
  const double h = height > 0 ? height : side;
  return {{{{x, y}, {x + side, y}, {x + side, y + h}, {x, y + h}, {x, y}}, {}}};
}

inline constexpr double east = 39'443'000, north = 4'399'000;

inline MultiPolygon on_plot(int plot, double x, double y, double side, double height = 0) {
  return square(east + 1000 * plot + x, north + y, side, height);
}

inline std::string plot_code(int plot) { return fmt::format("DX-{:03}", plot); }

inline Candidate candidate(int plot, const std::string& id, const MultiPolygon& geometry,
                           Severity severity = Severity::P1, Transition transition = {Cover::bare, Cover::built}) {
  Candidate c;
  c.id = id;
  c.rank = 1;
  c.plot_code = plot_code(plot);
  c.plot_name = "示例地块 " + std::to_string(plot);
  c.plot_status = "listed";
  c.plot_unit = plot % 2 ? "黄村镇" : "魏善庄镇";
  c.geometry = geometry;
  c.representative = geometry.front().outer.front();
  c.representative_lonlat = {116.34 + 0.01 * plot, 39.73};
  c.transition = transition;
  c.transition_share = 0.75;
  c.area_m2 = area(geometry);
  c.plot_share = area(geometry) / 40'000;
  c.mean_score = 0.9;
  c.peak_score = 0.99;
  c.confidence = 0.8;
  c.verdict = {severity, "listed-building", "Suspected building.", "疑似建筑。", "art. 66(3)", true, "", {}, ""};
  return c;
}

inline PlotObservation observation(int plot, double clear = 1) {
  PlotObservation o;
  o.code = plot_code(plot);
  o.observable = clear > 0;
  o.cause = clear > 0 ? PlotObservation::Cause::none : PlotObservation::Cause::cloud;
  o.pixels = 400;
  o.clear_share = o.before_clear_share = o.after_clear_share = clear;
  if (o.observable) o.after_cover = {0, 0.5, 0.25, 0.25, 0};
  return o;
}

struct Night {
  std::string id, before, after;
  std::vector<Candidate> candidates;
  std::vector<PlotObservation> observations;
  double clear = 1;  // of any ground that is asked for
};

inline ScanRecord scan_record(const Night& night) {
  ScanRecord s;
  s.id = night.id;
  s.before_scene = "S-" + night.before;
  s.after_scene = "S-" + night.after;
  s.before_date = day(night.before.c_str());
  s.after_date = day(night.after.c_str());
  s.folder = "archive/" + night.id;
  s.manifest_sha256 = std::string(64, 'a');
  s.version = "0.1.0";
  s.rules_source = "rules.toml";
  s.sensor = "Sentinel-2";
  s.registration_applied = true;
  s.registration_residual_px = 0.125;
  s.candidates = static_cast<int>(night.candidates.size());
  s.plots = s.plots_observable = static_cast<int>(night.observations.size());
  s.recorded_at = night.after + "T21:00:00Z";
  return s;
}

inline const Crs& survey_crs() {
  static const Crs crs = io::crs_from_user_input("EPSG:4527");
  return crs;
}

inline ledger::LedgerSettings settings() { return {survey_crs(), "大兴区", {}}; }

inline Stamp at(const std::string& day, const std::string& actor = "nightly") { return {day + "T21:05:00Z", actor}; }

inline ledger::RecordedScan record(ledger::Ledger& ledger, const Night& night, const WorkCalendar& calendar = {}) {
  return ledger.record_scan(
      scan_record(night), survey_crs(), night.candidates, night.observations, calendar,
      [&](const MultiPolygon&) { return night.clear; }, at(night.after));
}

inline PlotRegister plot_register(int plots) {
  PlotRegister all;
  all.source = "名单.gpkg";
  all.crs = survey_crs();
  all.other_fields = {"镇"};
  for (int i = 0; i < plots; ++i) {
    Plot p;
    p.code = plot_code(i);
    p.name = "示例地块 " + std::to_string(i);
    p.status = "listed";
    p.unit = i % 2 ? "黄村镇" : "魏善庄镇";
    p.geometry = on_plot(i, 0, 0, 200);
    p.other = {"大兴"};
    all.plots.push_back(p);
  }
  return all;
}

}  // namespace plotwatch::test
