#include "pipeline/nightly/night.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/hash.hpp"
#include "core/log.hpp"
#include "notify/channels.hpp"
#include "pipeline/inputs.hpp"
#include "pipeline/nightly/compare.hpp"
#include "pipeline/nightly/lock.hpp"
#include "pipeline/nightly/scenes.hpp"
#include "pipeline/nightly/tell.hpp"
#include "pipeline/nightly/watch.hpp"

namespace plotwatch::pipeline::nightly {
namespace {

// The moment that everything tonight is stamped with. A clock that went back does not write before what is there.
UtcTime moment_of(const ledger::Ledger& ledger, const NightSettings& settings) {
  const UtcTime clock = settings.now.value_or(clock_now());
  const std::int64_t last = ledger.last_sequence();
  if (last == 0) return clock;
  const auto events = ledger.events_after(last - 1, 1);
  const auto newest = events.empty() ? std::nullopt : parse_utc_time(events.front().stamp.at);
  if (!newest || *newest <= clock) return clock;
  if (*newest - clock > std::chrono::hours(1))
    log::warning(
        "the clock says {}, and the ledger's last entry is of {}: tonight is stamped with the latter; check "
        "the clock",
        utc_text(clock), utc_text(*newest));
  return *newest;
}

Night open_night(const ScanOptions& options, const NightSettings& settings, const Hooks& hooks, ledger::Access access) {
  ledger::Ledger ledger = ledger::Ledger::open(options.nightly.ledger.path, access);
  const UtcTime now = moment_of(ledger, settings);
  Night night{options, settings, hooks, Archive(options.nightly.archive.path), std::move(ledger), now, {}, {}};
  night.today = Date::from_days(std::chrono::floor<std::chrono::days>(now));
  night.stamp = {utc_text(now), "nightly"};
  night.writes = access == ledger::Access::write;
  night.summary.started_at = night.stamp.at;
  night.summary.day = night.today;
  return night;
}

void read_plots(Night& night) {
  night.plots = register_as_of(night.options.plots, night.today);
  if (!night.writes) return;
  std::string digest = sha256_file(night.options.plots.path);
  if (night.options.plots.table) digest = sha256(digest + sha256_file(*night.options.plots.table));
  night.ledger.record_register(night.plots, digest, night.today, night.stamp);
}

void apply_policy(Night& night) {
  const CaseOptions& wanted = night.o().cases;
  const CasePolicy now = night.ledger.settings().policy;
  CasePolicy policy = now;
  policy.confirm_looks = wanted.confirm_looks.value_or(now.confirm_looks);
  policy.establish_looks = wanted.establish_looks.value_or(now.establish_looks);
  policy.gone_looks = wanted.gone_looks.value_or(now.gone_looks);
  policy.weak_confidence = wanted.weak_confidence.value_or(now.weak_confidence);
  policy.confirm_evidence = wanted.confirm_evidence.value_or(now.confirm_evidence);
  policy.look_clear_share = wanted.look_clear_share.value_or(now.look_clear_share);
  if (policy != now) night.ledger.change_policy(policy, night.stamp);
}

}  // namespace

bool NightSummary::partial() const {
  const bool aside = std::any_of(scenes.begin(), scenes.end(), [](const SceneOutcome& s) {
    return s.kind == SceneOutcome::Kind::set_aside && !s.reason.starts_with("cloud:");
  });
  return aside || !problems.empty() || messages_given_up > 0;
}

NightSummary night(const ScanOptions& options, const NightSettings& settings, const Hooks& hooks) {
  const Archive archive(options.nightly.archive.path);
  archive.prepare();
  const NightLock alone(archive.root(), settings.wait_seconds);
  try {
    Night night = open_night(options, settings, hooks, ledger::Access::write);
    deliver(night);
    if (!settings.deliver_only) {
      read_plots(night);
      apply_policy(night);
      compare(night, gather_scenes(night));
      queue_news(night);
      deliver(night);
    }
    count(night);
    night.summary.ended_at = utc_text(night.moment());
    if (!settings.deliver_only) leave_traces(night);
    return night.summary;
  } catch (const Error& e) {
    if (e.code() != ExitCode::interrupted)
      leave_failure(options.nightly, archive, settings.now.value_or(clock_now()), static_cast<int>(e.code()));
    throw;
  }
}

NightSummary foresee(const ScanOptions& options, const NightSettings& settings, const Hooks& hooks) {
  Night night = open_night(options, settings, hooks, ledger::Access::read);
  notify::check_channels(options.nightly.notify);
  read_plots(night);
  compare(night, gather_scenes(night));
  count(night);
  night.summary.messages_waiting = night.ledger.outbox(OutboxMessage::State::pending).size();
  night.summary.ended_at = utc_text(night.moment());
  return night.summary;
}

}  // namespace plotwatch::pipeline::nightly
