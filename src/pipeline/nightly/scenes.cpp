#include "pipeline/nightly/scenes.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "catalogue/catalogue.hpp"
#include "core/error.hpp"
#include "core/hash.hpp"
#include "core/log.hpp"
#include "pipeline/nightly/gate.hpp"

namespace plotwatch::pipeline::nightly {
namespace {

using State = SceneRecord::State;

// All that a look depends on but the scene's own pixels.
std::string look_key(const Night& night, const std::string& fingerprint) {
  Sha256 hash;
  const auto add = [&](const std::string& text) { hash.update((text + "\n").data(), text.size() + 1); };
  add(fingerprint);
  add(fmt::format("{}", night.options.mask.dilate_m));
  add(night.plots.crs.wkt);
  for (const Plot& plot : night.plots.plots) {
    add(plot.code);
    for (const Polygon& polygon : plot.geometry) {
      hash.update(polygon.outer.data(), polygon.outer.size() * sizeof(Point));
      for (const Ring& hole : polygon.holes) hash.update(hole.data(), hole.size() * sizeof(Point));
    }
  }
  return hash.hex();
}

bool same(const SceneRecord& a, const SceneRecord& b) {
  return a.id == b.id && a.source == b.source && a.fingerprint == b.fingerprint && a.sensor == b.sensor &&
         a.date == b.date && a.state == b.state && a.reason == b.reason && a.plots_clear_share == b.plots_clear_share &&
         a.registration_px == b.registration_px && a.first_met_at == b.first_met_at;
}

class Gatherer {
 public:
  explicit Gatherer(Night& night) : night_(night) {
    for (SceneRecord& r : night.ledger.scenes()) known_.emplace(r.id, std::move(r));
  }

  Scenes gather() {
    Discovered found = discover(night_.o().sources, night_.archive, night_.writes);
    for (std::string& problem : found.problems) {
      log::warning("{}", problem);
      night_.summary.problems.push_back(std::move(problem));
    }
    std::map<std::string, Arrival> arrivals;
    for (Arrival& a : found.arrivals) arrivals.emplace(a.id, std::move(a));
    read_used(arrivals);
    std::vector<std::pair<ReadyScene, const Arrival*>> readable;
    for (const auto& [id, arrival] : arrivals) {
      night_.hooks.throw_if_cancelled();
      if (auto ready = read_new(arrival)) readable.emplace_back(std::move(*ready), &arrival);
    }
    // By date, so that each is judged by what came before it, as it would have been night by night.
    std::sort(readable.begin(), readable.end(), [](const auto& a, const auto& b) {
      return std::pair(a.first.look.date, a.first.record.id) < std::pair(b.first.look.date, b.first.record.id);
    });
    for (auto& [scene, arrival] : readable) judge(std::move(scene), *arrival);
    return std::move(scenes_);
  }

 private:
  // A used scene whose files have gone, or changed, cannot be a reference tonight.
  void read_used(const std::map<std::string, Arrival>& arrivals) {
    for (const auto& [id, record] : known_) {
      if (record.state != State::used) continue;
      const auto arrival = arrivals.find(id);
      if (arrival == arrivals.end() || arrival->second.fingerprint != record.fingerprint) {
        log::info("{}: used before, and {}; it is no reference tonight", id,
                  arrival == arrivals.end() ? "no longer where scenes arrive" : "delivered anew with other files");
        continue;
      }
      try {
        scenes_.used.push_back({record, look_of(night_, id, arrival->second)});
      } catch (const Error& e) {
        if (e.code() != ExitCode::input && e.code() != ExitCode::mismatch) throw;
        log::warning("{}: {}; it is no reference tonight", id, e.what());
      }
    }
    std::sort(scenes_.used.begin(), scenes_.used.end(), [](const ReadyScene& a, const ReadyScene& b) {
      return std::pair(a.look.date, a.record.id) < std::pair(b.look.date, b.record.id);
    });
  }

