// How long a large register takes: read from boundary points, checked, taken into a history, asked for a day, and as
// many candidates judged and ranked. Processor time of this process, median of three runs.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>
#include <iostream>
#include <string>

#include <fmt/format.h>

#include "config/config.hpp"
#include "io/crs.hpp"
#include "plots/check_register.hpp"
#include "plots/history.hpp"
#include "plots/plot_register.hpp"
#include "plots/write_register.hpp"
#include "rules/priority.hpp"
#include "rules/rules.hpp"

namespace plotwatch {
namespace {

double seconds_of(const std::function<void()>& work) {
  std::array<double, 3> runs{};
  for (double& run : runs) {
    const std::clock_t start = std::clock();
    work();
    run = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  }
  std::sort(runs.begin(), runs.end());
  return runs[1];
}

// Plots of 24 corners on a grid; every second touches its neighbour, every fiftieth overlaps it.
PlotRegister make_register(int count) {
  PlotRegister r;
  r.crs = io::crs_from_user_input("EPSG:4527");
  const int columns = static_cast<int>(std::sqrt(count));
  for (int i = 0; i < count; ++i) {
    const double x = 39430000 + 120.0 * (i % columns) + (i % 50 == 0 ? 10 : 0), y = 4390000 + 130.0 * (i / columns);
    const double width = i % 2 ? 100 : 120;
    Ring ring;
    for (int k = 0; k <= 10; ++k) ring.push_back({x + width * k / 10, y + (k % 2 ? 0.5 : 0)});
    for (int k = 0; k <= 10; ++k) ring.push_back({x + width * (10 - k) / 10, y + 90 + (k % 2 ? 0.5 : 0)});
    ring.push_back(ring.front());
    Plot p;
    p.code = fmt::format("DX-{:05}", i);
    p.name = fmt::format("地块{}", i);
    p.status = i % 3 ? "survey_pending" : "listed";
    p.geometry = {{ring, {}}};
    r.plots.push_back(std::move(p));
  }
  return r;
}

std::vector<Candidate> judged(const RuleTable& table, const PlotRegister& plots) {
  std::vector<Candidate> all;
  for (std::size_t i = 0; i < plots.plots.size(); ++i) {
    const Plot& p = plots.plots[i];
    Candidate c;
    c.id = p.code;
    c.transition = {Cover::vegetation, i % 2 ? Cover::built : Cover::bare};
    c.area_m2 = static_cast<double>(100 + i * 37 % 5000);
    c.confidence = static_cast<double>(i * 7919 % 1000) / 1000;
    c.last_date = Date{2026, 6, 5};
    rules::Case facts{p.status, c.transition, *c.last_date};
    facts.area_m2 = c.area_m2;
    c.verdict = rules::judge(table, facts);
    all.push_back(std::move(c));
  }
  std::sort(all.begin(), all.end(), rules::comes_first);
  return all;
}

int run(int count) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / fmt::format("plotwatch-bench-{}", std::rand());
  fs::create_directories(folder);
  const std::string txt = (folder / "a.txt").string(), gpkg = (folder / "register.gpkg").string();
  const PlotRegister made = make_register(count);
  plots::write_register(txt, made);
  plots::RegisterRequest from_text, from_history;
  from_text.path = txt;
  from_text.default_status = "listed";
  from_history.path = gpkg;
  from_history.as_of = Date{2026, 6, 5};
  PlotRegister read;
  plots::RegisterHistory history;
  plots::RegisterDiff changes;
  std::size_t findings = 0, ranked = 0;
  const RuleTable table = config::load_rules(PLOTWATCH_SOURCE_DIR "/configs/rules/soil-plots.toml");
  fmt::print("{} plots, processor seconds, median of 3\n", count);
  const auto line = [](const char* what, double seconds) { fmt::print("  {:<44}{:8.2f}\n", what, seconds); };
  line("read boundary points (GB18030)", seconds_of([&] { read = plots::read_register(from_text); }));
  line("import into a new history, written", seconds_of([&] {
         history = plots::renew({}, read, {2026, 2, 28}, "", {}, changes);
         plots::write_history(gpkg, history);
       }));
  line("renewal with 1 in 10 plots changed", seconds_of([&] {
         PlotRegister next = read;
         for (std::size_t i = 0; i < next.plots.size(); i += 10) next.plots[i].status = "cleared";
         plots::renew(history, next, {2026, 8, 31}, "", {}, changes);
       }));
  line("read as of a day", seconds_of([&] { plots::read_register(from_history); }));
  line("check: geometry, areas, neighbours", seconds_of([&] {
         plots::CheckResult result = plots::check_register(from_text, {});
         findings = result.findings.size();
       }));
  line("judge and rank as many candidates", seconds_of([&] { ranked = judged(table, made).size(); }));
  fmt::print("  ({} findings, {} ranked)\n", findings, ranked);
  fs::remove_all(folder);
  return ranked == static_cast<std::size_t>(count) ? 0 : 1;
}

}  // namespace
}  // namespace plotwatch

int main(int argc, char** argv) { return plotwatch::run(argc > 1 ? std::atoi(argv[1]) : 10000); }
