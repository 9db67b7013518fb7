#include "ledger/records_json.hpp"

#include <array>

#include "core/error.hpp"

namespace plotwatch::ledger {
namespace {

constexpr std::array<std::string_view, 3> scene_states{"waiting", "used", "set_aside"};
constexpr std::array<std::string_view, 4> message_states{"pending", "sending", "sent", "given_up"};

template <class Enum, std::size_t N>
Enum parse(const std::array<std::string_view, N>& codes, std::string_view code) {
  for (std::size_t i = 0; i < N; ++i)
    if (codes[i] == code) return Enum(i);
  throw Error(ExitCode::input, "'" + std::string(code) + "' is no known state", "",
              "plotwatch ledger verify tells what was altered.");
}

Date must_date(const Json& json) { return date_of(json).value_or(Date{}); }

Json days_json(const std::vector<Date>& days) {
  Json list = Json::array();
  for (const Date& d : days) list.push_back(d.iso());
  return list;
}

std::vector<Date> days_of(const Json& json) {
  std::vector<Date> days;
  for (const Json& d : json) days.push_back(must_date(d));
  return days;
}

Json number_json(const std::optional<double>& value) { return value ? Json(*value) : Json(); }
std::optional<double> number_of(const Json& json) {
  return json.is_null() ? std::nullopt : std::optional(json.get<double>());
}

Json to_json(const Verdict& v) {
  return {{"severity", name(v.severity)}, {"rule_id", v.rule_id}, {"reason", v.reason},
          {"reason_zh", v.reason_zh},     {"basis", v.basis},     {"verified", v.verified},
          {"permit", v.permit},           {"unit", v.unit},       {"deadline", date_json(v.deadline)}};
}

Verdict verdict_of(const Json& j) {
  Verdict v;
  v.severity = parse_severity(j.at("severity").get<std::string>()).value_or(Severity::P3);
  v.rule_id = j.at("rule_id");
  v.reason = j.at("reason");
  v.reason_zh = j.at("reason_zh");
  v.basis = j.at("basis");
  v.verified = j.at("verified");
  v.permit = j.at("permit");
  v.unit = j.at("unit");
  v.deadline = date_of(j.at("deadline"));
  return v;
}

}  // namespace

Json date_json(const std::optional<Date>& date) { return date ? Json(date->iso()) : Json(); }
std::optional<Date> date_of(const Json& json) {
  return json.is_null() ? std::nullopt : parse_date(json.get<std::string>());
}

std::string_view code(SceneRecord::State state) { return scene_states[static_cast<std::size_t>(state)]; }
SceneRecord::State scene_state(std::string_view code) { return parse<SceneRecord::State>(scene_states, code); }
std::string_view code(OutboxMessage::State state) { return message_states[static_cast<std::size_t>(state)]; }
OutboxMessage::State message_state(std::string_view code) { return parse<OutboxMessage::State>(message_states, code); }

Json to_json(const CasePolicy& p) {
  return {{"confirm_looks", p.confirm_looks},
          {"establish_looks", p.establish_looks},
          {"gone_looks", p.gone_looks},
          {"weak_confidence", p.weak_confidence},
          {"confirm_evidence", p.confirm_evidence},
          {"look_clear_share", p.look_clear_share},
          {"match_overlap", p.match_overlap},
          {"match_distance_m", p.match_distance_m},
          {"regrow_ratio", p.regrow_ratio},
          {"regrow_min_area_m2", p.regrow_min_area_m2}};
}

CasePolicy policy_of(const Json& j) {
  CasePolicy p;
  p.confirm_looks = j.at("confirm_looks");
  p.establish_looks = j.at("establish_looks");
  p.gone_looks = j.at("gone_looks");
  // A ledger that was made before evidence was counted goes on as it was, until it is told otherwise.
  p.weak_confidence = j.value("weak_confidence", 0.0);
  p.confirm_evidence = j.value("confirm_evidence", 0.0);
  p.look_clear_share = j.at("look_clear_share");
  p.match_overlap = j.at("match_overlap");
  p.match_distance_m = j.at("match_distance_m");
  p.regrow_ratio = j.at("regrow_ratio");
  p.regrow_min_area_m2 = j.at("regrow_min_area_m2");
  return p;
}

Json to_json(const WorkCalendar& c) { return {{"holidays", days_json(c.holidays)}, {"worked", days_json(c.worked)}}; }

WorkCalendar calendar_of(const Json& j) { return {days_of(j.at("holidays")), days_of(j.at("worked"))}; }

Json to_json(const Candidate& c) {
  return {{"id", c.id},
          {"rank", c.rank},
          {"plot_code", c.plot_code},
          {"plot_name", c.plot_name},
          {"plot_status", c.plot_status},
          {"plot_unit", c.plot_unit},
          {"representative", {c.representative.x, c.representative.y}},
          {"lonlat", {c.representative_lonlat.x, c.representative_lonlat.y}},
          {"transition", static_cast<int>(encode(c.transition))},
          {"transition_share", c.transition_share},
          {"first_date", date_json(c.first_date)},
          {"last_date", date_json(c.last_date)},
          {"area_m2", c.area_m2},
          {"plot_share", c.plot_share},
          {"mean_score", c.mean_score},
          {"peak_score", c.peak_score},
          {"confidence", c.confidence},
          {"verdict", to_json(c.verdict)},
          {"before_scene", c.before_scene},
          {"after_scene", c.after_scene},
          {"registration_residual_px", c.registration_residual_px},
          {"registration_applied", c.registration_applied},
          {"window", {c.window.x, c.window.y, c.window.width, c.window.height}}};
}

Candidate candidate_of(const Json& j) {
  Candidate c;
  const auto point = [&](const char* key) {
    return Point{j.at(key).at(0).get<double>(), j.at(key).at(1).get<double>()};
  };
  c.id = j.at("id");
  c.rank = j.at("rank");
  c.plot_code = j.at("plot_code");
  c.plot_name = j.at("plot_name");
  c.plot_status = j.at("plot_status");
  c.plot_unit = j.at("plot_unit");
  c.representative = point("representative");
  c.representative_lonlat = point("lonlat");
  c.transition = decode_transition(j.at("transition").get<std::uint8_t>()).value_or(Transition{});
  c.transition_share = j.at("transition_share");
  c.first_date = date_of(j.at("first_date"));
  c.last_date = date_of(j.at("last_date"));
  c.area_m2 = j.at("area_m2");
  c.plot_share = j.at("plot_share");
  c.mean_score = j.at("mean_score");
  c.peak_score = j.at("peak_score");
  c.confidence = j.at("confidence");
  c.verdict = verdict_of(j.at("verdict"));
  c.before_scene = j.at("before_scene");
  c.after_scene = j.at("after_scene");
  c.registration_residual_px = j.at("registration_residual_px");
  c.registration_applied = j.at("registration_applied");
  const Json& w = j.at("window");
  c.window = {w.at(0), w.at(1), w.at(2), w.at(3)};
  return c;
}

Json to_json(const SceneRecord& s) {
  return {{"id", s.id},
          {"source", s.source},
          {"fingerprint", s.fingerprint},
          {"sensor", s.sensor},
          {"date", date_json(s.date)},
          {"state", code(s.state)},
          {"reason", s.reason},
          {"plots_clear_share", number_json(s.plots_clear_share)},
          {"registration_px", number_json(s.registration_px)},
          {"first_met_at", s.first_met_at}};
}

SceneRecord scene_of(const Json& j) {
  SceneRecord s;
  s.id = j.at("id");
  s.source = j.at("source");
  s.fingerprint = j.at("fingerprint");
  s.sensor = j.at("sensor");
  s.date = date_of(j.at("date"));
  s.state = scene_state(j.at("state").get<std::string>());
  s.reason = j.at("reason");
  s.plots_clear_share = number_of(j.at("plots_clear_share"));
  s.registration_px = number_of(j.at("registration_px"));
  s.first_met_at = j.at("first_met_at");
  return s;
}

Json to_json(const ScanRecord& s) {
  return {{"id", s.id},
          {"before_scene", s.before_scene},
          {"after_scene", s.after_scene},
          {"before_date", s.before_date.iso()},
          {"after_date", s.after_date.iso()},
          {"folder", s.folder},
          {"manifest_sha256", s.manifest_sha256},
          {"version", s.version},
          {"rules_source", s.rules_source},
          {"sensor", s.sensor},
          {"registration_applied", s.registration_applied},
          {"registration_residual_px", s.registration_residual_px},
          {"candidates", s.candidates},
          {"plots", s.plots},
          {"plots_observable", s.plots_observable},
          {"recorded_at", s.recorded_at}};
}

ScanRecord scan_of(const Json& j) {
  ScanRecord s;
  s.id = j.at("id");
  s.before_scene = j.at("before_scene");
  s.after_scene = j.at("after_scene");
  s.before_date = must_date(j.at("before_date"));
  s.after_date = must_date(j.at("after_date"));
  s.folder = j.at("folder");
  s.manifest_sha256 = j.at("manifest_sha256");
  s.version = j.at("version");
  s.rules_source = j.at("rules_source");
  s.sensor = j.at("sensor");
  s.registration_applied = j.at("registration_applied");
  s.registration_residual_px = j.at("registration_residual_px");
  s.candidates = j.at("candidates");
  s.plots = j.at("plots");
  s.plots_observable = j.at("plots_observable");
  s.recorded_at = j.at("recorded_at");
  return s;
}

Json to_json(const Plot& p, const std::vector<std::string>& other_fields) {
  Json other = Json::object();
  for (std::size_t i = 0; i < other_fields.size() && i < p.other.size(); ++i) other[other_fields[i]] = p.other[i];
  return {{"code", p.code},
          {"name", p.name},
          {"status", p.status},
          {"unit", p.unit},
          {"status_from", date_json(p.status_from)},
          {"status_to", date_json(p.status_to)},
          {"use", p.use},
          {"land_class", p.land_class},
          {"map_sheet", p.map_sheet},
          {"district_code", p.district_code},
          {"district_name", p.district_name},
          {"stated_area_m2", number_json(p.stated_area_m2)},
          {"stated_lonlat", p.stated_lonlat ? Json{p.stated_lonlat->x, p.stated_lonlat->y} : Json()},
          {"due", date_json(p.due)},
          {"other", other}};
}

Plot plot_of(const Json& j) {
  Plot p;
  p.code = j.at("code");
  p.name = j.at("name");
  p.status = j.at("status");
  p.unit = j.at("unit");
  p.status_from = date_of(j.at("status_from"));
  p.status_to = date_of(j.at("status_to"));
  p.use = j.at("use");
  p.land_class = j.at("land_class");
  p.map_sheet = j.at("map_sheet");
  p.district_code = j.at("district_code");
  p.district_name = j.at("district_name");
  p.stated_area_m2 = number_of(j.at("stated_area_m2"));
  if (const Json& at = j.at("stated_lonlat"); !at.is_null()) p.stated_lonlat = Point{at.at(0), at.at(1)};
  p.due = date_of(j.at("due"));
  return p;
}

}  // namespace plotwatch::ledger
