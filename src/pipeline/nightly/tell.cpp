#include "pipeline/nightly/tell.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/hash.hpp"
#include "core/log.hpp"
#include "io/atomic_file.hpp"
#include "notify/channels.hpp"
#include "notify/retry.hpp"
#include "notify/send.hpp"

namespace plotwatch::pipeline::nightly {
namespace {

using State = OutboxMessage::State;

bool awaits_visit(const Case& c) {
  return c.open && !c.merged_into &&
         (c.judgement == Judgement::none || c.judgement == Judgement::suspected || c.judgement == Judgement::unclear);
}

bool more_urgent(const Case& a, const Case& b) {
  if (a.rule.severity != b.rule.severity) return a.rule.severity < b.rule.severity;
  const Date far{9999, 12, 31};
  const Date x = a.deadline.value_or(far), y = b.deadline.value_or(far);
  return x != y ? x < y : a.id < b.id;
}

// The day of the newest message to a channel, which its id carries: "mail/2026-11-23/…".
std::optional<Date> told_on(const ledger::Ledger& ledger, const std::string& channel) {
  std::optional<Date> newest;
  const std::string prefix = channel + "/";
  for (const OutboxMessage& m : ledger.outbox())
    if (m.id.starts_with(prefix))
      if (const auto day = parse_date(m.id.substr(prefix.size(), 10)); day && (!newest || *newest < *day)) newest = day;
  return newest;
}

std::vector<Case> cases_of(const ledger::Ledger& ledger, const std::set<std::string>& ids) {
  std::map<std::string, Case> found;  // ids that were joined lead to one case
  for (const std::string& id : ids)
    if (auto c = ledger.find_case(id)) found.emplace(c->id, std::move(*c));
  std::vector<Case> cases;
  for (auto& [id, c] : found) cases.push_back(std::move(c));
  std::sort(cases.begin(), cases.end(), more_urgent);
  return cases;
}

NightNews news_since(const Night& night, std::int64_t sequence, const std::optional<Date>& last_told) {
  NightNews news;
  news.district = night.ledger.settings().district;
  news.ledger_id = night.ledger.id();
  news.day = night.today;
  news.unseen_limit_days = night.o().alarm.unseen_days;
  std::set<std::string> opened, confirmed, gone;
  for (const LedgerEvent& e : night.ledger.events_after(sequence)) {
    if (e.kind == "case_opened" || e.kind == "case_returned") opened.insert(e.subject);
    if (e.kind == "case_confirmed") confirmed.insert(e.subject);
    if (e.kind == "case_gone") gone.insert(e.subject);
  }
  // Told is how each stands now: what opened and was confirmed since then is one line, under "confirmed".
  for (Case& c : cases_of(night.ledger, confirmed))
    if (awaits_visit(c)) news.confirmed.push_back(std::move(c));
  for (Case& c : cases_of(night.ledger, opened))
    if (awaits_visit(c) && !confirmed.contains(c.id)) news.opened.push_back(std::move(c));
  for (Case& c : cases_of(night.ledger, gone))
    if (c.tier == Tier::gone && !c.merged_into && c.confirmed_on) news.gone.push_back(std::move(c));
  ledger::CaseFilter filter;
  filter.overdue_on = night.today;
  for (Case& c : night.ledger.cases(filter))
    if (awaits_visit(c) && c.deadline && *c.deadline < night.today && !(last_told && *c.deadline < *last_told))
      news.overdue.push_back(std::move(c));
  std::sort(news.overdue.begin(), news.overdue.end(), more_urgent);
  const int passed = last_told ? static_cast<int>((night.today.days() - last_told->days()).count()) : 0;
  for (UnseenPlot& p : unseen_plots(night.ledger, night.today, news.unseen_limit_days))
    if (!last_told || p.days - passed <= news.unseen_limit_days) news.unseen.push_back(std::move(p));
  return news;
}

void write_digest(const Night& night, const OutboxMessage& message) {
  const std::filesystem::path folder = night.o().notify.digest;
  std::error_code ignored;
  std::filesystem::create_directories(folder, ignored);
  io::write_file(folder / (file_name_for(message.id.substr(message.id.find('/') + 1)) + ".txt"), message.body);
}

std::string attempt(Night& night, const OutboxMessage& message, bool repeated) {
  try {
    if (message.channel == "digest" && !night.o().notify.digest.empty()) {
      write_digest(night, message);
      return "";
    }
    return notify::send(message, repeated, night.o().notify, night.moment());
  } catch (const Error& e) {
    if (e.code() != ExitCode::config && e.code() != ExitCode::output) throw;
    return e.what();
  }
}

}  // namespace

std::vector<UnseenPlot> unseen_plots(const ledger::Ledger& ledger, const Date& today, int limit_days) {
  std::optional<Date> first_scene;
  for (const SceneRecord& s : ledger.scenes())
    if (s.state == SceneRecord::State::used && s.date && (!first_scene || *s.date < *first_scene)) first_scene = s.date;
  if (!first_scene) return {};
  const PlotRegister plots = ledger.plots(today);
  const std::vector<std::optional<Date>> last = ledger.last_clear(today);
  std::vector<UnseenPlot> unseen;
  for (std::size_t i = 0; i < plots.plots.size() && i < last.size(); ++i) {
    const Plot& plot = plots.plots[i];
    const Date since = last[i].value_or(plot.listed_from ? std::max(*plot.listed_from, *first_scene) : *first_scene);
    const int days = static_cast<int>((today.days() - since.days()).count());
    if (days > limit_days) unseen.push_back({plot.code, plot.name, plot.unit, last[i], days});
  }
  std::sort(unseen.begin(), unseen.end(), [](const UnseenPlot& a, const UnseenPlot& b) {
    return a.days != b.days ? a.days > b.days : a.code < b.code;
  });
  return unseen;
}

void queue_news(Night& night) {
  const std::int64_t through = night.ledger.last_sequence();
  for (const std::string& channel : notify::channels(night.o().notify)) {
    const std::int64_t from = night.ledger.told_through(channel);
    const NightNews news = news_since(night, from, told_on(night.ledger, channel));
    std::vector<OutboxMessage> messages;
    if (!news.empty()) {
      OutboxMessage m = notify::message_for(channel, news, night.o().notify);
      // The same news on the same day is the same message; other news on that day is another.
      m.id =
          fmt::format("{}/{}/{}", channel, night.today.iso(), sha256(night.ledger.id() + "\n" + m.body).substr(0, 16));
      m.next_attempt_at = night.stamp.at;
      messages.push_back(std::move(m));
    }
    if (!messages.empty() || through > from) night.ledger.queue(channel, through, messages);
  }
}

void deliver(Night& night) {
  for (OutboxMessage message : night.ledger.outbox()) {
    night.hooks.throw_if_cancelled();
    if (!notify::is_due(message, night.now)) continue;
    const bool repeated = message.state == State::sending;
    message.state = State::sending;
    night.ledger.update_message(message);
    const std::string problem = attempt(night, message, repeated);
    message = notify::after_attempt(std::move(message), problem, night.o().notify, night.now);
    night.ledger.update_message(message);
    if (problem.empty())
      ++night.summary.messages_sent;
    else
      log::warning("{} could not be sent ({} of {} attempts): {}", message.id, message.attempts,
                   night.o().notify.max_attempts, problem);
    if (message.state == State::given_up) ++night.summary.messages_given_up;
  }
  night.summary.messages_waiting = night.ledger.outbox(State::pending).size();
}

}  // namespace plotwatch::pipeline::nightly
