// One function a subcommand: adds it to the program. Its work runs in the callback.
#pragma once

#include <CLI/CLI.hpp>

namespace plotwatch::app {

void add_scan(CLI::App& program);
void add_plan(CLI::App& program);
void add_info(CLI::App& program);
void add_register(CLI::App& program);
void add_devices(CLI::App& program);
void add_evaluate(CLI::App& program);
void add_simulate(CLI::App& program);
void add_plots(CLI::App& program);
void add_rules(CLI::App& program);
void add_explain(CLI::App& program);
void add_export(CLI::App& program);
void add_ledger(CLI::App& program);
void add_nightly(CLI::App& program);
void add_replay(CLI::App& program);
void add_serve(CLI::App& program);

}  // namespace plotwatch::app
