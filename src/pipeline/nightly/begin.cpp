#include "pipeline/nightly/begin.hpp"

#include <filesystem>

#include "core/error.hpp"
#include "io/crs.hpp"
#include "ledger/ledger.hpp"
#include "pipeline/inputs.hpp"
#include "pipeline/nightly/archive.hpp"

namespace plotwatch::pipeline::nightly {

void begin(const ScanOptions& options, const NewLedger& wanted, const NightSettings& settings) {
  const Archive archive(options.nightly.archive.path);
  std::error_code error;
  const auto plans = archive.root() / "plans";
  if (std::filesystem::exists(plans, error) && !std::filesystem::is_empty(plans, error))
    throw Error(ExitCode::mismatch, "the archive holds the evidence of another ledger", archive.root().string(),
                "Restore that ledger from its backup, or name an empty folder in archive.path.");
  const UtcTime now = settings.now.value_or(clock_now());
  ledger::LedgerSettings s;
  s.district = wanted.district;
  if (wanted.crs.empty())
    s.crs = register_as_of(options.plots, Date::from_days(std::chrono::floor<std::chrono::days>(now))).crs;
  else
    s.crs = io::crs_from_user_input(wanted.crs);
  if (io::is_geographic(s.crs) || io::metres_per_unit(s.crs) != 1)
    throw Error(ExitCode::config, "a ledger needs a coordinate system in metres, not " + io::crs_name(s.crs), "--crs",
                "For Gauss-Krueger at 117° give --crs EPSG:4527.");
  ledger::Ledger::create(options.nightly.ledger.path, s, {utc_text(now), "nightly"});
}

}  // namespace plotwatch::pipeline::nightly
