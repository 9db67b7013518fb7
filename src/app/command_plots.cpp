#include <filesystem>
#include <iostream>
#include <memory>

#include <fmt/format.h>

#include "app/commands.hpp"
#include "app/register_flags.hpp"
#include "core/error.hpp"
#include "core/hash.hpp"
#include "plots/check_register.hpp"
#include "plots/findings_text.hpp"
#include "plots/history.hpp"
#include "plots/write_register.hpp"

namespace plotwatch::app {
namespace {

constexpr const char* formats =
    "Formats, by the ending: .gpkg, .shp (UTF-8 or GB18030, with or without .cpg), .zip (boundary upload of the "
    "national\n"
    "system), .geojson, .kml, .kmz, .txt (boundary points, 界址点). Columns are found by their usual English and "
    "Chinese\n"
    "names; statuses and other columns can be joined from a CSV or XLSX table by plot code (--table).";

void add_check(CLI::App& plots) {
  auto* command =
      plots.add_subcommand("check", "Whether a register can be relied on: every problem with plot, row and fix");
  struct Flags {
    std::string path, district;
    RegisterFlags reading;
    plots::CheckOptions options;
    bool json = false;
  };
  auto f = std::make_shared<Flags>();
  command->add_option("FILE", f->path, "Register of plots")->required();
  command->add_flag("--upload", f->options.upload,
                    "Also what the national upload checker asks: name, files, columns, codes, registered place");
  command->add_option("--district", f->district, "Polygons of the district: plots that reach outside are reported");
  command->add_option("--area-tolerance", f->options.area_tolerance, "Share by which a stated area may differ")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command->add_option("--min-overlap", f->options.overlap_m2, "m2; smaller overlaps are rounding")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->add_option("--sliver", f->options.sliver_width_m, "m; parts and overlaps narrower than this are slivers")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->add_option("--gap", f->options.gap_m, "m; neighbours nearer than this that do not touch leave a gap")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->add_flag("--json", f->json, "As JSON");
  f->reading.add_to(*command);
  command->footer(
      "Tests: crossing edges, missing and repeated codes, dates, statuses, stated against measured area, overlaps, "
      "gaps\n"
      "and slivers, ground outside the district; with --upload the national checker's.\n\n"
      "Examples\n"
      "  plotwatch plots check 地块.shp --district 大兴区.geojson\n"
      "  plotwatch plots check 初步调查1101150000001.zip --upload\n"
      "  plotwatch plots check 界址点.txt --table 状态.xlsx --json\n\n"
      "Exit code 0: no warnings; 8: there are some. Notes alone give 0.");
  command->callback([f] {
    if (!f->district.empty()) f->options.district = f->district;
    const plots::CheckResult result = plots::check_register(f->reading.request(f->path), f->options);
    std::cout << (f->json ? plots::to_json(result) : plots::to_text(result)) << std::flush;
    if (!result.passed())
      throw Error(ExitCode::findings, "the register has problems, listed above", f->path,
                  "Each comes with what to do; --json gives them to a program.");
  });
}

void add_convert(CLI::App& plots) {
  auto* command = plots.add_subcommand("convert", "A register in another format; coordinates keep the millimetre");
  struct Flags {
    std::string from, to, crs;
    RegisterFlags reading;
    plots::WriteOptions options;
  };
  auto f = std::make_shared<Flags>();
  command->add_option("IN", f->from, "Register of plots")->required();
  command
      ->add_option("OUT", f->to, "File to write; its ending says the format; .csv and .xlsx hold the attributes alone")
      ->required();
  command->add_option("--crs", f->crs, "CRS to write in, as EPSG:4527; else that of IN");
  command->add_option("--encoding", f->options.encoding, "Text of .txt, .shp and .zip")
      ->check(CLI::IsMember({"GB18030", "UTF-8"}))
      ->capture_default_str();
  command->add_option("--producer", f->options.producer, "数据产生单位 in the header of .txt");
  command->add_option("--produced", f->options.date, "数据产生日期 in the header of .txt");
  f->reading.add_to(*command);
  command->footer(std::string(formats) +
                  "\n\nExamples\n"
                  "  plotwatch plots convert 界址点.txt plots.gpkg --table 状态.csv\n"
                  "  plotwatch plots convert plots.gpkg 界址点.txt --crs EPSG:4527\n"
                  "  plotwatch plots convert plots.gpkg 名单.xlsx\n"
                  "  plotwatch plots convert plots.gpkg 初步调查1101150000001.zip --crs EPSG:4527");
  command->callback([f] {
    if (!f->crs.empty()) f->options.crs = f->crs;
    const PlotRegister read = plots::read_register(f->reading.request(f->from));
    log_findings(read);
    plots::write_register(f->to, read, f->options);
    std::cout << fmt::format("{}: {} plots\n", f->to, read.plots.size());
  });
}

void add_diff(CLI::App& plots) {
  auto* command = plots.add_subcommand("diff", "What a new list changes: added, removed, boundary, status");
  struct Flags {
    std::string before, after;
    RegisterFlags reading;
    double tolerance = 0.001;
    bool json = false;
  };
  auto f = std::make_shared<Flags>();
  command->add_option("OLD", f->before, "Register of plots")->required();
  command->add_option("NEW", f->after, "List that renews it")->required();
  command->add_option("--tolerance", f->tolerance, "m; corners that moved by less have not moved")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->add_flag("--json", f->json, "As JSON");
  f->reading.add_to(*command);
  command->footer(
      "Plots are matched by code. What NEW leaves empty, and columns that it lacks, are no change.\n\n"
      "Example\n  plotwatch plots diff register.gpkg 名单2026-08.xlsx.gpkg --json");
  command->callback([f] {
    const PlotRegister before = plots::read_register(f->reading.request(f->before)),
                       after = plots::read_register(f->reading.request(f->after));
    log_findings(after);
    const plots::RegisterDiff diff = plots::diff(before, after, f->tolerance);
    std::cout << (f->json ? plots::to_json(diff) : plots::to_text(diff));
  });
}

// Codes are what a renewal is matched by.
void require_codes(const PlotRegister& list) {
  for (const PlotFinding& f : list.findings)
    if (f.kind == "code")
      throw Error(ExitCode::input, fmt::format("the list cannot be taken in: row {}: {}", f.row, f.problem),
                  list.source, "Give each plot a code of its own; plotwatch plots check names all that lack one.");
}

void add_import(CLI::App& plots) {
  auto* command = plots.add_subcommand("import", "Take a list into a register that keeps its history");
  struct Flags {
    std::string list, into, day;
    RegisterFlags reading;
    plots::RenewOptions options;
    bool dry_run = false, json = false;
  };
  auto f = std::make_shared<Flags>();
  command->add_option("LIST", f->list, "Register of plots as it holds from the day on")->required();
  command->add_option("--into", f->into, "GeoPackage that keeps the history; made when it is not there")->required();
  command->add_option("--date", f->day, "First day on which the list holds, YYYY-MM-DD")->required();
  command->add_flag("--partial", f->options.partial, "The list names only what changed: other plots stay");
  command->add_flag("--dry-run", f->dry_run, "Tell the changes and write nothing");
  command->add_flag("--json", f->json, "As JSON");
  f->reading.add_to(*command);
  command->footer(
      std::string(formats) +
      "\n\nA plot that changed gets a new row and its old one ends on the day before. A scan over the register takes\n"
      "the rows of the day of its after scene.\n\nExamples\n"
      "  plotwatch plots import 名单2026-02.txt --table 状态2026-02.xlsx --into register.gpkg --date 2026-02-28\n"
      "  plotwatch plots import 名单2026-08.shp --into register.gpkg --date 2026-08-31 --dry-run\n"
      "  plotwatch plots convert register.gpkg then.gpkg --as-of 2026-05-01");
  command->callback([f] {
    const Date day = date_flag(f->day, "--date");
    const PlotRegister list = plots::read_register(f->reading.request(f->list));
    log_findings(list);
    require_codes(list);
    const plots::RegisterHistory before =
        std::filesystem::exists(f->into) ? plots::read_history(f->into) : plots::RegisterHistory{};
    plots::RegisterDiff changes;
    const plots::RegisterHistory after = plots::renew(before, list, day, sha256_file(f->list), f->options, changes);
    if (!f->dry_run) plots::write_history(f->into, after);
    std::cout << (f->json ? plots::to_json(changes) : plots::to_text(changes));
    if (!f->json)
      std::cout << (f->dry_run ? "dry run: nothing was written\n"
                               : fmt::format("{}: {} rows\n", f->into, after.rows.size()));
  });
}

}  // namespace

void add_plots(CLI::App& program) {
  auto* command = program.add_subcommand("plots", "Registers of plots: import, check, convert, diff");
  command->require_subcommand(1);
  command->footer(formats);
  add_import(*command);
  add_check(*command);
  add_convert(*command);
  add_diff(*command);
}

}  // namespace plotwatch::app
