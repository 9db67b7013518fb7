// Makes the evidence of recorded scans again and holds it against what was kept.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ledger/ledger.hpp"
#include "pipeline/hooks.hpp"

namespace plotwatch::pipeline::nightly {

struct ReplayedScan {
  std::string scan_id, folder;
  std::size_t files = 0;               // outputs that were compared
  std::vector<std::string> differing;  // "candidates.gpkg: …", "input /data/x.tif: …", "manifest.json: …"
};

// Scans behind an id: a scan's own; a candidate's ("SCAN/CANDIDATE"); or all with a sighting of a case, oldest first.
// Throws Error(input) for an id that the ledger does not know.
std::vector<std::string> scans_behind(const ledger::Ledger& ledger, const std::string& id);

// Three comparisons: the manifest with its hash in the ledger; every input with its hash in the manifest; and, made
// anew from scan.toml in the folder `work`, every output with its hash in the manifest, and the file that was kept with
// it. A scan whose inputs differ or are gone is not made anew. `work` is emptied.
ReplayedScan replay(const ledger::Ledger& ledger, const std::string& scan_id, const std::filesystem::path& work,
                    const Hooks& hooks);

}  // namespace plotwatch::pipeline::nightly
