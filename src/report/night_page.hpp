// The page that a night leaves: what was new, what could not be seen, and what became of each scene.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/ledger.hpp"
#include "model/news.hpp"

namespace plotwatch::report {

struct NightPage {
  struct Comparison {
    std::string before, reason;
    std::size_t plots = 0;
  };
  struct SceneRow {
    std::string id;
    std::optional<Date> date;
    SceneRecord::State state = SceneRecord::State::waiting;
    std::string reason;
    std::optional<double> clear_share;  // [0, 1]
    std::vector<Comparison> comparisons;
  };
  std::string district, started_at, ended_at, version, ledger_head;
  Date day;
  std::size_t opened = 0, confirmed = 0, gone = 0, overdue = 0, open_cases = 0;  // cases
  std::size_t plots = 0, plots_unseen = 0;
  std::size_t messages_sent = 0, messages_waiting = 0, messages_given_up = 0;
  std::vector<std::string> problems;
  std::vector<SceneRow> scenes;
  std::vector<Case> cases;         // open ones, most urgent first; may be cut
  std::vector<UnseenPlot> unseen;  // longest first
  int unseen_limit_days = 0;
};

// One self-contained page, in Chinese and English, in the look of report.html.
std::string night_page(const NightPage& night);

}  // namespace plotwatch::report
