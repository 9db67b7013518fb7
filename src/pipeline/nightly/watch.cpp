#include "pipeline/nightly/watch.hpp"

#include <array>
#include <map>

#include <fmt/format.h>

#include "io/atomic_file.hpp"
#include "notify/metrics.hpp"
#include "pipeline/nightly/tell.hpp"
#include "report/night_page.hpp"

namespace plotwatch::pipeline::nightly {
namespace {

using notify::Metric;
using notify::Sample;

const std::string prefix = "plotwatch_night_";

Metric one(const std::string& name, const std::string& help, double value) {
  return {prefix + name, help, false, {{{}, value}}};
}

std::filesystem::path success_file(const Archive& archive) { return archive.root() / "last-success"; }

double last_success(const Archive& archive) {
  std::error_code error;
  if (!std::filesystem::exists(success_file(archive), error)) return 0;
  const auto time = parse_utc_time(io::read_file(success_file(archive)).substr(0, 20));
  return time ? static_cast<double>(time->time_since_epoch().count()) : 0;
}

std::vector<Metric> run_metrics(const Archive& archive, UtcTime now, int exit_code) {
  return {
      one("last_run_timestamp_seconds", "Start of the last night", static_cast<double>(now.time_since_epoch().count())),
      one("last_success_timestamp_seconds", "Start of the last night that ended with code 0 or 9; 0: none",
          last_success(archive)),
      one("last_exit_code", "Exit code of the last night", exit_code)};
}

// The word before the colon: "cloud: 3 % of …".
std::string cause_of(const std::string& reason) {
  const std::string word = reason.substr(0, reason.find(':'));
  return word == "cloud" || word == "brightness" || word == "registration" || word == "outside" ? word : "unreadable";
}

std::vector<Metric> scene_metrics(const ledger::Ledger& ledger) {
  std::map<std::string, int> by_state{{"used", 0}, {"waiting", 0}, {"set_aside", 0}};
  std::map<std::string, int> by_cause{
      {"cloud", 0}, {"brightness", 0}, {"registration", 0}, {"outside", 0}, {"unreadable", 0}};
  for (const SceneRecord& s : ledger.scenes()) {
    using State = SceneRecord::State;
    ++by_state[s.state == State::used ? "used" : s.state == State::waiting ? "waiting" : "set_aside"];
    if (s.state == State::set_aside) ++by_cause[cause_of(s.reason)];
  }
  Metric states{prefix + "scenes", "Scenes in the ledger by state", false, {}};
  for (const auto& [state, count] : by_state)
    states.samples.push_back({{{"state", state}}, static_cast<double>(count)});
  Metric causes{prefix + "scenes_set_aside", "Scenes set aside by cause", false, {}};
  for (const auto& [cause, count] : by_cause)
    causes.samples.push_back({{{"cause", cause}}, static_cast<double>(count)});
  return {states, causes};
}

Metric case_metric(const ledger::Ledger& ledger) {
  std::array<std::array<int, 4>, 4> counts{};
  ledger::CaseFilter filter;
  filter.open = true;
  for (const Case& c : ledger.cases(filter))
    ++counts[static_cast<std::size_t>(c.tier)][static_cast<std::size_t>(c.rule.severity)];
  Metric metric{prefix + "cases_open", "Open cases of suspected construction by tier and severity", false, {}};
  for (const Tier tier : {Tier::first_seen, Tier::confirmed, Tier::established})
    for (const Severity severity : {Severity::P0, Severity::P1, Severity::P2, Severity::P3})
      metric.samples.push_back(
          {{{"tier", std::string(code(tier))}, {"severity", std::string(name(severity))}},
           static_cast<double>(counts[static_cast<std::size_t>(tier)][static_cast<std::size_t>(severity)])});
  return metric;
}

std::vector<Metric> all_metrics(const Night& night, int exit_code) {
  const NightSummary& s = night.summary;
  std::vector<Metric> all = run_metrics(night.archive, night.now, exit_code);
  for (Metric& m : scene_metrics(night.ledger)) all.push_back(std::move(m));
  all.push_back(case_metric(night.ledger));
  const auto add = [&](const char* name, const char* help, std::size_t value) {
    all.push_back(one(name, help, static_cast<double>(value)));
  };
  add("cases_overdue", "Open cases whose visit is overdue", s.overdue);
  add("plots", "Plots in the register", s.plots);
  add("plots_not_observable", "Plots without a clear view for longer than alarm.unseen_days", s.plots_unseen);
  add("scans_recorded", "Scans that the last night recorded", s.scans);
  add("messages_waiting", "Messages that wait to be sent", s.messages_waiting);
  add("messages_given_up", "Messages that were given up, ever",
      night.ledger.outbox(OutboxMessage::State::given_up).size());
  return all;
}

void write_metrics(const std::string& path, const std::vector<Metric>& metrics) {
  if (!path.empty()) io::write_file(path, notify::prometheus_text(metrics));
}

report::NightPage page_of(const Night& night) {
  const NightSummary& s = night.summary;
  report::NightPage page;
  page.district = s.district;
  page.day = s.day;
  page.started_at = s.started_at;
  page.ended_at = s.ended_at;
  page.version = PLOTWATCH_VERSION;
  page.ledger_head = s.ledger_head;
  page.opened = s.opened, page.confirmed = s.confirmed, page.gone = s.gone, page.overdue = s.overdue;
  page.open_cases = s.open_cases, page.plots = s.plots, page.plots_unseen = s.plots_unseen;
  page.messages_sent = s.messages_sent, page.messages_waiting = s.messages_waiting;
  page.messages_given_up = s.messages_given_up;
  page.problems = s.problems;
  for (const SceneOutcome& o : s.scenes) {
    report::NightPage::SceneRow row;
    row.id = o.id;
    row.date = o.date;
    row.state = o.kind == SceneOutcome::Kind::used        ? SceneRecord::State::used
                : o.kind == SceneOutcome::Kind::set_aside ? SceneRecord::State::set_aside
                                                          : SceneRecord::State::waiting;
    row.reason = o.reason;
    row.clear_share = o.plots_clear_share;
    for (const ChosenPair& p : o.pairs) row.comparisons.push_back({p.before, p.reason, p.plots.size()});
    page.scenes.push_back(std::move(row));
  }
  ledger::CaseFilter open;
  open.open = true;
  open.limit = 200;
  page.cases = night.ledger.cases(open);
  page.unseen = unseen_plots(night.ledger, night.today, night.o().alarm.unseen_days);
  page.unseen_limit_days = night.o().alarm.unseen_days;
  return page;
}

}  // namespace

void count(Night& night) {
  NightSummary& s = night.summary;
  ledger::CaseFilter open, overdue;
  open.open = true;
  overdue.overdue_on = night.today;
  s.open_cases = night.ledger.count(open);
  s.overdue = night.ledger.count(overdue);
  s.plots = night.plots.plots.size();
  s.plots_unseen = unseen_plots(night.ledger, night.today, night.o().alarm.unseen_days).size();
  s.district = night.ledger.settings().district;
  s.ledger_id = night.ledger.id();
  s.ledger_head = night.ledger.head();
}

void leave_traces(const Night& night) {
  const auto folder = night.archive.night_folder();
  io::write_file(success_file(night.archive), utc_text(night.now) + "\n");
  io::write_file(folder / (night.today.iso() + ".json"), to_json(night.summary));
  const std::string page = report::night_page(page_of(night));
  io::write_file(folder / (night.today.iso() + ".html"), page);
  io::write_file(folder / "latest.html", page);
  write_metrics(night.o().metrics.path, all_metrics(night, night.summary.partial() ? 9 : 0));
}

void leave_failure(const NightlyOptions& options, const Archive& archive, UtcTime now, int exit_code) {
  write_metrics(options.metrics.path, run_metrics(archive, now, exit_code));
}

}  // namespace plotwatch::pipeline::nightly
