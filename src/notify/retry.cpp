#include "notify/retry.hpp"

#include <algorithm>

namespace plotwatch::notify {

OutboxMessage after_attempt(OutboxMessage message, const std::string& problem, const NotifyOptions& options,
                            UtcTime now) {
  using State = OutboxMessage::State;
  ++message.attempts;
  message.last_error = problem;
  if (problem.empty()) {
    message.state = State::sent;
    message.sent_at = utc_text(now);
    message.next_attempt_at.clear();
  } else if (message.attempts >= options.max_attempts) {
    message.state = State::given_up;
    message.next_attempt_at.clear();
  } else {
    const std::chrono::minutes day{24 * 60};
    const int doublings = std::min(message.attempts - 1, 12);  // a day is reached long before
    const auto pause = std::min(std::chrono::minutes{options.first_pause_minutes} * (1 << doublings), day);
    message.state = State::pending;
    message.next_attempt_at = utc_text(now + pause);
  }
  return message;
}

bool is_due(const OutboxMessage& message, UtcTime now) {
  if (message.state == OutboxMessage::State::sending) return true;
  if (message.state != OutboxMessage::State::pending) return false;
  const auto moment = parse_utc_time(message.next_attempt_at);
  // A pause is never longer than a day: a later moment is a clock that was wrong when it was written.
  return !moment || *moment <= now || *moment > now + std::chrono::hours(25);
}

}  // namespace plotwatch::notify
