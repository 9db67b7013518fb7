#include <iostream>
#include <memory>

#include "app/commands.hpp"
#include "core/error.hpp"
#include "evaluate/evaluate.hpp"

namespace plotwatch::app {

void add_evaluate(CLI::App& program) {
  auto* command =
      program.add_subcommand("evaluate", "A finished scan against known truth: pixels, plots, polygons, visits");
  struct Flags {
    evaluate::EvaluateRequest request;
    std::string raster, polygons;
    bool json = false;
  };
  auto f = std::make_shared<Flags>();
  command->add_option("SCAN", f->request.scan, "Folder that a scan wrote")->required()->check(CLI::ExistingDirectory);
  command->add_option("--truth", f->raster, "Truth raster: 0 not labelled, 1 unchanged, 2 changed");
  command->add_option("--truth-polygons", f->polygons, "Polygons of changed ground");
  command->add_option("--budget", f->request.budgets, "Visits, one or more numbers")->capture_default_str();
  command->add_option("--changed-pixels", f->request.changed_pixels, "Truth pixels that make a plot a changed one")
      ->capture_default_str();
  command
      ->add_option("--unchanged-share", f->request.unchanged_share,
                   "Share labelled unchanged that makes a plot an unchanged one")
      ->capture_default_str();
  command->add_flag("--json", f->json, "As JSON");
  command->callback([f] {
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
