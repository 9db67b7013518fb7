// Which cases a request asks for, and in which order.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "review/case_board.hpp"
#include "review/http/message.hpp"

namespace plotwatch::review {

enum class CaseOrder { priority, deadline, first_seen, area };

// Empty members leave nothing out.
struct CaseQuery {
  std::optional<bool> open;
  std::set<Tier> tiers;
  std::set<Severity> severities;
  std::set<Judgement> judgements;
  std::set<std::string> units, statuses, rules;
  bool overdue = false;          // open, to be visited, and past the deadline
  std::string assigned_to;       // "mine"
  std::optional<Date> from, to;  // of first_seen, inclusive
  std::string text;              // in id, code or name of the plot; case does not matter
  CaseOrder order = CaseOrder::priority;
  std::size_t offset = 0, limit = 200;
};

constexpr std::size_t most_cases_a_page = 1000;

// Throws ApiError 422 for a value that is none, or a name that is not known here. `me`: who asks.
CaseQuery parse_case_query(const Request& request, const std::string& me);

bool overdue(const Case& record, const Date& today);

// `unit`: only what this unit may see; empty: all.
bool matches(const BoardCase& c, const CaseQuery& query, const std::string& unit, const Date& today);

// All that match, in the order asked for; offset and limit are for the caller.
std::vector<const BoardCase*> select(const Board& board, const CaseQuery& query, const std::string& unit,
                                     const Date& today);

}  // namespace plotwatch::review
