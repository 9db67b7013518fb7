// All cases of a ledger in memory, so that a list of 50 000 is filtered and sorted in milliseconds. One state of the
// ledger each; nothing of it changes once it is made.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/ledger.hpp"
#include "model/plot.hpp"
#include "review/ledgers.hpp"

namespace plotwatch::review {

// Accepted advice: cases below a confidence are shown after the others of their severity.
struct ConfidenceThreshold {
  std::string by, subject;  // "rule" | "sensor" | "plot", and which one
  double confidence = 0;
  bool operator==(const ConfidenceThreshold&) const = default;
};

struct BoardCase {
  Case record;
  Box box;                    // of its geometry
  std::int64_t sequence = 0;  // of its last event
  std::string sensor;         // of its latest scan
  bool below_threshold = false;
};

struct BoardPlots {
  PlotRegister plots;  // as they hold today
  std::vector<Box> boxes;
  std::vector<std::optional<Date>> last_clear;  // parallel to plots
  std::unordered_map<std::string, std::size_t> by_code;
};

struct Board {
  std::int64_t sequence = 0;                            // of the ledger's last event that is in it
  std::vector<std::shared_ptr<const BoardCase>> cases;  // most urgent first
  std::unordered_map<std::string, std::size_t> by_id;   // into cases
  std::unordered_map<std::string, ScanRecord> scans;    // by id
  std::vector<ConfidenceThreshold> thresholds;
  std::shared_ptr<const BoardPlots> plots;

  const BoardCase* find(const std::string& id) const;
};

// Most urgent first: open, severity, below a threshold after the others, days to the deadline, how sure. The id breaks
// ties.
bool more_urgent(const BoardCase& a, const BoardCase& b);

class BoardKeeper {
 public:
  BoardKeeper(Ledgers& ledgers, std::function<Date()> today) : ledgers_(ledgers), today_(std::move(today)) {}

  // The ledger as it is now. While another thread reads a new state, an older one that holds event `at_least` already.
  std::shared_ptr<const Board> board(std::int64_t at_least = 0);

 private:
  std::shared_ptr<const Board> current() const;
  std::shared_ptr<const Board> read_all(const Books& books) const;
  std::shared_ptr<const Board> read_changes(const ledger::Ledger& ledger, const Board& before) const;

  Ledgers& ledgers_;
  std::function<Date()> today_;
  std::mutex reading_;          // one reads a new state
  mutable std::mutex pointer_;  // the pointer below
  std::shared_ptr<const Board> board_;
  Date day_;  // of board_: plots hold from day to day
};

}  // namespace plotwatch::review
