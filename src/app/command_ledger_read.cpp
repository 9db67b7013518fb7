#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

#include <fmt/format.h>

#include "app/ledger_flags.hpp"
#include "app/ledger_text.hpp"
#include "app/register_flags.hpp"
#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "io/crs.hpp"
#include "ledger/case_layer.hpp"
#include "report/exports.hpp"

namespace plotwatch::app {
namespace {

using ledger::Access;
using ledger::Ledger;

void put_out(const std::string& out, const std::string& text) {
  if (out.empty())
    std::cout << text << std::flush;
  else
    io::write_file(out, text);
}

void add_list(CLI::App& parent) {
  auto* command = parent.add_subcommand("list", "Cases, the most urgent first");
  struct Flags {
    std::string where;
    FilterFlags filter;
    StampFlags stamp;
    bool json = false;
  };
  auto f = std::make_shared<Flags>();
  add_where(*command, f->where);
  f->filter.add_to(*command);
  f->stamp.add_to(*command);
  command->add_flag("--json", f->json, "As JSON");
  command->footer(
      "Order: severity, deadline, score.\n\nExamples\n  plotwatch ledger list daxing.gpkg --open --unit 黄村镇 --limit "
      "30\n"
      "  plotwatch ledger list daxing.gpkg --overdue --json");
  command->callback([f] {
    const Ledger opened = Ledger::open(f->where, Access::read);
    const ledger::CaseFilter filter = f->filter.filter(f->stamp.today());
    const std::vector<Case> cases = opened.cases(filter);
    std::cout << (f->json ? ledger::cases_json(cases) : list_text(cases, opened.count(filter))) << std::flush;
  });
}

void add_show(CLI::App& parent) {
  auto* command = parent.add_subcommand("show", "A case with every sighting, look and entry");
  struct Flags {
    std::string where, id;
    bool json = false;
  };
  auto f = std::make_shared<Flags>();
  add_where(*command, f->where);
  command->add_option("CASE", f->id, "Its id")->required();
  command->add_flag("--json", f->json, "As JSON");
  command->callback([f] {
    const Ledger opened = Ledger::open(f->where, Access::read);
    const std::optional<Case> found = opened.find_case(f->id);
    if (!found)
      throw Error(ExitCode::usage, "there is no such case", f->id, "plotwatch ledger list shows those there are.");
    const auto sightings = opened.sightings(found->id);
    const auto looks = opened.looks(found->id);
    const auto events = opened.events(found->id);
    std::cout << (f->json ? ledger::history_json(*found, sightings, looks, events)
                          : history_text(*found, sightings, looks, events))
              << std::flush;
  });
}

// A case as the last scan that saw it described it, for the writers of candidates.
report::ExportData export_data(const Ledger& ledger, const std::vector<Case>& cases) {
  report::ExportData data;
  data.crs = ledger.settings().crs;
  for (const Case& c : cases) {
    const std::vector<Sighting> sightings = ledger.sightings(c.id);
    Candidate candidate = sightings.empty() ? Candidate{} : sightings.back().candidate;
    candidate.id = c.id;
    candidate.rank = static_cast<int>(data.candidates.size()) + 1;
    candidate.geometry = c.geometry;
    candidate.first_date = c.last_clear_before;
    candidate.last_date = c.first_seen;
    candidate.area_m2 = c.area_m2;
    candidate.verdict = c.rule;
    candidate.verdict.deadline = c.deadline;
    data.candidates.push_back(std::move(candidate));
  }
  data.chips.resize(data.candidates.size());
  return data;
}

void add_export(CLI::App& parent) {
  auto* command = parent.add_subcommand("export", "Cases as files: KML, GPX, XLSX, CSV, patches, sheets, GeoPackage");
  struct Flags {
    std::string where, formats;
    std::filesystem::path out;
    FilterFlags filter;
    StampFlags stamp;
  };
  auto f = std::make_shared<Flags>();
  add_where(*command, f->where);
  command->add_option("--to", f->formats, "gpkg, kml, gpx, xlsx, csv, patches, sheets, separated by commas")
      ->required();
  command->add_option("--out", f->out, "Folder for the files")->required();
  f->filter.add_to(*command);
  f->stamp.add_to(*command);
  command->footer(
      "Dates in the files bracket the start: last clear date without it, first date with it.\n\n"
      "Example\n  plotwatch ledger export daxing.gpkg --open --unit 黄村镇 --to xlsx,kml,gpkg --out field/");
  command->callback([f] {
    // gpkg is ours; the other words belong to the writers of candidates.
    std::string others;
    bool geopackage = false;
    for (std::size_t at = 0; at < f->formats.size();) {
      const std::size_t end = std::min(f->formats.find(',', at), f->formats.size());
      const std::string word = f->formats.substr(at, end - at);
      if (word == "gpkg")
        geopackage = true;
      else
        others += word + ",";
      at = end + 1;
    }
    const std::vector<report::ExportFormat> formats = report::parse_exports(others);
    const Ledger opened = Ledger::open(f->where, Access::read);
    const std::vector<Case> cases = opened.cases(f->filter.filter(f->stamp.today()));
    std::error_code error;
    std::filesystem::create_directories(f->out, error);
    if (error)
      throw Error(ExitCode::output, "cannot be created: " + error.message(), f->out.string(),
                  "Check the path and its permissions.");
    if (!formats.empty())
      for (const std::string& name : report::write_exports(f->out, export_data(opened, cases), formats, std::nullopt))
        std::cout << (f->out / name).string() << "\n";
    if (geopackage) {
      io::write_geopackage((f->out / "cases.gpkg").string(), {ledger::case_layer(cases, opened.settings().crs)});
      std::cout << (f->out / "cases.gpkg").string() << "\n";
    }
  });
}

ledger::Period period_flag(const std::string& word) {
  return word == "month" ? ledger::Period::month : word == "year" ? ledger::Period::year : ledger::Period::quarter;
}

void add_stats(CLI::App& parent) {
  auto* command =
      parent.add_subcommand("stats", "By month, quarter or year, unit and status; and the district's key figure");
  struct Flags {
    std::string where, from, to, period = "quarter", out;
    std::vector<std::string> by, key_statuses;
    StampFlags stamp;
    bool json = false, csv = false;
  };
  auto f = std::make_shared<Flags>();
  add_where(*command, f->where);
  command->add_option("--from", f->from, "First day; default: January 1 of the year of --to");
  command->add_option("--to", f->to, "Last day; default: today");
  command->add_option("--period", f->period, "month, quarter or year")
      ->check(CLI::IsMember({"month", "quarter", "year"}))
      ->capture_default_str();
  command->add_option("--by", f->by, "unit, status (repeatable)")
      ->check(CLI::IsMember({"unit", "status"}))
      ->allow_extra_args(false);
  command
      ->add_option("--key-status", f->key_statuses,
                   "Statuses of key plots (repeatable); default: those of docs/ledger.md")
      ->allow_extra_args(false);
  command->add_option("--out", f->out, "File to write instead of standard output");
  command->add_flag("--json", f->json, "As JSON");
  command->add_flag("--csv", f->csv, "As CSV with Chinese columns")->excludes("--json");
  f->stamp.add_to(*command);
  command->footer(
      "Example\n  plotwatch ledger stats daxing.gpkg --from 2026-01-01 --to 2026-12-31 --by unit --csv --out 2026.csv");
  command->callback([f] {
    const Ledger opened = Ledger::open(f->where, Access::read);
    StatisticsReport report;
    report.district = opened.settings().district;
    ledger::StatisticsRequest& request = report.request;
    request.to = f->to.empty() ? f->stamp.today() : date_flag(f->to, "--to");
    request.from = f->from.empty() ? Date{request.to.year, 1, 1} : date_flag(f->from, "--from");
    if (request.to < request.from)
      throw Error(ExitCode::usage, "the last day lies before the first", "--to", "Exchange them.");
    request.period = period_flag(f->period);
    for (const std::string& by : f->by) (by == "unit" ? request.by_unit : request.by_status) = true;
    const std::vector<Case> cases = opened.cases({});
    report.rows = ledger::statistics(cases, request);
    for (int year = request.from.year; year <= request.to.year; ++year)
      report.key_figures.push_back(
          ledger::key_figure(cases, opened.plots(std::min(request.to, Date{year, 12, 31})), year,
                             f->key_statuses.empty() ? ledger::key_statuses() : f->key_statuses));
    put_out(f->out, f->json ? statistics_json(report) : f->csv ? statistics_csv(report) : statistics_text(report));
  });
}

void add_unseen(CLI::App& parent) {
  auto* command = parent.add_subcommand("unseen", "Plots without a clear view for longer than a limit");
  struct Flags {
    std::string where, out;
    int days = 30;
    StampFlags stamp;
    bool json = false, csv = false;
  };
  auto f = std::make_shared<Flags>();
  add_where(*command, f->where);
  command->add_option("--days", f->days, "Limit")->check(CLI::NonNegativeNumber)->capture_default_str();
  command->add_option("--out", f->out, "File to write instead of standard output");
  command->add_flag("--json", f->json, "As JSON");
  command->add_flag("--csv", f->csv, "As CSV with Chinese columns")->excludes("--json");
  f->stamp.add_to(*command);
  command->callback([f] {
    const Ledger opened = Ledger::open(f->where, Access::read);
    const Date today = f->stamp.today();
    const std::vector<ledger::LongUnseen> plots =
        ledger::long_unseen(opened.plots(today), opened.last_clear(today), today, f->days);
    put_out(f->out, f->json ? unseen_json(plots) : f->csv ? unseen_csv(plots) : unseen_text(plots, f->days));
  });
}

}  // namespace

void add_ledger_reading(CLI::App& ledger) {
  add_list(ledger);
  add_show(ledger);
  add_export(ledger);
  add_stats(ledger);
  add_unseen(ledger);
}

}  // namespace plotwatch::app
