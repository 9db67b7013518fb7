// Filled workbooks that were checked and wait for a person to say which rows are written. In memory: they are gone when
// the server stops, and the workbook is sent again.
#pragma once

#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "model/ledger.hpp"

namespace plotwatch::review {

struct ImportRow {
  enum class State { ready, same, conflict, error };
  int row = 0;  // of the sheet, from 2
  std::string case_id;
  Judgement judgement = Judgement::none;
  std::string reason, note;
  std::int64_t expected_sequence = 0;
  State state = State::error;
  std::string what, what_zh;  // why it is not ready
};

class ImportDesk {
 public:
  // Gives back the token. At most `most` wait; the oldest goes first.
  std::string keep(const std::string& account, std::vector<ImportRow> rows);
  // Of this account and token; taken away, so that nothing is written twice.
  std::optional<std::vector<ImportRow>> take(const std::string& account, const std::string& token);

 private:
  static constexpr std::size_t most = 32;
  struct Waiting {
    std::string token, account;
    std::vector<ImportRow> rows;
  };
  std::mutex mutex_;
  std::list<Waiting> waiting_;
};

}  // namespace plotwatch::review
