// What `plotwatch ledger` prints for people, and the tables it writes.
#pragma once

#include <string>
#include <vector>

#include "ledger/ledger.hpp"
#include "ledger/statistics.hpp"

namespace plotwatch::app {

std::string list_text(const std::vector<Case>& cases, std::size_t all);
std::string history_text(const Case& c, const std::vector<Sighting>& sightings, const std::vector<CaseLook>& looks,
                         const std::vector<LedgerEvent>& events);

struct StatisticsReport {
  std::string district;
  ledger::StatisticsRequest request;
  std::vector<ledger::StatisticsRow> rows;
  std::vector<ledger::KeyFigure> key_figures;  // one a year of the request
};
std::string statistics_text(const StatisticsReport& report);  // Chinese and English
std::string statistics_json(const StatisticsReport& report);
std::string statistics_csv(const StatisticsReport& report);  // Chinese header, UTF-8 with a byte order mark

std::string unseen_text(const std::vector<ledger::LongUnseen>& plots, int limit_days);
std::string unseen_json(const std::vector<ledger::LongUnseen>& plots);
std::string unseen_csv(const std::vector<ledger::LongUnseen>& plots);

}  // namespace plotwatch::app