  std::optional<ReadyScene> read_new(const Arrival& arrival) {
    const auto known = known_.find(arrival.id);
    const bool same_files = known != known_.end() && known->second.fingerprint == arrival.fingerprint;
    if (known != known_.end() && known->second.state == State::used) return std::nullopt;
    if (same_files && known->second.state == State::set_aside) return std::nullopt;
    SceneRecord record;
    record.id = arrival.id;
    record.source = arrival.path;
    record.fingerprint = arrival.fingerprint;
    const bool new_try = known == known_.end() || known->second.state == State::set_aside;
    record.first_met_at = new_try ? night_.stamp.at : known->second.first_met_at;
    const auto seen_before = known == known_.end() ? std::nullopt : std::optional(known->second.fingerprint);
    const std::string arriving = still_arriving(arrival, seen_before, night_.now, night_.o().sources.settle_minutes);
    if (!arriving.empty()) {
      wait(std::move(record), arrival, arriving);
      return std::nullopt;
    }
    try {
      SceneLook look = look_of(night_, arrival.id, arrival);
      record.sensor = look.sensor;
      record.date = look.date;
      record.plots_clear_share = look.plots_clear_share;
      return ReadyScene{std::move(record), std::move(look)};
    } catch (const Error& e) {
      if (e.code() != ExitCode::input && e.code() != ExitCode::mismatch) throw;
      wait(std::move(record), arrival, std::string("cannot be read: ") + e.what());
    }
    return std::nullopt;
  }

  void judge(ReadyScene scene, const Arrival& arrival) {
    if (scene.look.date > night_.today) {
      wait(std::move(scene.record), arrival, "its date " + scene.look.date.iso() + " has not come yet");
      return;
    }
    std::vector<SceneLook> past;
    for (const auto* list : {&scenes_.used, &scenes_.fresh})
      for (const ReadyScene& s : *list)
        if (s.look.date < scene.look.date) past.push_back(s.look);
    const std::string reason = refusal(scene.look, past, night_.o().gate);
    if (!reason.empty()) {
      set_aside(std::move(scene.record), arrival, reason);
      return;
    }
    scene.record.state = State::waiting;
    scene.record.reason = "to be compared";
    keep(scene.record);
    scenes_.fresh.push_back(std::move(scene));
  }

  void wait(SceneRecord record, const Arrival& arrival, const std::string& reason) {
    const auto met = parse_utc_time(record.first_met_at);
    const auto nights =
        met ? std::chrono::floor<std::chrono::days>(night_.now) - std::chrono::floor<std::chrono::days>(*met)
            : std::chrono::days(0);
    if (nights.count() >= night_.o().sources.wait_nights)
      return set_aside(std::move(record), arrival, fmt::format("{} (for {} days)", reason, nights.count()));
    record.state = State::waiting;
    record.reason = reason;
    keep(record);
    tell(record, arrival, SceneOutcome::Kind::waiting);
  }

  void set_aside(SceneRecord record, const Arrival& arrival, const std::string& reason) {
    record.state = State::set_aside;
    record.reason = reason;
    keep(record);
    tell(record, arrival, SceneOutcome::Kind::set_aside);
    log::warning("{}: set aside: {}", record.id, reason);
  }

  void tell(const SceneRecord& record, const Arrival& arrival, SceneOutcome::Kind kind) {
    SceneOutcome outcome;
    outcome.id = record.id;
    outcome.place = arrival.place;
    outcome.kind = kind;
    outcome.reason = record.reason;
    outcome.date = record.date;
    outcome.plots_clear_share = record.plots_clear_share;
    night_.summary.scenes.push_back(std::move(outcome));
  }

  void keep(const SceneRecord& record) {
    if (!night_.writes) return;
    const auto known = known_.find(record.id);
    if (known != known_.end() && same(known->second, record)) return;
    night_.ledger.record_scene(record, night_.stamp);
  }

  Night& night_;
  std::map<std::string, SceneRecord> known_;
  Scenes scenes_;
};

}  // namespace

Scenes gather_scenes(Night& night) { return Gatherer(night).gather(); }

SceneLook look_of(Night& night, const std::string& id, const Arrival& arrival) {
  const std::string key = look_key(night, arrival.fingerprint);
  if (auto kept = night.archive.look(id, key)) return *kept;
  SceneLook look =
      look_at(catalogue::describe({arrival.path, {}, {}, {}, {}, {}, {}, {}, {}}), night.plots, night.options.mask);
  look.id = id;
  look.content = content_hash(arrival);
  if (night.writes) night.archive.keep_look(look, key);
  return look;
}

}  // namespace plotwatch::pipeline::nightly
