// plotwatch ledger: making, checking, keeping. What it shows is in command_ledger_read.cpp, what people say in
// command_ledger_say.cpp.
#include <iostream>
#include <memory>

#include <fmt/format.h>

#include "app/commands.hpp"
#include "app/ledger_flags.hpp"
#include "app/register_flags.hpp"
#include "core/error.hpp"
#include "core/hash.hpp"
#include "io/crs.hpp"
#include "io/database.hpp"

namespace plotwatch::app {
namespace {

using ledger::Access;
using ledger::Ledger;

void add_init(CLI::App& parent) {
  auto* command = parent.add_subcommand("init", "Make a new, empty ledger");
  struct Flags {
    std::string where, crs;
    ledger::LedgerSettings settings;
    StampFlags stamp;
  };
  auto f = std::make_shared<Flags>();
  CasePolicy& p = f->settings.policy;
  add_where(*command, f->where);
  command->add_option("--crs", f->crs, "Projected, in metres: EPSG:4527 or a UTM zone")->required();
  command->add_option("--district", f->settings.district, "Name that reports carry");
  command->add_option("--confirm-looks", p.confirm_looks, "Dates on which a case is seen to be confirmed")
      ->capture_default_str();
  command->add_option("--establish-looks", p.establish_looks, "Dates to be established")->capture_default_str();
  command->add_option("--gone-looks", p.gone_looks, "Clear dates in a row without it to be gone")
      ->capture_default_str();
  command->add_option("--weak-confidence", p.weak_confidence, "Of a sighting that speaks neither for nor against")
      ->capture_default_str();
  command->add_option("--confirm-evidence", p.confirm_evidence, "Confidence above that, summed, that confirms a case")
      ->capture_default_str();
  command->add_option("--look-clear-share", p.look_clear_share, "Of its ground, for a date to count")
      ->capture_default_str();
  command->add_option("--match-overlap", p.match_overlap, "Over the smaller area, to be one case")
      ->capture_default_str();
  command->add_option("--match-distance", p.match_distance_m, "m; or this near")->capture_default_str();
  command->add_option("--regrow-ratio", p.regrow_ratio, "Growth with which a settled case comes back")
      ->capture_default_str();
  command->add_option("--regrow-min-area", p.regrow_min_area_m2, "m2 it has to grow by")->capture_default_str();
  f->stamp.add_to(*command);
  command->footer(
      "Examples\n  plotwatch ledger init daxing.gpkg --crs EPSG:4527 --district 大兴区\n"
      "  plotwatch ledger init postgresql://plotwatch@db/daxing --crs EPSG:4527");
  command->callback([f] {
    f->settings.crs = io::crs_from_user_input(f->crs);
    const Ledger made = Ledger::create(f->where, f->settings, f->stamp.stamp());
    std::cout << fmt::format("{}: new ledger {}, {}\n", f->where, made.id(), io::crs_name(f->settings.crs));
  });
}

void add_renewal(CLI::App& parent) {
  auto* command = parent.add_subcommand("register", "Take in a register of plots as it holds from a day on");
  struct Flags {
    std::string where, file, day;
    RegisterFlags reading;
    StampFlags stamp;
  };
  auto f = std::make_shared<Flags>();
  add_where(*command, f->where);
  command->add_option("PLOTS", f->file, "Register of plots")->required();
  command->add_option("--date", f->day, "First day on which it holds, YYYY-MM-DD")->required();
  f->reading.add_to(*command);
  f->stamp.add_to(*command);
  command->callback([f] {
    const PlotRegister plots = plots::read_register(f->reading.request(f->file));
    log_findings(plots);
    const bool changed =
        Ledger::open(f->where, Access::write)
            .record_register(plots, sha256_file(f->file), date_flag(f->day, "--date"), f->stamp.stamp());
    std::cout << (changed ? fmt::format("{} plots from {} on\n", plots.plots.size(), f->day) : "nothing has changed\n");
  });
}

void add_verify(CLI::App& parent) {
  auto* command = parent.add_subcommand("verify", "Whether anything was altered, taken out or put in another order");
  struct Flags {
    std::string where, head;
  };
  auto f = std::make_shared<Flags>();
  add_where(*command, f->where);
  command->add_option("--head", f->head, "Hash that an earlier verify printed: it must still be in the chain");
  command->footer(
      "Recomputes the chain and every table. Keep the printed hash elsewhere: it shows a chain that was cut\n"
      "off at its end.\n\nExit code 0: whole; 8: problems, listed.");
  command->callback([f] {
    const Ledger opened = Ledger::open(f->where, Access::read);
    std::vector<ledger::Problem> problems = opened.verify();
    if (!f->head.empty()) {
      bool found = false;
      for (const LedgerEvent& e : opened.events_after(0)) found = found || e.hash == f->head;
      if (!found)
        problems.push_back({opened.last_sequence(), "no entry has the hash that was named: the end was cut off"});
    }
    for (const ledger::Problem& p : problems) std::cout << p.what << "\n";
    std::cout << fmt::format("{} events, head {}\n", opened.last_sequence(), opened.head());
    if (!problems.empty())
      throw Error(ExitCode::findings, "the ledger is not what was recorded, see above", f->where,
                  "Restore it from a backup that verifies.");
  });
}

void add_backup(CLI::App& parent) {
  auto* command =
      parent.add_subcommand("backup", "A whole copy, of either kind, that verifies; also to restore or move");
  struct Flags {
    std::string from, to;
  };
  auto f = std::make_shared<Flags>();
  add_where(*command, f->from);
  command->add_option("TO", f->to, "New ledger: a path or a postgresql:// URL")->required();
  command->footer(
      "Others may go on writing meanwhile: the copy is of one moment.\n\n"
      "Example\n  plotwatch ledger backup postgresql://db/daxing daxing-2026-11-23.gpkg");
  command->callback([f] {
    Ledger::open(f->from, Access::read).copy_to(f->to);
    const Ledger copy = Ledger::open(f->to, Access::read);
    std::cout << fmt::format("{}: {} events, head {}, verified\n", f->to, copy.last_sequence(), copy.head());
  });
}

void add_merge(CLI::App& parent) {
  auto* command =
      parent.add_subcommand("merge", "Take in what another office's ledger knows: scans, and what people said");
  struct Flags {
    std::string where, other;
    StampFlags stamp;
  };
  auto f = std::make_shared<Flags>();
  add_where(*command, f->where);
  command->add_option("OTHER", f->other, "Ledger of the other office; it is only read")->required();
  f->stamp.add_to(*command);
  command->callback([f] {
    const Ledger other = Ledger::open(f->other, Access::read);
    const Ledger::Merged merged = Ledger::open(f->where, Access::write).merge(other, f->stamp.stamp());
    std::cout << fmt::format(
        "{} scans and {} entries of people taken in, {} entries left out (their sightings are not known here)\n",
        merged.scans, merged.judgements, merged.skipped);
  });
}

void add_upgrade(CLI::App& parent) {
  auto* command = parent.add_subcommand("upgrade", "Bring an older ledger to this version's schema; back it up first");
  auto where = std::make_shared<std::string>();
  add_where(*command, *where);
  command->callback([where] {
    const Ledger opened = Ledger::open(*where, Access::write);
    std::cout << fmt::format("{}: up to date, {} events\n", *where, opened.last_sequence());
  });
}

}  // namespace

void add_ledger(CLI::App& program) {
  auto* command =
      program.add_subcommand("ledger", "The lasting record: cases over all scans, and what people said of them");
  command->require_subcommand(1);
  add_init(*command);
  add_renewal(*command);
  add_ledger_reading(*command);
  add_ledger_saying(*command);
  add_verify(*command);
  add_backup(*command);
  add_merge(*command);
  add_upgrade(*command);
}

}  // namespace plotwatch::app
