// A story as text for a terminal, and as JSON for programs.
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "report/explain.hpp"
#include "report/number_format.hpp"
#include "report/seen_text.hpp"

namespace plotwatch::report {
namespace {

using Json = nlohmann::ordered_json;

std::string cell(const std::optional<double>& value, int decimals) { return value ? fixed(*value, decimals) : "–"; }

std::string heading(std::string_view text) { return fmt::format("\n{}\n", text); }

template <class... Args>
std::string line(std::string_view label, fmt::format_string<Args...> pattern, Args&&... args) {
  return fmt::format("  {:<22} {}\n", label, fmt::format(pattern, std::forward<Args>(args)...));
}

std::string chance(double score) {
  const double n = one_in(score);
  return n < 1e9 ? fmt::format("one unchanged pixel in {} looks as changed", grouped(std::round(n)))
                 : "no unchanged pixel looks as changed";
}

std::string text_of_ground(const Story& s) {
  const Candidate& c = s.candidate;
  std::string out = heading("ground, medians of its pixels");
  out += fmt::format("  {:<22} {:>12} {:>12} {:>12}\n", "", iso(c.first_date), iso(c.last_date), "change");
  for (const GroundSeen::Band& b : c.before.bands)
    for (const GroundSeen::Band& a : c.after.bands)
      if (a.role == b.role)
        out +=
            fmt::format("  {:<22} {:>12.5g} {:>12.5g} {:>+12.5g}\n", name(b.role), b.value, a.value, a.value - b.value);
  for (const GroundIndex i : all_ground_indices()) {
    const auto before = c.before.of(i), after = c.after.of(i);
    if (!before && !after) continue;
    out += fmt::format("  {:<22} {:>12} {:>12} {:>12}\n", name(i), cell(before, 3), cell(after, 3),
                       before && after ? fmt::format("{:+.3f}", *after - *before) : "–");
  }
  for (const Cover cover : {Cover::vegetation, Cover::bare, Cover::built, Cover::water, Cover::unknown})
    if (c.before.share(cover) > 0 || c.after.share(cover) > 0)
      out += fmt::format("  {:<22} {:>12} {:>12}\n", name(cover), percent(c.before.share(cover)),
                         percent(c.after.share(cover)));
  return out;
}

std::string text_of_scores(const Story& s) {
  const Candidate& c = s.candidate;
  std::string out = heading("scores");
  out += line("peak", "{} ({})", fixed(c.peak_score, 3), chance(c.peak_score));
  out += line("mean", "{} ({})", fixed(c.mean_score, 3), chance(c.mean_score));
  out += line("sure pixels", "{} of it pass the strict cut ({} of unchanged pixels would)", percent(s.sure_share),
              fmt::format("{:.3g}", s.false_alarm_rate * s.seed_fraction));
  out += line("around it", "{} of the ground within view passes the wide cut ({:.3g})", percent(s.changed_around),
              s.false_alarm_rate);
  for (const NullFact& n : s.nulls)
    out += line("null of " + n.detector, "location {}, scale {}", fixed(n.location, 3), fixed(n.scale, 3));
  return out;
}

std::string text_of_registration(const Story& s) {
  const Candidate& c = s.candidate;
  std::string out = heading("registration");
  out += line(s.applied ? "applied" : s.failed ? "failed" : "not applied", "{}", s.registration_reason);
  out += line("held-out error", "{} px before, {} px with it", cell(s.held_out_before_px, 3),
              cell(s.held_out_after_px, 3));
  out += line("residual", "{} px, {} m; the candidate is {} m wide", fixed(c.registration_residual_px, 3),
              fixed(c.registration_residual_px * s.pixel_m, 1), fixed(c.outline.width_m, 1));
  out +=
      line("search", "{}",
           s.search_radius > 0 ? fmt::format("neighbours {} px off were compared too", s.search_radius) : "not needed");
  return out;
}

std::string text_of_masks(const Story& s) {
  std::string out = heading("masks");
  const auto kinds = [](const std::vector<std::string>& k) {
    return k.empty() ? std::string("none: clouds would look like change") : fmt::format("{}", fmt::join(k, ", "));
  };
  out += line("before", "{}", kinds(s.masks[0])) + line("after", "{}", kinds(s.masks[1]));
  if (!s.plot) return out;
  const PlotObservation& o = s.plot->observation;
  out += line("clear of the plot", "{} before, {} after, {} on both", percent(o.before_clear_share),
              percent(o.after_clear_share), percent(o.clear_share));
  return out;
}

Json ground_json(const GroundSeen& g) {
  Json j = {{"bands", Json::object()}, {"indices", Json::object()}, {"cover", Json::object()}};
  for (const GroundSeen::Band& b : g.bands) j["bands"][std::string(name(b.role))] = b.value;
  for (const GroundIndex i : all_ground_indices())
    if (const auto value = g.of(i)) j["indices"][std::string(name(i))] = *value;
  for (const Cover c : {Cover::vegetation, Cover::bare, Cover::built, Cover::water, Cover::unknown})
    j["cover"][std::string(name(c))] = g.share(c);
  return j;
}

Json optional(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

}  // namespace

std::string to_text(const Story& s) {
  const Candidate& c = s.candidate;
  const Verdict& v = c.verdict;
  std::string out = fmt::format("{}  rank {}  {}  suspected {}\n", c.id, c.rank, name(v.severity), seen_en(c));
  out += line(
      "plot", "{}",
      c.plot_code.empty() ? "outside all plots" : fmt::format("{} {} ({})", c.plot_code, c.plot_name, c.plot_status));
  out += line("between", "{} and {}", iso(c.first_date), iso(c.last_date));
  out += line("place", "{}, {}", fixed(c.representative_lonlat.x, 6), fixed(c.representative_lonlat.y, 6));
  out += line("area", "{} m², {} px, {} of the plot", grouped(c.area_m2), c.pixels, percent(c.plot_share));
  out += line("confidence", "{}: mean score {}, {} of its pixels agree on the transition", fixed(c.confidence, 3),
              fixed(c.mean_score, 3), percent(c.transition_share));
  out += text_of_scores(s) + text_of_ground(s);
  const OutlineShape& o = c.outline;
  out += heading("shape and place");
  out += line("shape", "compactness {}, {} times as long as wide, {} parts, {} holes", fixed(o.compactness, 2),
              fixed(o.elongation, 1), o.parts, o.holes);
  out += line("on the plot", "{} of the whole change lies on it{}", percent(o.inside_share),
              o.boundary_m ? fmt::format("; {} m from its boundary", fixed(*o.boundary_m, 0)) : "");
  out += text_of_registration(s) + text_of_masks(s);
  out += heading("rule");
  out += line(v.rule_id, "{}: {}", name(v.severity), v.reason);
  if (!v.basis.empty()) out += line("basis", "{}{}", v.basis, v.verified ? "" : " [not verified 未经核实]");
  if (!v.permit.empty()) out += line("lowered by", "{}", v.permit);
  if (v.deadline) out += line("visit by", "{}", v.deadline->iso());
  out +=
      line("rows before it", "plotwatch rules explain --status '{}' --transition '{}' --stage '{}' --date {} --area {}",
           c.plot_status, name(c.transition), name(c.stage), iso(c.last_date), fixed(c.area_m2, 0));
  return out + "\nA suspicion from images 疑似; an on-site check decides.\n";
}

std::string to_json(const Story& s) {
  const Candidate& c = s.candidate;
  const Verdict& v = c.verdict;
  Json j;
  j["candidate"] = {{"id", c.id},
                    {"rank", c.rank},
                    {"plot_code", c.plot_code},
                    {"plot_status", c.plot_status},
                    {"transition", std::string(name(c.transition))},
                    {"transition_share", c.transition_share},
                    {"stage", std::string(name(c.stage))},
                    {"stage_zh", std::string(name_zh(c.stage))},
                    {"area_m2", c.area_m2},
                    {"pixels", c.pixels},
                    {"plot_share", c.plot_share},
                    {"lon", c.representative_lonlat.x},
                    {"lat", c.representative_lonlat.y},
                    {"confidence", c.confidence}};
  j["scores"] = {{"mean", c.mean_score},
                 {"peak", c.peak_score},
                 {"unchanged_pixels_for_one_as_changed_as_its_peak", one_in(c.peak_score)},
                 {"sure_share", s.sure_share},
                 {"changed_around", s.changed_around},
                 {"false_alarm_rate", s.false_alarm_rate},
                 {"wide_cut", s.wide_cut},
                 {"strict_cut", s.strict_cut}};
  for (const NullFact& n : s.nulls) j["scores"]["null"][n.detector] = {{"location", n.location}, {"scale", n.scale}};
  j["before"] = ground_json(c.before);
  j["before"]["date"] = iso(c.first_date);
  j["before"]["masks"] = s.masks[0];
  j["after"] = ground_json(c.after);
  j["after"]["date"] = iso(c.last_date);
  j["after"]["masks"] = s.masks[1];
  const OutlineShape& o = c.outline;
  j["outline"] = {{"compactness", o.compactness},
                  {"elongation", o.elongation},
                  {"width_m", o.width_m},
                  {"parts", o.parts},
                  {"holes", o.holes},
                  {"inside_share", o.inside_share},
                  {"boundary_m", optional(o.boundary_m)}};
  j["registration"] = {{"applied", s.applied},
                       {"failed", s.failed},
                       {"reason", s.registration_reason},
                       {"residual_px", c.registration_residual_px},
                       {"residual_m", c.registration_residual_px * s.pixel_m},
                       {"held_out_before_px", optional(s.held_out_before_px)},
                       {"held_out_after_px", optional(s.held_out_after_px)},
                       {"search_radius_px", s.search_radius}};
  if (s.plot)
    j["plot"] = {{"clear_share", s.plot->observation.clear_share},
                 {"before_clear_share", s.plot->observation.before_clear_share},
                 {"after_clear_share", s.plot->observation.after_clear_share}};
  j["rule"] = {{"id", v.rule_id},    {"severity", std::string(name(v.severity))},
               {"reason", v.reason}, {"reason_zh", v.reason_zh},
               {"basis", v.basis},   {"verified", v.verified},
               {"permit", v.permit}, {"deadline", v.deadline ? Json(v.deadline->iso()) : Json()},
               {"table", s.rules}};
  j["preset"] = s.preset;
  j["plotwatch"] = s.version;
  return j.dump(2) + "\n";
}

}  // namespace plotwatch::report
