// Flags that several subcommands of `plotwatch ledger` share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "ledger/ledger.hpp"

namespace plotwatch::app {

// The positional LEDGER: a path or a postgresql:// URL.
void add_where(CLI::App& command, std::string& where);

// Who says it (--as, else the name in the environment) and when (--now, else the clock).
class StampFlags {
 public:
  void add_to(CLI::App& command);
  Stamp stamp() const;  // throws Error(usage) without a name
  Date today() const;

 private:
  std::string actor_, now_;
};

// Which cases.
class FilterFlags {
 public:
  void add_to(CLI::App& command);
  ledger::CaseFilter filter(const Date& today) const;  // throws Error(usage)

 private:
  std::vector<std::string> tiers_, units_, statuses_, rules_, plots_, severities_, judgements_;
  std::string from_, to_, text_;
  bool open_ = false, closed_ = false, overdue_ = false;
  std::size_t offset_ = 0, limit_ = 0;
};

void add_ledger_reading(CLI::App& ledger);  // list, show, export, stats, unseen
void add_ledger_saying(CLI::App& ledger);   // judge, agree, undo, assign, note, close, reopen, penalised, put-right

}  // namespace plotwatch::app
