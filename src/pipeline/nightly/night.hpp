// One night: what is new is found, compared, recorded and told; then it exits.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/utc_time.hpp"
#include "model/options.hpp"
#include "pipeline/hooks.hpp"
#include "pipeline/nightly/choose.hpp"

namespace plotwatch::pipeline::nightly {

struct NightSettings {
  std::optional<UtcTime> now;  // for tests and replays; else the clock
  int wait_seconds = 0;        // for another night to end
  bool deliver_only = false;   // send what waits, and no more
};

// What became of one scene tonight.
struct SceneOutcome {
  enum class Kind { used, waiting, set_aside };
  std::string id, place;
  Kind kind = Kind::waiting;
  std::string reason;  // why waiting or set aside
  std::optional<Date> date;
  std::optional<double> plots_clear_share;
  std::vector<ChosenPair> pairs;  // compared, for a used one
  std::size_t plots_not_clear = 0, plots_without_reference = 0;
};

struct NightSummary {
  std::string started_at, ended_at;  // UTC
  Date day;
  std::string district, ledger_id, ledger_head;
  std::vector<SceneOutcome> scenes;                                  // new tonight, or waiting
  std::vector<std::string> problems;                                 // places and other things that do not stop a night
  std::size_t scans = 0, scans_known = 0;                            // recorded tonight; recorded before
  std::size_t opened = 0, confirmed = 0, established = 0, gone = 0;  // cases
  std::size_t plots = 0, plots_unseen = 0, open_cases = 0, overdue = 0;
  std::size_t messages_sent = 0, messages_waiting = 0, messages_given_up = 0;

  // Something is for a person to look at: a scene was set aside tonight, a place not listed, a message given up.
  bool partial() const;
};

// Throws Error(busy) while another night is at work, Error(config), Error(input) for a register or ledger that cannot
// be read, Error(output) when the disk is full. What was recorded until then stays, and the next night goes on.
NightSummary night(const ScanOptions& options, const NightSettings& settings, const Hooks& hooks);

// What a night would do: reads, and writes nothing. Messages are not rendered; secrets are looked for.
NightSummary foresee(const ScanOptions& options, const NightSettings& settings, const Hooks& hooks);

std::string to_text(const NightSummary& summary);
std::string to_json(const NightSummary& summary);

}  // namespace plotwatch::pipeline::nightly
