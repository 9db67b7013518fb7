#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "app/commands.hpp"
#include "app/progress.hpp"
#include "core/error.hpp"
#include "io/temporary_file.hpp"
#include "pipeline/nightly/replay.hpp"

namespace plotwatch::app {
namespace {

namespace fs = std::filesystem;

void run(const std::string& id, const std::string& where, fs::path work, bool quiet) {
  const ledger::Ledger ledger = ledger::Ledger::open(where, ledger::Access::read);
  std::optional<io::TemporaryFolder> own_folder;
  if (work.empty()) work = own_folder.emplace().path();
  std::size_t differing = 0;
  for (const std::string& scan : pipeline::nightly::scans_behind(ledger, id)) {
    Progress progress(quiet);
    pipeline::Hooks hooks;
    hooks.progress = [&](std::string_view stage, double share) { progress.show(stage, share); };
    const pipeline::nightly::ReplayedScan done = pipeline::nightly::replay(ledger, scan, work / "scan", hooks);
    std::cout << fmt::format("{}: {}\n", scan,
                             done.differing.empty() ? fmt::format("the same, {} files", done.files) : "differs");
    for (const std::string& file : done.differing) std::cout << "  " << file << "\n";
    differing += done.differing.size();
  }
  if (differing > 0)
    throw Error(ExitCode::findings, fmt::format("{} files differ, listed above", differing), id,
                "An input that changed or is gone can be restored from where it came; a result that differs from the "
                "same inputs comes of another version of plotwatch, which the manifest names.");
}

}  // namespace

void add_replay(CLI::App& program) {
  auto* command =
      program.add_subcommand("replay", "Makes the evidence of a case or scan again and compares it, file by file");
  struct Flags {
    std::string id, ledger, work;
  };
  auto f = std::make_shared<Flags>();
  command->add_option("ID", f->id, "A case, a candidate as SCAN/CANDIDATE, or a scan")->required();
  command->add_option("--ledger", f->ledger, "GeoPackage or postgresql://…")->required();
  command->add_option("--work", f->work, "Folder to work in; it must be empty or new")
      ->check([](const std::string& path) {
        std::error_code error;
        return fs::exists(path, error) && !fs::is_empty(path, error) ? std::string("is not empty") : std::string();
      });
  command->footer(
      "Exit codes: 0 the same to the last byte; 8 something differs, and is listed.\n\n"
      "Example\n  plotwatch replay DX-001-20260315-1 --ledger ledger.gpkg");
  command->callback([f, &program] { run(f->id, f->ledger, f->work, program.count("--quiet") > 0); });
}

}  // namespace plotwatch::app
