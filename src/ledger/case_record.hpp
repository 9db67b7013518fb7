// From tracks to the records of cases: ids, the rule that counts, the deadline. Private to ledger.
#pragma once

#include <vector>

#include "ledger/history.hpp"
#include "ledger/track.hpp"

namespace plotwatch::ledger {

std::vector<CaseHistory> case_records(const PlotHistory& history, const std::vector<Track>& tracks,
                                      const CasePolicy& policy, const WorkCalendar& calendar);

}  // namespace plotwatch::ledger
