// What one night tells people: cases that are new, confirmed, gone or overdue, and plots that could not be seen.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "model/ledger.hpp"

namespace plotwatch {

struct UnseenPlot {
  std::string code, name, unit;
  std::optional<Date> last_clear;  // empty: never
  int days = 0;                    // since then; or since the first scene
};

struct NightNews {
  std::string district, ledger_id;
  Date day;
  std::vector<Case> opened, confirmed, gone, overdue;  // most urgent first
  std::vector<UnseenPlot> unseen;                      // longest first
  int unseen_limit_days = 0;

  bool empty() const {
    return opened.empty() && confirmed.empty() && gone.empty() && overdue.empty() && unseen.empty();
  }
};

}  // namespace plotwatch
