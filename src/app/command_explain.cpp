#include <filesystem>
#include <iostream>
#include <memory>

#include "app/commands.hpp"
#include "io/atomic_file.hpp"
#include "report/explain.hpp"

namespace plotwatch::app {

void add_explain(CLI::App& program) {
  auto* command = program.add_subcommand("explain", "Why a candidate is on the list: scores, spectra, shape, rule");
  struct Flags {
    std::string candidate;
    std::filesystem::path scan, html;
    bool json = false;
  };
  auto f = std::make_shared<Flags>();
  command->add_option("CANDIDATE", f->candidate, "Its rank or its id")->required();
  command->add_option("--scan", f->scan, "Folder that a scan wrote")->required()->check(CLI::ExistingDirectory);
  command->add_flag("--json", f->json, "As JSON");
  command->add_option("--html", f->html, "Also a page with both dates, scores, transitions and spectra as pictures");
  command->footer(
      "Printed are the scores and how often unchanged ground looks as changed, what each date shows of the ground,\n"
      "shape and place on the plot, how well the scenes lie on each other, masks, and the rule that decided.\n\n"
      "Examples\n"
      "  plotwatch explain 3 --scan out/ --html 3.html\n"
      "  plotwatch explain DX-001-E443418N4399758 --scan out/ --json");
  command->callback([f] {
    const report::Story story = report::read_story(f->scan, f->candidate);
    if (!f->html.empty()) io::write_file(f->html, report::to_html(story));
    std::cout << (f->json ? report::to_json(story) : report::to_text(story));
  });
}

}  // namespace plotwatch::app
