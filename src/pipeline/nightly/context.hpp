// Private to nightly: what every step of a night needs.
#pragma once

#include <map>

#include "ledger/ledger.hpp"
#include "pipeline/nightly/archive.hpp"
#include "pipeline/nightly/night.hpp"

namespace plotwatch::pipeline::nightly {

struct Night {
  const ScanOptions& options;
  const NightSettings& settings;
  const Hooks& hooks;
  Archive archive;
  ledger::Ledger ledger;
  UtcTime now;
  Date today;
  Stamp stamp;
  bool writes = true;  // false: foresee()
  PlotRegister plots = {};
  NightSummary summary = {};

  const NightlyOptions& o() const { return options.nightly; }
  // The moment to sign with: the clock's, however long the night has lasted.
  UtcTime moment() const { return settings.now ? now : clock_now(); }
};

}  // namespace plotwatch::pipeline::nightly
