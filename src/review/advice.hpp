// What verdicts teach: how often each rule, sensor and plot was a false alarm, and from which confidence on it would
// not have been. A person accepts a proposal or not; accepted ones put cases below it after the others of their
// severity. None hides a case.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/accounts.hpp"
#include "model/ledger.hpp"
#include "review/case_board.hpp"

namespace plotwatch::review {

struct Advice {
  std::string id;           // "rule:R12"
  std::string by, subject;  // "rule" | "sensor" | "plot"
  int judged = 0, false_alarms = 0;
  double rate = 0;                   // false_alarms / judged
  std::optional<double> confidence;  // below it false alarms alone were found; empty: nothing is proposed
  int below_false = 0;               // judged cases below it
  std::string state = "open";        // "accepted", "declined": of this very proposal
};

// Groups of at least 5 judged cases. False alarms: farm work and false change. Real: construction, suspected,
// permitted, remediation: something was built or dug. Unclear ones count for neither. A confidence is proposed where at
// least 3 false alarms, and a fifth of the group's, lie below every real one; two decimals, rounded down.
std::vector<Advice> advise(std::span<const std::shared_ptr<const BoardCase>> cases);

// What was said of proposals, from the chain.
struct AdviceAnswers {
  std::vector<std::pair<std::string, bool>> last;  // proposal ("rule:R12@0.40") → accepted
  std::vector<ConfidenceThreshold> accepted;       // the last accepted one of each group that was not declined since
};
AdviceAnswers advice_answers(const ledger::ReviewStore& store);
std::vector<ConfidenceThreshold> accepted_thresholds(const ledger::ReviewStore& store);
std::string proposal_of(const Advice& advice);  // "rule:R12@0.40"

bool below_threshold(const BoardCase& c, std::span<const ConfidenceThreshold> thresholds);

}  // namespace plotwatch::review
