#include <iostream>
#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/commands.hpp"
#include "app/default_configs.hpp"
#include "app/register_flags.hpp"
#include "config/config.hpp"
#include "core/error.hpp"
#include "rules/rules.hpp"

namespace plotwatch::app {
namespace {

RuleTable load(const std::string& file) { return config::load_rules(file.empty() ? default_rules() : file); }

// "water=120" -> one distance.
void add_distance(const std::string& text, rules::Case& facts) {
  const std::size_t equals = text.find('=');
  double metres = 0;
  if (equals == std::string::npos || !CLI::detail::lexical_cast(text.substr(equals + 1), metres))
    throw Error(ExitCode::usage, "\"" + text + "\" is no distance", "--distance", "Write --distance water=120.");
  facts.distance_m[text.substr(0, equals)] = metres;
}

std::vector<std::string_view> stage_names() {
  std::vector<std::string_view> names;
  for (const Stage stage : all_stages()) names.push_back(name(stage));
  return names;
}

void add_rules_explain(CLI::App& command_rules) {
  auto* command = command_rules.add_subcommand("explain", "Which row decides a case, and why no row before it does");
  struct Flags {
    std::string rules, status, transition, date, due, permit, stage;
    std::vector<std::string> distances;
    double area = -1;
  };
  auto f = std::make_shared<Flags>();
  command->add_option("--rules", f->rules, "Rules table (TOML); default: the one that comes with plotwatch");
  command->add_option("--status", f->status, "Status code of the plot; left out: none");
  command->add_option("--transition", f->transition, "bare->built, vegetation->bare, …, \"other change\"")->required();
  command->add_option("--date", f->date, "Day of the after scene, YYYY-MM-DD")->required();
  command->add_option("--area", f->area, "m2 of the candidate")->check(CLI::NonNegativeNumber);
  command->add_option("--distance", f->distances, "Metres to a layer of surroundings: water=120 (repeatable)")
      ->allow_extra_args(false);
  command->add_option("--due", f->due, "Day for which something was promised of the plot");
  command->add_option("--stage", f->stage, "What seems to have happened: clearing, building, crop, …");
  command->add_option("--permit", f->permit, "Kind of a document that covers the change: remediation_plan, permit");
  command->footer(
      "Example\n  plotwatch rules explain --status listed --transition 'bare->built' --date 2026-05-01 --area 900");
  command->callback([f] {
    rules::Case facts;
    facts.status = f->status;
    const std::optional<Transition> transition = parse_transition(f->transition);
    if (!transition)
      throw Error(ExitCode::usage, "\"" + f->transition + "\" is no transition", "--transition",
                  "Write two of vegetation, bare, built, water with -> between them, or \"other change\".");
    facts.transition = *transition;
    facts.date = date_flag(f->date, "--date");
    if (f->area >= 0) facts.area_m2 = f->area;
    if (!f->due.empty()) facts.due = date_flag(f->due, "--due");
    if (!f->stage.empty()) {
      facts.stage = parse_stage(f->stage);
      if (!facts.stage)
        throw Error(ExitCode::usage, "\"" + f->stage + "\" is no stage", "--stage",
                    fmt::format("Choose one of: {}.", fmt::join(stage_names(), ", ")));
    }
    for (const std::string& d : f->distances) add_distance(d, facts);
    if (!f->permit.empty()) {
      Permit permit;
      permit.kind = f->permit;
      permit.name = f->permit;
      facts.permits.push_back({permit, 1});
    }
    std::cout << rules::to_text(rules::explain(load(f->rules), facts), facts);
  });
}

void add_rules_check(CLI::App& command_rules) {
  auto* command =
      command_rules.add_subcommand("check", "Rows that can never decide, and rows that only their order tells apart");
  auto file = std::make_shared<std::string>();
  command->add_option("RULES", *file, "Rules table (TOML); default: the one that comes with plotwatch");
  command->footer("Exit code 0: nothing found; 8: something was.");
  command->callback([file] {
    const RuleTable table = load(*file);
    const std::vector<std::string> problems = rules::problems(table), conflicts = rules::conflicts(table);
    for (const std::string& p : problems) std::cout << p << "\n";
    for (const std::string& c : conflicts) std::cout << c << "\n";
    std::size_t unverified = 0;
    for (const Rule& rule : table.rules) unverified += !rule.verified;
    std::cout
        << fmt::format(
               "{}: {} rules, {} with a basis that nobody has read in the text of the law; {} problems, {} conflicts\n",
               table.source, table.rules.size(), unverified, problems.size(), conflicts.size())
        << std::flush;
    if (!problems.empty() || !conflicts.empty())
      throw Error(ExitCode::findings, "the table has problems, listed above", table.source,
                  "Remove or narrow the rows named; plotwatch rules explain shows which row decides a case.");
  });
}

}  // namespace

void add_rules(CLI::App& program) {
  auto* command = program.add_subcommand("rules", "Tables of rules: explain a decision, check a table");
  command->require_subcommand(1);
  add_rules_explain(*command);
  add_rules_check(*command);
}

}  // namespace plotwatch::app
