// What the ledger keeps: scenes, scans, looks at plots, cases with their sightings, and every event in between.
//
// A *candidate* is what one scan says. In the ledger it becomes a *sighting* of a *case*: the one lasting record of a
// suspected construction, however many dates, sensors and scans show it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.hpp"
#include "core/geometry.hpp"
#include "core/grid.hpp"
#include "model/candidate.hpp"
#include "model/plot.hpp"

namespace plotwatch {

// Who did something, and when. `at` is UTC, "2026-11-23T21:05:00Z": given by the caller, so that a night can be run
// again with the same result.
struct Stamp {
  std::string at;
  std::string actor;  // "nightly", an account's name
};

// How sure the series of clear looks makes a case. A look is one after-scene date on which the case's ground was clear;
// several scans of one date are one look.
enum class Tier {
  first_seen,   // seen, and no more
  confirmed,    // seen on CasePolicy::confirm_looks dates, with CasePolicy::confirm_evidence
  established,  // confirmed, and seen on CasePolicy::establish_looks dates
  gone          // not seen on the last CasePolicy::gone_looks clear dates
};

// What a person found. Codes are those of names below, the national verdicts are in docs/formats.md.
enum class Judgement {
  none,          // not reviewed
  suspected,     // suspected construction: to be checked on site
  construction,  // found on site: construction that the plot's status does not allow
  permitted,     // construction that a document allows
  remediation,   // work inside a remediation plan
  farm_work,     // ploughing, greenhouse film, harvest
  false_change,  // nothing is there
  unclear        // to be looked at again
};

std::string_view name(Tier tier);            // "first seen"
std::string_view name_zh(Tier tier);         // "首次发现"
std::string_view code(Tier tier);            // "first_seen", for files and options
std::string_view name(Judgement judgement);  // "false change"
std::string_view name_zh(Judgement judgement);
std::string_view code(Judgement judgement);
std::optional<Tier> parse_tier(std::string_view code);
std::optional<Judgement> parse_judgement(std::string_view code);

// When sightings are one case, and what a series of looks makes of it.
//
// Evidence is a cumulative sum (Page, "Continuous inspection schemes", Biometrika 41, 1954): each date on which the
// case is seen adds the confidence of its best sighting less weak_confidence, and the sum never falls below 0. So a
// doubtful sighting, however often repeated, confirms nothing. What speaks for construction: docs/ledger.md.
struct CasePolicy {
  int confirm_looks = 2;            // >= 1
  int establish_looks = 4;          // >= confirm_looks
  int gone_looks = 3;               // >= 1, in a row
  double weak_confidence = 0.45;    // of a sighting that speaks neither for nor against the case, [0, 1]
  double confirm_evidence = 0.4;    // that confirms a case, >= 0
  double look_clear_share = 0.8;    // of the case's ground, (0, 1]: below, a scan says nothing about the case
  double match_overlap = 0.2;       // intersection over the smaller of both areas, (0, 1]
  double match_distance_m = 30;     // or outlines this near on the same plot; >= 0
  double regrow_ratio = 1.5;        // a case judged false comes back when its ground grew by this factor, > 1
  double regrow_min_area_m2 = 400;  // and by this much
  bool operator==(const CasePolicy&) const = default;
};

struct SceneRecord {
  enum class State { waiting, used, set_aside };
  std::string id;           // of the product; unique
  std::string source;       // path or URL
  std::string fingerprint;  // of sizes, times and names of its files: another fingerprint is another arrival
  std::string sensor;
  std::optional<Date> date;
  State state = State::waiting;
  std::string reason;                       // why set aside or waiting; what to do
  std::optional<double> plots_clear_share;  // [0, 1] of all plots' pixels
  std::optional<double> registration_px;    // residual of the last pair it took part in
  std::string first_met_at;                 // UTC
};

// One finished scan. The id is that of its inputs and options: the same scan again is not recorded twice.
struct ScanRecord {
  std::string id;
  std::string before_scene, after_scene;  // SceneRecord::id
  Date before_date, after_date;
  std::string folder, manifest_sha256;  // where the evidence lies, and what it must be
  std::string version, rules_source, sensor;
  bool registration_applied = false;
  double registration_residual_px = 0;
  int candidates = 0, plots = 0, plots_observable = 0;  // counts
  std::string recorded_at;                              // UTC
};

// What one scan saw of one plot.
struct ObservationRecord {
  std::string scan_id;
  Date before_date, after_date;
  PlotObservation observation;
};

// A candidate in the ledger.
struct Sighting {
  std::string id;       // scan id + "/" + candidate id; unique
  std::string case_id;  // the case it is a sighting of
  std::string scan_id;
  Candidate candidate;      // geometry in the ledger's CRS
  bool suppressed = false;  // of a case that a person judged to be no construction
};

// One clear date over a case's ground.
struct CaseLook {
  Date before_date, after_date;
  std::string scan_id;
  bool seen = false;
  double clear_share = 0;  // of the case's ground, [0, 1]
  double evidence = 0;     // of the case after this look, as CasePolicy counts it
};

struct Case {
  std::string id;  // "DX-001-20260315-1": plot, day of the first sighting, number
  std::string plot_code, plot_name, plot_status, unit;
  MultiPolygon geometry;  // of the latest sighting, ledger's CRS
  Point representative_lonlat;
  double area_m2 = 0, largest_area_m2 = 0;
  Tier tier = Tier::first_seen;
  bool open = true;                       // closed: gone, or a person closed it
  std::optional<Date> last_clear_before;  // construction was not there yet on this clear date …
  Date first_seen;                        // … and was on this one: the first on which the evidence rose from 0
  Date last_seen, last_look;
  std::optional<Date> confirmed_on;          // the look that made it confirmed
  int sightings = 0, looks = 0, misses = 0;  // dates; misses in a row up to the last look
  Transition transition;
  double mean_score = 0, confidence = 0;
  Verdict rule;                  // of the most severe of its sightings that is not older than the last judgement
  std::optional<Date> deadline;  // of the visit: working days by rule, from the day it was confirmed
  Judgement judgement = Judgement::none;  // the last one
  std::string judged_at, judged_by, judgement_reason;
  bool second_person = false;  // another person agreed to the judgement
  std::string assigned_to;
  std::optional<Date> penalised_on, put_right_on;
  std::vector<std::string> parents;        // cases that this one split from or that were merged into it
  std::optional<std::string> merged_into;  // this one goes on as another
};

// One entry of the chain. `hash` = SHA-256 over the canonical text of all other members.
struct LedgerEvent {
  std::int64_t sequence = 0;  // from 1, without gaps
  Stamp stamp;
  std::string kind;     // "case_opened", "case_seen", "judged", …: docs/ledger.md lists them
  std::string subject;  // id of a case, scene, scan or register; may be empty
  std::string payload;  // JSON, canonical: sorted keys, no spaces
  std::string previous_hash, hash;
};

// A message that is to be sent once.
struct OutboxMessage {
  enum class State { pending, sending, sent, given_up };
  std::string id;       // unique: the same id is never queued twice; receivers can tell repeats by it
  std::string channel;  // name of the channel in the configuration
  std::string subject, body;
  State state = State::pending;
  int attempts = 0;
  std::string next_attempt_at, sent_at, last_error;  // UTC
};

}  // namespace plotwatch
