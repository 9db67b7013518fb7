#include <atomic>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>

#include "app/commands.hpp"
#include "app/default_configs.hpp"
#include "app/progress.hpp"
#include "config/config.hpp"
#include "core/error.hpp"
#include "core/utc_time.hpp"
#include "pipeline/nightly/begin.hpp"
#include "pipeline/nightly/night.hpp"

namespace plotwatch::app {
namespace {

std::atomic<bool> stop_requested{false};

void request_stop(int) { stop_requested = true; }

struct Flags {
  std::string file, now, crs, district;
  std::vector<std::string> set;
  bool check = false, deliver = false, begin = false, json = false, print_config = false;
  int wait_seconds = 0;
};

config::LoadedOptions load(const Flags& f) {
  std::vector<config::Override> overrides;
  for (const std::string& s : f.set) {
    const auto equals = s.find('=');
    if (equals == std::string::npos)
      throw Error(ExitCode::usage, "\"" + s + "\" has no value", "--set", "Write --set field=value.");
    overrides.push_back({s.substr(0, equals), s.substr(equals + 1), "--set"});
  }
  config::LoadedOptions loaded = config::load(f.file, overrides, config::Purpose::nightly);
  if (loaded.options.run.rules.empty()) loaded.options.run.rules = default_rules();
  return loaded;
}

void run(const Flags& f, bool quiet) {
  const config::LoadedOptions loaded = load(f);
  if (f.print_config) {
    std::cout << config::print(loaded, config::Purpose::nightly);
    return;
  }
  pipeline::nightly::NightSettings settings;
  settings.wait_seconds = f.wait_seconds;
  settings.deliver_only = f.deliver;
  if (!f.now.empty()) {
    settings.now = parse_utc_time(f.now);
    if (!settings.now)
      throw Error(ExitCode::usage, "\"" + f.now + "\" is no moment", "--now", "Write it as 2026-11-23T21:05:00Z.");
  }
  std::signal(SIGINT, request_stop);
  std::signal(SIGTERM, request_stop);
  pipeline::nightly::NightSummary summary;
  {
    Progress progress(quiet);
    pipeline::Hooks hooks;
    hooks.progress = [&](std::string_view stage, double share) { progress.show(stage, share); };
    hooks.cancelled = &stop_requested;
    if (f.begin) pipeline::nightly::begin(loaded.options, {f.crs, f.district}, settings);
    summary = f.check ? pipeline::nightly::foresee(loaded.options, settings, hooks)
                      : pipeline::nightly::night(loaded.options, settings, hooks);
  }
  std::cout << (f.json ? to_json(summary) : to_text(summary));
  if (!f.check && summary.partial()) throw CLI::RuntimeError(static_cast<int>(ExitCode::partial));
}

}  // namespace

void add_nightly(CLI::App& program) {
  auto* command = program.add_subcommand(
      "nightly", "Finds new scenes, compares them with the best earlier ones, records, tells, and exits");
  auto f = std::make_shared<Flags>();
  command->add_option("CONFIG", f->file, "Configuration file (TOML)")->required()->check(CLI::ExistingFile);
  command->add_flag("--check,--dry-run", f->check, "Say what a night would do; write and send nothing");
  command->add_flag("--deliver", f->deliver, "Only send the messages that wait");
  command->add_option("--wait", f->wait_seconds, "Seconds to wait for another night to end")
      ->check(CLI::NonNegativeNumber);
  command->add_flag("--begin", f->begin, "Make the ledger first, where there is none")->group("First night");
  command->add_option("--crs", f->crs, "Of the new ledger; default: the register's, where it is in metres")
      ->group("First night");
  command->add_option("--district", f->district, "Name in messages and reports")->group("First night");
  command->add_option("--now", f->now, "The moment to work at, 2026-11-23T21:05:00Z: for replays")
      ->group("Configuration");
  command->add_option("--set", f->set, "Any field: --set alarm.unseen_days=30 (repeatable)")
      ->group("Configuration")
      ->allow_extra_args(false);
  command->add_flag("--print-config", f->print_config, "Print every field with its value and origin, and stop")
      ->group("Configuration");
  command->add_flag("--json", f->json, "The summary as JSON");
  command->footer(
      "Run it from a timer; docs/operating.md tells how to install, watch, back up and restore.\n"
      "Exit codes: 0 done; 9 done, but something was set aside or given up; 10 another night is at work.\n\n"
      "Examples\n"
      "  plotwatch nightly night.toml --begin --district 大兴区\n"
      "  plotwatch nightly night.toml --check\n"
      "  plotwatch nightly night.toml --deliver");
  command->callback([f, &program] { run(*f, program.count("--quiet") > 0); });
}

}  // namespace plotwatch::app
