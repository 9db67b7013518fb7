// How long a ledger takes to take in a night and to answer, and how large it grows.
//   bench_ledger [PLOTS] [CASES] [WHERE]     10,000 plots, 50,000 cases, a file in the temporary folder
// Processor time of this process, and beside it what passed on the clock.
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>
#include <iostream>

#include "unit/ledger/office.hpp"

namespace plotwatch {
namespace {

template <class Work>
void tell(const std::string& what, Work work) {
  const std::clock_t start = std::clock();
  const auto begun = std::chrono::steady_clock::now();
  const std::string result = work();
  const double passed = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  std::cout << fmt::format("{:<58} {:>9.1f} ms processor {:>9.1f} ms clock   {}\n", what,
                           1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC, 1000 * passed, result)
            << std::flush;
}

test::Night night(int n, int plots, int first, int candidates, int clouded_every) {
  const Date after = Date::from_days(test::day("2025-01-01").days() + std::chrono::days{2 * n});
  test::Night one{fmt::format("scan-{:04}", n), "2024-06-01", after.iso(), {}, {}};
  for (int plot = 0; plot < plots; ++plot)
    one.observations.push_back(test::observation(plot, (plot + n) % clouded_every == 0 ? 0.6 : 1));
  for (int k = 0; k < candidates; ++k) {
    const int plot = (first + k) % plots, place = (first + k) / plots;
    one.candidates.push_back(test::candidate(plot, fmt::format("{}/{}", test::plot_code(plot), place),
                                             test::on_plot(plot, 10 + 70 * (place % 3), 10 + 70 * (place / 3 % 3), 30),
                                             Severity(k % 4)));
  }
  return one;
}

void run(int plots, int cases, const std::string& where) {
  ledger::Ledger ledger = ledger::Ledger::create(where, test::settings(), test::at("2024-01-01"));
  tell(fmt::format("record_register, {} plots", plots), [&] {
    ledger.record_register(test::plot_register(plots), "sha", test::day("2024-01-01"), test::at("2024-01-01"));
    return std::string();
  });
  // Ten nights open the cases; they go as the next ones do not see them again.
  const int nights = 10, each = cases / nights;
  int n = 0;
  tell(fmt::format("{} nights that open {} cases each", nights, each), [&] {
    for (; n < nights; ++n) test::record(ledger, night(n, plots, n * each, each, 10));
    return fmt::format("{} cases", ledger.count({}));
  });
  ledger::CaseFilter open;
  open.open = true;
  const auto quiet = [&](const char* what, int candidates) {
    tell(what, [&] {
      test::record(ledger, night(n++, plots, 0, candidates, 10));
      return fmt::format("{} open", ledger.count(open));
    });
  };
  for (int i = 0; i < 3; ++i) quiet("a night with 200 candidates, all cases open or going", 200);
  for (int i = 0; i < 3; ++i) quiet("a night with 200 candidates, most cases ended", 200);
  if (!io::is_postgres(where))
    std::cout << fmt::format("file: {:.1f} MB\n", static_cast<double>(std::filesystem::file_size(where)) / 1e6);
  ledger::CaseFilter filter = open;
  filter.limit = 50;
  tell("cases: first 50 open", [&] { return std::to_string(ledger.cases(filter).size()); });
  filter.units = {"黄村镇"};
  tell("cases: first 50 open of a unit", [&] { return std::to_string(ledger.cases(filter).size()); });
  filter = {};
  filter.text = "DX-0042";
  filter.limit = 50;
  tell("cases: text", [&] { return std::to_string(ledger.cases(filter).size()); });
  tell("count: all", [&] { return std::to_string(ledger.count({})); });
  tell("cases: all", [&] { return std::to_string(ledger.cases({}).size()); });
  const std::string id = ledger.cases(open).front().id;
  tell("find_case", [&] { return ledger.find_case(id)->id; });
  tell("looks", [&] { return std::to_string(ledger.looks(id).size()); });
  tell("judge", [&] {
    ledger.judge(id, Judgement::suspected, "", test::at("2026-01-01", "王"));
    return std::string();
  });
  tell("last_clear of all plots", [&] { return std::to_string(ledger.last_clear(test::day("2026-01-01")).size()); });
  tell("verify", [&] { return fmt::format("{} problems", ledger.verify().size()); });
}

}  // namespace
}  // namespace plotwatch

int main(int argc, char** argv) {
  const int plots = argc > 1 ? std::atoi(argv[1]) : 10'000, cases = argc > 2 ? std::atoi(argv[2]) : 50'000;
  const plotwatch::test::TemporaryFolder folder;
  plotwatch::run(plots, cases, argc > 3 ? argv[3] : folder.file("ledger.gpkg"));
}
