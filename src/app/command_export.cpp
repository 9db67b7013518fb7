#include <filesystem>
#include <iostream>
#include <memory>

#include "app/commands.hpp"
#include "core/error.hpp"
#include "report/exports.hpp"

namespace plotwatch::app {

void add_export(CLI::App& program) {
  auto* command =
      program.add_subcommand("export", "A finished scan as files for the field: KML, GPX, XLSX, CSV, patches, sheets");
  struct Flags {
    std::filesystem::path scan, out;
    std::string formats;
    int budget = 0;
  };
  auto f = std::make_shared<Flags>();
  command->add_option("SCAN", f->scan, "Folder that a scan wrote")->required()->check(CLI::ExistingDirectory);
  command->add_option("--to", f->formats, "kml, gpx, xlsx, csv, patches, sheets, separated by commas; or all")
      ->required();
  command->add_option("--out", f->out, "Folder for the files; else that of the scan");
  command->add_option("--budget", f->budget, "Only the first N of the ranked list")->check(CLI::PositiveNumber);
  command->footer(
      "candidates.kml    styled outlines with descriptions, for maps on phones and desks\n"
      "candidates.gpx    a waypoint each, for hand-held receivers\n"
      "candidates.xlsx   the ranked list with pictures and a drop-down for the verdict\n"
      "candidates.csv    the same list, UTF-8 with a byte order mark\n"
      "patches.zip       the change-patch table (图斑) as a Shapefile in GB18030, CGCS2000\n"
      "sheets.html       one page a candidate to print: both dates, map, coordinates, what to check\n\n"
      "Example\n  plotwatch export out/ --to kml,xlsx,sheets --budget 30");
  command->callback([f] {
    const std::vector<report::ExportFormat> formats = report::parse_exports(f->formats);
    const std::filesystem::path out = f->out.empty() ? f->scan : f->out;
    report::ExportData data = report::read_export_data(f->scan);
    std::error_code error;
    std::filesystem::create_directories(out, error);
    if (error)
      throw Error(ExitCode::output, "cannot be created: " + error.message(), out.string(),
                  "Check the path and its permissions.");
    const std::optional<int> budget = f->budget > 0 ? std::optional(f->budget) : std::nullopt;
    for (const std::string& name : report::write_exports(out, std::move(data), formats, budget))
      std::cout << (out / name).string() << "\n";
  });
}

}  // namespace plotwatch::app
