// Errors a user can act on: what happened, where, and what to do. docs/exit-codes.md lists the codes.
#pragma once

#include <stdexcept>
#include <string>

namespace plotwatch {

enum class ExitCode : int {
  ok = 0,
  internal = 1,   // a defect of plotwatch itself
  usage = 2,      // command line cannot be understood
  config = 3,     // configuration or options are invalid
  input = 4,      // an input is missing, unreadable, truncated, or not what it must be
  mismatch = 5,   // inputs are fine one by one and do not fit together: no overlap, no shared roles, mixed calibration
  output = 6,     // an output cannot be written: permission, disk full
  resources = 7,  // memory budget too small for one tile; a device that was asked for is missing or failed
  findings = 8,   // a check was made and found problems
  partial = 9,    // a night did its work, but for scenes that were set aside or messages that were given up
  busy = 10,      // another process holds what this one needs
  interrupted = 130  // Ctrl-C or SIGTERM; --resume goes on
};

class Error : public std::runtime_error {
 public:
  // what: the fact, in a sentence. where: file, field or place; may be empty. advice: what to do; may be empty.
  Error(ExitCode code, std::string what, std::string where, std::string advice);

  ExitCode code() const { return code_; }
  const std::string& fact() const { return fact_; }
  const std::string& where() const { return where_; }
  const std::string& advice() const { return advice_; }

 private:
  ExitCode code_;
  std::string fact_, where_, advice_;
};

}  // namespace plotwatch
