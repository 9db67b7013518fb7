#include "ledger/rows.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "io/wkb.hpp"
#include "ledger/records_json.hpp"

namespace plotwatch::ledger {
namespace {

std::int64_t flag(bool value) { return value ? 1 : 0; }
std::int64_t number(int value) { return value; }
std::string text(std::string_view value) { return std::string(value); }

constexpr double whole = 10'000;

std::int64_t share(double value) { return std::llround(std::clamp(value, 0.0, 1.0) * whole); }
double share_of(std::int64_t stored) { return static_cast<double>(stored) / whole; }

constexpr std::size_t covers = 5;

std::string cover_bytes(const PlotObservation& o) {
  std::string bytes;
  for (const auto* shares : {&o.before_cover, &o.after_cover})
    for (const double s : *shares) {
      const std::int64_t stored = share(s);
      bytes += static_cast<char>(stored & 255);
      bytes += static_cast<char>(stored >> 8);
    }
  return bytes;
}

io::SqlValue optional_real(const std::optional<double>& value) { return value ? io::SqlValue(*value) : io::SqlValue(); }

// Reads a row from left to right.
class Columns {
 public:
  explicit Columns(const io::Row& row) : row_(row) {}
  std::int64_t integer() { return row_.integer(at_++); }
  int number() { return static_cast<int>(integer()); }
  bool flag() { return integer() != 0; }
  double real() { return row_.real(at_++); }
  std::string text() { return row_.text(at_++); }
  std::optional<Date> date() { return date_at(row_, at_++); }
  Date must_date() { return date().value_or(Date{}); }
  MultiPolygon polygons() { return row_.polygons(at_++); }
  std::string blob() { return row_.blob(at_++).bytes; }
  std::optional<double> optional_real() {
    const int c = at_++;
    return row_.null(c) ? std::nullopt : std::optional(row_.real(c));
  }
  std::optional<int> optional_number() {
    const int c = at_++;
    return row_.null(c) ? std::nullopt : std::optional(static_cast<int>(row_.integer(c)));
  }
  void skip() { ++at_; }

