// A finished scan's folder, taken into a ledger: for scans that were run by hand.
#pragma once

#include <filesystem>
#include <string>

#include "ledger/ledger.hpp"

namespace plotwatch::pipeline {

// The ledger of one scan that lies beside its files: FOLDER/review.gpkg. Made when it is not there, in the scan's own
// CRS or, where that is in degrees, in CGCS2000 of the zone; the scan is recorded when it is not. Returns the ledger's
// path. Throws Error(input) for a folder without a finished scan, Error(output) when it cannot be written.
std::string ledger_beside_scan(const std::filesystem::path& folder, const Stamp& stamp);

// Records the scan: its plots as they hold from its before date, its candidates and observations. The same scan again
// changes nothing; the id is that of the dates and of the manifest. What was clear is read from
// its score.tif, as nights do.
ledger::RecordedScan record_folder(ledger::Ledger& ledger, const std::filesystem::path& folder, const Stamp& stamp);

}  // namespace plotwatch::pipeline
