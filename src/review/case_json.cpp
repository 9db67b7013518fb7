#include "review/case_json.hpp"

#include <cmath>
#include <set>

#include <fmt/format.h>

#include "review/api_error.hpp"

namespace plotwatch::review {
namespace {

Json sighting_json(Service& service, const Board& board, const Sighting& s, const std::string& case_id) {
  const Candidate& c = s.candidate;
  return {{"id", s.id},
          {"scan_id", s.scan_id},
          {"before_date", date_json(c.first_date)},
          {"after_date", date_json(c.last_date)},
          {"geometry", geometry_json(c.geometry)},
          {"area_m2", c.area_m2},
          {"mean_score", c.mean_score},
          {"registration_residual_px", c.registration_residual_px},
          {"registration_applied", c.registration_applied},
          {"suppressed", s.suppressed},
          {"chip", service.views.chip_url(board, s, case_id)}};
}

Json look_json(const CaseLook& look) {
  return {{"before_date", look.before_date.iso()},
          {"after_date", look.after_date.iso()},
          {"scan_id", look.scan_id},
          {"seen", look.seen},
          {"clear_share", look.clear_share}};
}

Json event_json(const LedgerEvent& e) {
  const Json payload = Json::parse(e.payload, nullptr, false);
  return {{"sequence", e.sequence},
          {"at", e.stamp.at},
          {"actor", e.stamp.actor},
          {"kind", e.kind},
          {"payload", payload.is_discarded() ? Json::object() : payload}};
}

Json photos_json(const std::vector<LedgerEvent>& events) {
  Json out = Json::array();
  for (const LedgerEvent& e : events) {
    if (e.kind != "photo_added") continue;
    const Json payload = Json::parse(e.payload, nullptr, false);
    if (payload.is_object())
      out.push_back({{"sha256", payload.value("sha256", "")},
                     {"name", payload.value("name", "")},
                     {"at", e.stamp.at},
                     {"actor", e.stamp.actor}});
  }
  return out;
}

Json plot_json(const Board& board, const Case& record) {
  Json out{{"code", record.plot_code},
           {"name", record.plot_name},
           {"status", record.plot_status},
           {"unit", record.unit},
           {"geometry", nullptr}};
  const auto found = board.plots->by_code.find(record.plot_code);
  if (found != board.plots->by_code.end())
    out["geometry"] = geometry_json(board.plots->plots.plots[found->second].geometry);
  return out;
}

Json evidence_json(const Case& record, const std::vector<Sighting>& sightings) {
  Json out{{"mean_score", record.mean_score}, {"confidence", record.confidence},
           {"area_m2", record.area_m2},       {"largest_area_m2", record.largest_area_m2},
           {"sightings", record.sightings},   {"looks", record.looks},
           {"misses", record.misses}};
  if (sightings.empty()) return out;
  const Candidate& c = sightings.back().candidate;
  out["peak_score"] = c.peak_score;
  out["transition_share"] = c.transition_share;
  out["plot_share"] = c.plot_share;
  out["registration_residual_px"] = c.registration_residual_px;
  for (const GroundIndex i : all_ground_indices()) {
    const auto before = c.before.of(i), after = c.after.of(i);
    if (!before || !after) continue;
    out[fmt::format("{}_before", name(i))] = *before;
    out[fmt::format("{}_after", name(i))] = *after;
  }
  return out;
}

}  // namespace

Json observation_json(const ObservationRecord& record) {
  const PlotObservation& o = record.observation;
  return {{"scan_id", record.scan_id},
          {"before_date", record.before_date.iso()},
          {"after_date", record.after_date.iso()},
          {"observable", o.observable},
          {"cause", o.observable ? "" : name(o.cause)},
          {"cause_zh", o.observable ? "" : name_zh(o.cause)},
          {"clear_share", o.clear_share},
          {"before_cover", o.before_cover},
          {"after_cover", o.after_cover}};
}

Json summary_json(const BoardCase& c, const Date& today) {
  const Case& r = c.record;
  return {{"id", r.id},
          {"plot_code", r.plot_code},
          {"plot_name", r.plot_name},
          {"plot_status", r.plot_status},
          {"unit", r.unit},
          {"tier", code(r.tier)},
          {"open", r.open},
          {"severity", name(r.rule.severity)},
          {"rule_id", r.rule.rule_id},
          {"reason", r.rule.reason},
          {"reason_zh", r.rule.reason_zh},
          {"transition", name(r.transition)},
          {"transition_zh", name_zh(r.transition)},
          {"area_m2", r.area_m2},
          {"mean_score", r.mean_score},
          {"confidence", r.confidence},
          {"below_threshold", c.below_threshold},
          {"first_seen", r.first_seen.iso()},
          {"last_seen", r.last_seen.iso()},
          {"last_clear_before", date_json(r.last_clear_before)},
          {"deadline", date_json(r.deadline)},
          {"days_left", r.deadline ? Json((r.deadline->days() - today.days()).count()) : Json()},
          {"judgement", code(r.judgement)},
          {"judged_by", r.judged_by},
          {"second_person", r.second_person},
          {"assigned_to", r.assigned_to},
          {"lonlat", {r.representative_lonlat.x, r.representative_lonlat.y}},
          {"bbox", box_json(c.box)},
          {"sequence", c.sequence}};
}

Json detail_json(Service& service, const Board& board, const BoardCase& c) {
  const Case& r = c.record;
  Json out = summary_json(c, service.today());
  service.ledgers.read([&](const Books& books) {
    const std::vector<Sighting> sightings = books.ledger.sightings(r.id);
    const std::vector<CaseLook> looks = books.ledger.looks(r.id);
    const std::vector<LedgerEvent> events = books.ledger.events(r.id);
    out["geometry"] = geometry_json(r.geometry);
    out["plot"] = plot_json(board, r);
    out["rule"] = {{"id", r.rule.rule_id},  {"reason", r.rule.reason},     {"reason_zh", r.rule.reason_zh},
                   {"basis", r.rule.basis}, {"verified", r.rule.verified}, {"permit", r.rule.permit}};
    out["judged_at"] = r.judged_at.empty() ? Json() : Json(r.judged_at);
    out["judgement_reason"] = r.judgement_reason;
    out["penalised_on"] = date_json(r.penalised_on);
    out["put_right_on"] = date_json(r.put_right_on);
    out["evidence"] = evidence_json(r, sightings);
    const Stage stage = sightings.empty() ? Stage::unclear : sightings.back().candidate.stage;
    out["stage"] = stage == Stage::unclear ? "" : name(stage);
    out["stage_zh"] = stage == Stage::unclear ? "" : name_zh(stage);
    out["sightings"] = Json::array();
    for (const Sighting& s : sightings) out["sightings"].push_back(sighting_json(service, board, s, r.id));
    out["looks"] = Json::array();
    for (const CaseLook& look : looks) out["looks"].push_back(look_json(look));
    out["observations"] = Json::array();
    if (!r.plot_code.empty())
      for (const ObservationRecord& o : books.ledger.observations(r.plot_code))
        out["observations"].push_back(observation_json(o));
    out["views"] = service.views.of_case(board, sightings, looks);
    out["events"] = Json::array();
    for (const LedgerEvent& e : events) out["events"].push_back(event_json(e));
    out["photos"] = photos_json(events);
    out["parents"] = r.parents;
    out["merged_into"] = r.merged_into ? Json(*r.merged_into) : Json();
    return 0;
  });
  return out;
}

const BoardCase& visible_case(const Board& board, const Call& call, const std::string& id) {
  const BoardCase* found = board.find(id);
  const std::string unit = call.unit();
  if (!found || (!unit.empty() && found->record.unit != unit)) throw not_found();
  return *found;
}

}  // namespace plotwatch::review