 private:
  const io::Row& row_;
  int at_ = 0;
};

}  // namespace

io::SqlValue date_value(const std::optional<Date>& date) { return date ? io::SqlValue(date->iso()) : io::SqlValue(); }
std::optional<Date> date_at(const io::Row& row, int column) { return parse_date(row.text(column)); }

Values row_of(const SightingRow& r) {
  const RecordedSighting& s = r.sighting;
  const Candidate& c = s.candidate;
  return {r.fid,
          c.geometry,
          s.id,
          r.case_id,
          s.scan_id,
          c.plot_code,
          s.before_date.iso(),
          s.after_date.iso(),
          text(name(c.verdict.severity)),
          c.verdict.rule_id,
          text(name(c.transition)),
          c.area_m2,
          c.mean_score,
          c.peak_score,
          c.confidence,
          flag(r.suppressed),
          s.deadline_days ? io::SqlValue(std::int64_t{*s.deadline_days}) : io::SqlValue(),
          canonical(to_json(c))};
}

SightingRow sighting_row(const io::Row& row) {
  Columns in(row);
  SightingRow r;
  r.fid = in.integer();
  MultiPolygon geometry = in.polygons();
  r.sighting.id = in.text();
  r.case_id = in.text();
  r.sighting.scan_id = in.text();
  in.skip();  // plot_code and what follows the dates stand in the details
  r.sighting.before_date = in.must_date();
  r.sighting.after_date = in.must_date();
  for (int i = 0; i < 7; ++i) in.skip();
  r.suppressed = in.flag();
  r.sighting.deadline_days = in.optional_number();
  r.sighting.candidate = candidate_of(Json::parse(in.text()));
  r.sighting.candidate.geometry = std::move(geometry);
  return r;
}

Json seal_of(const SightingRow& r) {
  const RecordedSighting& s = r.sighting;
  return {r.fid,
          s.id,
          s.before_date.iso(),
          s.after_date.iso(),
          io::to_hex(io::to_wkb(s.candidate.geometry)),
          to_json(s.candidate),
          s.deadline_days ? Json(*s.deadline_days) : Json()};
}

Values row_of(const ObservationRow& r) {
  const PlotObservation& o = r.observation;
  return {r.plot_no,
          r.scan_no,
          number(static_cast<int>(o.cause)),
          o.pixels,
          share(o.clear_share),
          share(o.changed_share),
          number(o.candidates),
          share(o.before_clear_share),
          share(o.after_clear_share),
          o.observable ? io::SqlValue(io::Blob{cover_bytes(o)}) : io::SqlValue(),
          r.cells.empty() ? io::SqlValue() : io::SqlValue(io::Blob{r.cells})};
}

void set_cover(PlotObservation& o, const std::string& bytes) {
  for (std::size_t i = 0; i < 2 * covers && 2 * i + 1 < bytes.size(); ++i) {
    const int stored = static_cast<unsigned char>(bytes[2 * i]) | static_cast<unsigned char>(bytes[2 * i + 1]) << 8;
    (i < covers ? o.before_cover[i] : o.after_cover[i - covers]) = share_of(stored);
  }
}

ObservationRow observation_row(const io::Row& row) {
  Columns in(row);
  ObservationRow r;
  PlotObservation& o = r.observation;
  r.plot_no = in.integer();
  r.scan_no = in.integer();
  o.cause = PlotObservation::Cause(std::clamp(in.number(), 0, 4));
  o.pixels = in.integer();
  o.clear_share = share_of(in.integer());
  o.changed_share = share_of(in.integer());
  o.candidates = in.number();
  o.before_clear_share = share_of(in.integer());
  o.after_clear_share = share_of(in.integer());
  o.observable = !row.null(9);
  set_cover(o, in.blob());
  r.cells = in.blob();
  return r;
}

Json seal_of(const ObservationRow& r, const std::string& plot_code) {
  const PlotObservation& o = r.observation;
  return {plot_code,
          static_cast<int>(o.cause),
          o.pixels,
          share(o.clear_share),
          share(o.changed_share),
          o.candidates,
          share(o.before_clear_share),
          share(o.after_clear_share),
          o.observable ? io::to_hex(cover_bytes(o)) : std::string(),
          io::to_hex(r.cells)};
}

std::string queue_key(const Case& c) {
  const std::int64_t score = std::clamp<std::int64_t>(std::llround(c.mean_score * 1e6), 0, 1'000'000);
  return fmt::format("{}|{}|{:07}|{}", name(c.rule.severity), c.deadline ? c.deadline->iso() : "9999-12-31",
                     1'000'000 - score, c.id);
}

Values row_of(std::int64_t fid, const Case& c) {
  const Verdict& v = c.rule;
  return {fid,
          c.geometry,
          c.id,
          c.plot_code,
          c.plot_name,
          c.plot_status,
          c.unit,
          text(name(v.severity)),
          text(code(c.tier)),
          flag(c.open),
          date_value(c.last_clear_before),
          c.first_seen.iso(),
          c.last_seen.iso(),
          c.last_look.iso(),
          date_value(c.confirmed_on),
          number(c.sightings),
          number(c.looks),
          number(c.misses),
          text(name(c.transition)),
          text(name_zh(c.transition)),
          c.area_m2,
          c.largest_area_m2,
          c.mean_score,
          c.confidence,
          c.representative_lonlat.x,
          c.representative_lonlat.y,
          v.rule_id,
          v.reason,
          v.reason_zh,
          v.basis,
          flag(v.verified),
          v.permit,
          v.unit,
          date_value(v.deadline),
          date_value(c.deadline),
          text(code(c.judgement)),
          c.judged_at,
          c.judged_by,
          c.judgement_reason,
          flag(c.second_person),
          c.assigned_to,
          date_value(c.penalised_on),
          date_value(c.put_right_on),
          canonical(Json(c.parents)),
          c.merged_into ? io::SqlValue(*c.merged_into) : io::SqlValue(),
          queue_key(c)};
}

Case case_of(const io::Row& row) {
  Columns in(row);
  Case c;
  Verdict& v = c.rule;
  in.skip();
  c.geometry = in.polygons();
  c.id = in.text();
  c.plot_code = in.text();
  c.plot_name = in.text();
  c.plot_status = in.text();
  c.unit = in.text();
  v.severity = parse_severity(in.text()).value_or(Severity::P3);
  c.tier = parse_tier(in.text()).value_or(Tier::first_seen);
  c.open = in.flag();
  c.last_clear_before = in.date();
  c.first_seen = in.must_date();
  c.last_seen = in.must_date();
  c.last_look = in.must_date();
  c.confirmed_on = in.date();
  c.sightings = in.number();
  c.looks = in.number();
  c.misses = in.number();
  c.transition = parse_transition(in.text()).value_or(Transition{});
  in.skip();
  c.area_m2 = in.real();
  c.largest_area_m2 = in.real();
  c.mean_score = in.real();
  c.confidence = in.real();
  c.representative_lonlat = {in.real(), 0};
  c.representative_lonlat.y = in.real();
  v.rule_id = in.text();
  v.reason = in.text();
  v.reason_zh = in.text();
  v.basis = in.text();
  v.verified = in.flag();
  v.permit = in.text();
  v.unit = in.text();
  v.deadline = in.date();
  c.deadline = in.date();
  c.judgement = parse_judgement(in.text()).value_or(Judgement::none);
  c.judged_at = in.text();
  c.judged_by = in.text();
  c.judgement_reason = in.text();
  c.second_person = in.flag();
  c.assigned_to = in.text();
  c.penalised_on = in.date();
  c.put_right_on = in.date();
  c.parents = Json::parse(in.text()).get<std::vector<std::string>>();
  if (!row.null(44)) c.merged_into = row.text(44);
  return c;
}

Values row_of(std::int64_t fid, const SceneRecord& s) {
  return {fid,
          s.id,
          s.source,
          s.fingerprint,
          s.sensor,
          date_value(s.date),
          text(code(s.state)),
          s.reason,
          optional_real(s.plots_clear_share),
          optional_real(s.registration_px),
          s.first_met_at};
}

SceneRecord scene_row(const io::Row& row) {
  Columns in(row);
  in.skip();
  SceneRecord s;
  s.id = in.text();
  s.source = in.text();
  s.fingerprint = in.text();
  s.sensor = in.text();
  s.date = in.date();
  s.state = scene_state(in.text());
  s.reason = in.text();
  s.plots_clear_share = in.optional_real();
  s.registration_px = in.optional_real();
  s.first_met_at = in.text();
  return s;
}

Values row_of(std::int64_t fid, const ScanRecord& s) {
  return {fid,
          s.id,
          s.before_scene,
          s.after_scene,
          s.before_date.iso(),
          s.after_date.iso(),
          s.folder,
          s.manifest_sha256,
          s.version,
          s.rules_source,
          s.sensor,
          flag(s.registration_applied),
          s.registration_residual_px,
          number(s.candidates),
          number(s.plots),
          number(s.plots_observable),
          s.recorded_at};
}

ScanRecord scan_row(const io::Row& row) {
  Columns in(row);
  in.skip();
  ScanRecord s;
  s.id = in.text();
  s.before_scene = in.text();
  s.after_scene = in.text();
  s.before_date = in.must_date();
  s.after_date = in.must_date();
  s.folder = in.text();
  s.manifest_sha256 = in.text();
  s.version = in.text();
  s.rules_source = in.text();
  s.sensor = in.text();
  s.registration_applied = in.flag();
  s.registration_residual_px = in.real();
  s.candidates = in.number();
  s.plots = in.number();
  s.plots_observable = in.number();
  s.recorded_at = in.text();
  return s;
}

Values row_of(const PlotRow& r) {
  const Plot& p = r.plot;
  return {r.fid,
          p.geometry,
          p.code,
          p.name,
          p.status,
          p.unit,
          date_value(p.status_from),
          date_value(p.status_to),
          date_value(p.listed_from),
          date_value(p.listed_to),
          r.position,
          r.details};
}

PlotRow plot_row(const io::Row& row) {
  Columns in(row);
  PlotRow r;
  r.fid = in.integer();
  MultiPolygon geometry = in.polygons();
  for (int i = 0; i < 6; ++i) in.skip();
  const std::optional<Date> from = in.date(), to = in.date();
  r.position = in.integer();
  r.details = in.text();
  r.plot = plot_of(Json::parse(r.details));
  r.plot.geometry = std::move(geometry);
  r.plot.listed_from = from;
  r.plot.listed_to = to;
  return r;
}

Values row_of(std::int64_t fid, const OutboxMessage& m) {
  return {
      fid,       m.id,        m.channel, m.subject, m.body, text(code(m.state)), number(m.attempts), m.next_attempt_at,
      m.sent_at, m.last_error};
}

OutboxMessage message_row(const io::Row& row) {
  Columns in(row);
  in.skip();
  OutboxMessage m;
  m.id = in.text();
  m.channel = in.text();
  m.subject = in.text();
  m.body = in.text();
  m.state = message_state(in.text());
  m.attempts = in.number();
  m.next_attempt_at = in.text();
  m.sent_at = in.text();
  m.last_error = in.text();
  return m;
}

}  // namespace plotwatch::ledger
