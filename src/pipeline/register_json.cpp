#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "io/crs.hpp"
#include "pipeline/register_pair.hpp"

namespace plotwatch::pipeline {
namespace {

using Json = nlohmann::ordered_json;

double rounded(double v, double parts) { return std::isfinite(v) ? std::round(v * parts) / parts : v; }

// Ten-thousandths of a pixel: finer than any registration.
Json px(double v) { return rounded(v, 1e4); }
Json px(const std::optional<double>& v) { return v ? px(*v) : Json(nullptr); }

const char* word(RegistrationQuality::Model model) {
  constexpr const char* words[] = {"identity", "shift", "affine", "local"};
  return words[static_cast<int>(model)];
}

const char* word(TiePoint::Fate fate) {
  constexpr const char* words[] = {"used", "held-out", "unreliable", "inconsistent", "outlier"};
  return words[static_cast<int>(fate)];
}

const char* word(TiePoint::Refusal refusal) {
  constexpr const char* words[] = {"", "masked", "no-texture", "no-match"};
  return words[static_cast<int>(refusal)];
}

Json scene(const Scene& s, const std::vector<BandRole>& roles) {
  Json matched = Json::array();
  for (const BandRole role : roles) matched.push_back(name(role));
  return {{"source", s.source},
          {"id", s.id},
          {"date", s.date ? Json(s.date->iso()) : Json(nullptr)},
          {"matched_bands", matched}};
}

Json grid(const Grid& g) {
  return {{"crs", io::crs_name(g.crs)},     {"left", g.left},   {"top", g.top},      {"pixel_width", g.pixel_width},
          {"pixel_height", g.pixel_height}, {"width", g.width}, {"height", g.height}};
}

Json refused(const Registration& r) {
  Json counts{{"masked", 0}, {"no-texture", 0}, {"no-match", 0}, {"inconsistent", 0}, {"outlier", 0}};
  for (const TiePoint& p : r.tie_points) {
    if (p.fate == TiePoint::Fate::inconsistent) counts["inconsistent"] = counts["inconsistent"].get<int>() + 1;
    if (p.fate == TiePoint::Fate::outlier) counts["outlier"] = counts["outlier"].get<int>() + 1;
    if (p.fate != TiePoint::Fate::unreliable) continue;
    const std::string why = p.refusal == TiePoint::Refusal::none ? "no-match" : word(p.refusal);
    counts[why] = counts[why].get<int>() + 1;
  }
  return counts;
}

Json tie_point(const TiePoint& p) {
  Json j{{"x", rounded(p.x, 1e2)}, {"y", rounded(p.y, 1e2)}, {"fate", word(p.fate)}};
  if (p.refusal != TiePoint::Refusal::none) {
    j["refusal"] = word(p.refusal);
    return j;
  }
  j["dx"] = px(p.dx);
  j["dy"] = px(p.dy);
  if (p.sigma > 0) j["sigma"] = px(p.sigma);
  j["reliability"] = rounded(p.reliability, 1e3);
  return j;
}

Json plot(const PlotRegistration& p) {
  return {{"code", p.code},
          {"name", p.name},
          {"on_both_scenes", p.on_both_scenes},
          {"dx", px(p.displacement.x)},
          {"dy", px(p.displacement.y)},
          {"tie_points_near", p.points},
          {"residual", px(p.residual_px)},
          {"confidence", rounded(p.confidence, 1e2)}};
}

}  // namespace

std::string to_json(const RegisterResult& r) {
  const RegistrationQuality& q = r.registration.quality;
  const DisplacementField& f = r.registration.field;
  Json j;
  j["plotwatch"] = r.version;
  j["reference"] = scene(r.reference, r.reference_roles);
  j["target"] = scene(r.target, r.target_roles);
  j["convention"] =
      "the ground at reference position (x, y) lies in the target at (x + dx, y + dy); x right, y down, the first "
      "pixel's centre is (0.5, 0.5)";
  j["grid"] = grid(r.grid);
  j["reference_grid"] = grid(r.reference_grid);
  j["applied"] = q.applied;
  j["model"] = word(q.model);
  j["reason"] = q.reason;
  // Of the working grid, whose pixels all figures are in.
  const Point middle = f.at(r.grid.width / 2.0, r.grid.height / 2.0);
  j["displacement_in_the_middle"] = {{"dx", px(middle.x)}, {"dy", px(middle.y)}};
  j["affine"] = {
      {"centre", {f.centre_x, f.centre_y}}, {"dx", {f.a[0], f.a[1], f.a[2]}}, {"dy", {f.b[0], f.b[1], f.b[2]}}};
  j["fit_rmse"] = px(q.fit_rmse);
  j["held_out"] = {{"points", q.held_out},
                   {"rmse_before", px(q.held_out_rmse_before)},
                   {"rmse_after", px(q.held_out_rmse_after)},
                   {"p90_before", px(q.held_out_p90_before)},
                   {"p90_after", px(q.held_out_p90_after)}};
  j["residual"] = px(q.residual_px);
  j["tie_points"] = {
      {"tried", q.windows}, {"used", q.used}, {"held_out", q.held_out}, {"refused", refused(r.registration)}};
  j["notes"] = r.notes;
  if (!r.plots.empty()) {
    j["plots"] = Json::array();
    for (const PlotRegistration& p : r.plots) j["plots"].push_back(plot(p));
  }
  j["points"] = Json::array();
  for (const TiePoint& p : r.registration.tie_points) j["points"].push_back(tie_point(p));
  return j.dump(1) + "\n";
}

std::string to_text(const RegisterResult& r) {
  const RegistrationQuality& q = r.registration.quality;
  const Point middle = r.registration.field.at(r.grid.width / 2.0, r.grid.height / 2.0);
  std::string out = fmt::format("{}: {}\n", q.applied ? "registered" : "left as georeferenced", q.reason);
  out += fmt::format("  common ground    {} x {} pixels of {:g}\n", r.grid.width, r.grid.height, r.grid.pixel_width);
  out += fmt::format("  in the middle    dx {:.3f}, dy {:.3f} px\n", middle.x, middle.y);
  out += fmt::format("  tie points       {} tried: {} used, {} held out, {} unreliable, {} inconsistent, {} outliers\n",
                     q.windows, q.used, q.held_out, q.unreliable, q.inconsistent, q.outliers);
  if (q.held_out_rmse_before)
    out += fmt::format("  held-out RMSE    {:.3f} px before, {:.3f} px after; 90 % within {:.3f} and {:.3f} px\n",
                       *q.held_out_rmse_before, *q.held_out_rmse_after, *q.held_out_p90_before, *q.held_out_p90_after);
  for (const std::string& note : r.notes) out += "  note             " + note + "\n";
  return out;
}

}  // namespace plotwatch::pipeline
