// Before the first night.
#pragma once

#include <string>

#include "pipeline/nightly/night.hpp"

namespace plotwatch::pipeline::nightly {

struct NewLedger {
  std::string crs;       // "EPSG:4527"; empty: the register's
  std::string district;  // for messages and reports
};

// Makes the ledger that the options name. Throws Error(output) when there is one already; Error(config) without a CRS
// in metres; Error(mismatch) when the archive holds the evidence of another ledger, which must not be mixed: a ledger
// that is lost is restored from its backup, not begun again.
void begin(const ScanOptions& options, const NewLedger& wanted, const NightSettings& settings);

}  // namespace plotwatch::pipeline::nightly
