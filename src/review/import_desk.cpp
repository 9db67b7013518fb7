#include "review/import_desk.hpp"

#include <algorithm>

#include "review/password.hpp"

namespace plotwatch::review {

std::string ImportDesk::keep(const std::string& account, std::vector<ImportRow> rows) {
  const std::string token = random_token();
  const std::lock_guard lock(mutex_);
  if (waiting_.size() == most) waiting_.pop_front();
  waiting_.push_back({token, account, std::move(rows)});
  return token;
}

std::optional<std::vector<ImportRow>> ImportDesk::take(const std::string& account, const std::string& token) {
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(waiting_.begin(), waiting_.end(), [&](const Waiting& w) {
    return w.account == account && same_secret(w.token, token);
  });
  if (found == waiting_.end()) return std::nullopt;
  std::vector<ImportRow> rows = std::move(found->rows);
  waiting_.erase(found);
  return rows;
}

}  // namespace plotwatch::review
