#include <filesystem>
#include <iostream>
#include <memory>

#include <fmt/format.h>

#include "app/commands.hpp"
#include "core/error.hpp"
#include "evaluate/evaluate.hpp"
#include "evaluate/history.hpp"
#include "evaluate/history_files.hpp"

namespace plotwatch::app {
namespace {

struct HistoryFlags {
  std::string folder, cases, views;
  evaluate::HistoryRules rules;
};

evaluate::HistoryFigures evaluate_history(const HistoryFlags& f) {
  if (f.cases.empty()) throw Error(ExitCode::usage, "no cases are given", "evaluate --history", "Give --cases FILE.");
  if (const auto problems = f.rules.problems(); !problems.empty())
    throw Error(ExitCode::config, fmt::format("{}", fmt::join(problems, "; ")), "evaluate --history",
                "Correct these options.");
  const evaluate::HistoryTruth truth = evaluate::read_history_truth(f.folder);
  const std::string views = f.views.empty() ? (std::filesystem::path(f.folder) / "views.csv").string() : f.views;
  return evaluate::history_figures(truth, evaluate::read_cases(f.cases, truth.crs),
                                   evaluate::read_clear_views(views, f.rules.clear_share), f.rules);
}

}  // namespace

void add_evaluate(CLI::App& program) {
  auto* command = program.add_subcommand(
      "evaluate",
      "A finished scan against known truth: pixels, plots, polygons, visits; or cases against a simulated history");
  struct Flags {
    evaluate::EvaluateRequest request;
    HistoryFlags history;
    std::string raster, polygons;
    bool json = false;
  };
  auto f = std::make_shared<Flags>();
  command->add_option("SCAN", f->request.scan, "Folder that a scan wrote")->check(CLI::ExistingDirectory);
  command->add_option("--truth", f->raster, "Truth raster: 0 not labelled, 1 unchanged, 2 changed");
  command->add_option("--truth-polygons", f->polygons, "Polygons of changed ground");
  command->add_option("--budget", f->request.budgets, "Visits, one or more numbers")->capture_default_str();
  command->add_option("--changed-pixels", f->request.changed_pixels, "Truth pixels that make a plot a changed one")
      ->capture_default_str();
  command
      ->add_option("--unchanged-share", f->request.unchanged_share,
                   "Share labelled unchanged that makes a plot an unchanged one")
      ->capture_default_str();
  auto* history = command
                      ->add_option("--history", f->history.folder,
                                   "Instead of a scan: folder that `simulate season` wrote, the truth for --cases")
                      ->check(CLI::ExistingDirectory);
  command->add_option("--cases", f->history.cases, "Cases of a record: layer `cases` of a GeoPackage, or CSV")
      ->needs(history);
  command->add_option("--views", f->history.views, "CSV of clear views of plots; without: views.csv of the history")
      ->needs(history);
  command->add_option("--clear-share", f->history.rules.clear_share, "Share of a plot that makes a view a clear one")
      ->capture_default_str();
  command->add_option("--large", f->history.rules.large_px, "Pixels that make a site a large one")
      ->capture_default_str();
  command
      ->add_option("--least-looks", f->history.rules.least_looks,
                   "Clear views after its start without which a site is not counted as missed")
      ->capture_default_str();
  command->add_flag("--json", f->json, "As JSON");
  command->callback([f] {
    if (!f->history.folder.empty()) {
      if (!f->request.scan.empty())
        throw Error(ExitCode::usage, "a scan and a history are given", "evaluate", "Give one of them.");
      const evaluate::HistoryFigures figures = evaluate_history(f->history);
      std::cout << (f->json ? evaluate::to_json(figures) : evaluate::to_text(figures));
      return;
    }
    if (f->request.scan.empty())
      throw Error(ExitCode::usage, "no scan is given", "evaluate", "Give the folder that a scan wrote, or --history.");
    if (!f->raster.empty()) f->request.truth_raster = f->raster;
    if (!f->polygons.empty()) f->request.truth_polygons = f->polygons;
    if (!f->request.truth_raster && !f->request.truth_polygons)
      throw Error(ExitCode::usage, "no truth is given", "evaluate",
                  "Give --truth FILE, --truth-polygons FILE, or both.");
    const Evaluation result = evaluate::evaluate(f->request);
    std::cout << (f->json ? evaluate::to_json(result) : evaluate::to_text(result));
  });
}

}  // namespace plotwatch::app
