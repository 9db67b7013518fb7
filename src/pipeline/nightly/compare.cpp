#include "pipeline/nightly/compare.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "config/config.hpp"
#include "core/error.hpp"
#include "core/hash.hpp"
#include "core/log.hpp"
#include "pipeline/nightly/evidence.hpp"
#include "pipeline/scan.hpp"

namespace plotwatch::pipeline::nightly {
namespace {

using State = SceneRecord::State;

// A fault of these inputs alone; the night goes on without them.
bool is_of_the_scene(const Error& e) { return e.code() == ExitCode::input || e.code() == ExitCode::mismatch; }

std::map<std::string, ReferenceBounds> bounds_of(const ledger::Ledger& ledger) {
  std::map<std::string, std::vector<Case>> by_plot;
  for (Case& c : ledger.cases({})) by_plot[c.plot_code].push_back(std::move(c));
  std::map<std::string, ReferenceBounds> bounds;
  for (const auto& [plot, cases] : by_plot) bounds[plot] = reference_bounds(cases);
  return bounds;
}

class Comparison {
 public:
  Comparison(Night& night, Scenes scenes)
      : night_(night), scenes_(std::move(scenes)), calendar_(config::load_rules(night.options.run.rules).calendar) {}

  void run() {
    // Each is a reference for the next.
    for (ReadyScene& scene : scenes_.fresh) {
      night_.hooks.throw_if_cancelled();
      compare(scene);
      if (scene.record.state == State::used) scenes_.used.push_back(scene);
    }
  }

 private:
  void compare(ReadyScene& after) {
    const Choice choice = choose_or_go_on(after);
    SceneOutcome outcome;
    outcome.id = after.record.id;
    outcome.date = after.look.date;
    outcome.plots_clear_share = after.look.plots_clear_share;
    outcome.plots_not_clear = choice.not_clear.size();
    outcome.plots_without_reference = choice.no_reference.size();
    outcome.pairs = choice.pairs;
    outcome.kind = SceneOutcome::Kind::used;
    after.record.state = State::used;
    after.record.reason.clear();
    for (const ChosenPair& pair : choice.pairs) {
      if (!night_.writes) continue;
      const std::string problem = scan(pair, after);
      if (problem.empty()) continue;
      outcome.kind = SceneOutcome::Kind::set_aside;
      outcome.reason = after.record.reason = problem;
      after.record.state = State::set_aside;
      log::warning("{}: set aside: {}", after.record.id, problem);
      break;
    }
    if (night_.writes) night_.ledger.record_scene(after.record, night_.stamp);
    night_.summary.scenes.push_back(std::move(outcome));
  }

  Choice choose_or_go_on(const ReadyScene& after) {
    if (const auto begun = night_.archive.plan(after.record.id, after.record.fingerprint)) return *begun;
    std::vector<SceneLook> past;
    for (const ReadyScene& s : scenes_.used) past.push_back(s.look);
    const Choice choice = choose(after.look, past, bounds_of(night_.ledger), night_.o().choose);
    if (night_.writes) night_.archive.keep_plan(after.record.id, after.record.fingerprint, choice);
    return choice;
  }

  // What sets the scene aside, or nothing.
  std::string scan(const ChosenPair& pair, ReadyScene& after) {
    const auto before = std::find_if(scenes_.used.begin(), scenes_.used.end(),
                                     [&](const ReadyScene& s) { return s.record.id == pair.before; });
    if (before == scenes_.used.end())
      return "its reference " + pair.before + " was chosen on an earlier night and cannot be read now";
    const PreparedScan prepared = prepare_scan(night_, *before, after, pair.plots);
    if (const auto known = night_.ledger.find_scan(prepared.id)) {  // of a night that did not end
      ++night_.summary.scans_known;
      after.record.registration_px = known->registration_residual_px;
      return "";
    }
    log::info("{}: {} plots against {} ({})", after.record.id, pair.plots.size(), pair.before, pair.reason);
    std::optional<ScanResult> result;
    try {
      result = pipeline::scan(prepared.options, night_.hooks).result;
    } catch (const Error& e) {
      if (!is_of_the_scene(e)) throw;
      return fmt::format("it cannot be compared with {}: {}", pair.before, e.what());
    }
    return record(prepared, pair, after, *result);  // a fault here is the ledger's
  }

  std::string record(const PreparedScan& prepared, const ChosenPair& pair, ReadyScene& after,
                     const ScanResult& result) {
    const RegistrationQuality& quality = result.registration.quality;
    after.record.registration_px = quality.residual_px;
    if (quality.residual_px > night_.o().gate.max_registration_px)
      return fmt::format("registration: it lies {:.2f} px off {} ({}), and {:.2f} px are allowed", quality.residual_px,
                         pair.before, quality.reason, night_.o().gate.max_registration_px);
    ScanRecord record;
    record.id = prepared.id;
    record.before_scene = pair.before;
    record.after_scene = pair.after;
    record.before_date = *prepared.options.before.date;
    record.after_date = *prepared.options.after.date;
    record.folder = prepared.options.run.out;
    record.manifest_sha256 = sha256_file(prepared.options.run.out + "/manifest.json");
    record.version = result.version;
    record.rules_source = night_.options.run.rules;
    record.sensor = result.after.sensor;
    record.registration_applied = quality.applied;
    record.registration_residual_px = quality.residual_px;
    record.candidates = static_cast<int>(result.candidates.size());
    record.plots = static_cast<int>(result.plots.size());
    std::vector<PlotObservation> observations;
    for (const PlotResult& p : result.plots) observations.push_back(p.observation);
    record.plots_observable = static_cast<int>(
        std::count_if(observations.begin(), observations.end(), [](const PlotObservation& o) { return o.observable; }));
    record.recorded_at = night_.stamp.at;
    const ledger::RecordedScan done = night_.ledger.record_scan(
        record, result.grid.crs, result.candidates, observations, calendar_,
        clear_share_of(record.folder, result.grid, night_.ledger.settings().crs), night_.stamp);
    NightSummary& s = night_.summary;
    ++(done.was_recorded ? s.scans_known : s.scans);
    s.opened += done.opened.size();
    s.confirmed += done.confirmed.size();
    s.established += done.established.size();
    s.gone += done.gone.size();
    return "";
  }

  Night& night_;
  Scenes scenes_;
  WorkCalendar calendar_;
};

}  // namespace

void compare(Night& night, Scenes scenes) { Comparison(night, std::move(scenes)).run(); }

}  // namespace plotwatch::pipeline::nightly
