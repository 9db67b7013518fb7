// Makes a small ledger for tests of the command line: make_ledger PATH. Three plots, three nights, a case confirmed.
#include <iostream>

#include "unit/ledger/office.hpp"

int main(int argc, char** argv) {
  using namespace plotwatch;
  if (argc != 2) return 2;
  ledger::Ledger ledger = ledger::Ledger::create(argv[1], test::settings(), test::at("2026-01-01"));
  ledger.record_register(test::plot_register(3), "sha", test::day("2026-01-01"), test::at("2026-01-01"));
  for (const char* after : {"2026-03-15", "2026-03-20", "2026-03-25"}) {
    test::Night night{std::string("scan-") + after, "2026-01-10", after, {}, {}};
    for (int plot : {0, 1}) {
      night.observations.push_back(test::observation(plot));
      if (plot == 1 && std::string(after) != "2026-03-25") continue;
      night.candidates.push_back(
          test::candidate(plot, test::plot_code(plot) + "/1", test::on_plot(plot, 50, 50, 40), Severity(plot)));
      night.candidates.back().verdict.deadline = add_working_days(test::day(after), 10, {});
    }
    test::record(ledger, night);
  }
}
