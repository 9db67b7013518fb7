#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <memory>

#include <fmt/format.h>

#include "app/commands.hpp"
#include "app/options.hpp"
#include "app/progress.hpp"
#include "core/log.hpp"
#include "pipeline/plan.hpp"
#include "pipeline/scan.hpp"

namespace plotwatch::app {
namespace {

std::atomic<bool> stop_requested{false};

void request_stop(int) { stop_requested = true; }

void summarise(const ScanResult& r, const std::string& out) {
  std::array<int, 4> by_severity{};
  for (const Candidate& c : r.candidates) ++by_severity[static_cast<std::size_t>(c.verdict.severity)];
  const auto unseen =
      std::count_if(r.plots.begin(), r.plots.end(), [](const PlotResult& p) { return !p.observation.observable; });
  std::cout << fmt::format(
      "{} candidates of suspected construction (P0 {}, P1 {}, P2 {}, P3 {}) on {} plots; {} plots not observable\n",
      r.candidates.size(), by_severity[0], by_severity[1], by_severity[2], by_severity[3], r.plots.size(), unseen);
  std::cout << fmt::format("registration: {} (residual {:.2f} px)\n", r.registration.quality.reason,
                           r.registration.quality.residual_px);
  std::cout << "report: " << (std::filesystem::path(out) / "report.html").string() << "\n";
}

void run_scan(const ScanFlags& flags, bool quiet) {
  const config::LoadedOptions loaded = flags.load(config::Purpose::scan);
  if (flags.print_config()) {
    std::cout << config::print(loaded);
    return;
  }
  std::signal(SIGINT, request_stop);
  std::signal(SIGTERM, request_stop);
  pipeline::ScanSummary summary;
  {
    Progress progress(quiet);
    pipeline::Hooks hooks;
    hooks.progress = [&](std::string_view stage, double share) { progress.show(stage, share); };
    hooks.cancelled = &stop_requested;
    summary = pipeline::scan(loaded.options, hooks);
  }
  const std::string& out = loaded.options.run.out;
  if (summary.was_complete)
    std::cout << out << " already holds this scan, complete; nothing was done\n";
  else
    summarise(summary.result, out);
}

void run_plan(const ScanFlags& flags, bool json) {
  const config::LoadedOptions loaded = flags.load(config::Purpose::plan);
  if (flags.print_config()) {
    std::cout << config::print(loaded);
    return;
  }
  const pipeline::Inputs inputs = pipeline::gather(loaded.options);
  const pipeline::Plan plan = pipeline::plan(inputs, loaded.options);
  std::cout << (json ? pipeline::to_json(inputs, plan) : pipeline::to_text(inputs, plan));
}

}  // namespace

void add_scan(CLI::App& program) {
  auto* command = program.add_subcommand("scan", "Two scenes and a register of plots in, ranked candidates out");
  auto flags = std::make_shared<ScanFlags>(*command);
  command->callback([flags, &program] { run_scan(*flags, program.count("--quiet") > 0); });
}

void add_plan(CLI::App& program) {
  auto* command =
      program.add_subcommand("plan", "What a scan would do: scenes, tiles, pixels, memory; touches no pixels");
  auto flags = std::make_shared<ScanFlags>(*command);
  auto json = std::make_shared<bool>(false);
  command->add_flag("--json", *json, "As JSON");
  command->callback([flags, json] { run_plan(*flags, *json); });
}

}  // namespace plotwatch::app
