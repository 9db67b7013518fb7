#include "app/ledger_flags.hpp"

#include <chrono>
#include <cstdlib>
#include <ctime>

#include <fmt/format.h>

#include "app/register_flags.hpp"
#include "core/error.hpp"

namespace plotwatch::app {
namespace {

template <class T, class Parse>
std::vector<T> parsed(const std::vector<std::string>& words, const char* flag, Parse parse, const char* known) {
  std::vector<T> values;
  for (const std::string& word : words) {
    const std::optional<T> value = parse(word);
    if (!value)
      throw Error(ExitCode::usage, fmt::format("'{}' is not known", word), flag, fmt::format("Choose from {}.", known));
    values.push_back(*value);
  }
  return values;
}

std::string utc_now() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

}  // namespace

void add_where(CLI::App& command, std::string& where) {
  command.add_option("LEDGER", where, "The ledger: a GeoPackage, or postgresql://USER@HOST/DATABASE")->required();
}

void StampFlags::add_to(CLI::App& command) {
  command.add_option("--as", actor_, "Name of the person who says it; default: $USER");
  command.add_option("--now", now_, "Instead of the clock, UTC, as 2026-11-23T21:05:00Z");
}

Stamp StampFlags::stamp() const {
  const char* user = std::getenv("USER");
  const std::string actor = !actor_.empty() ? actor_ : user ? user : "";
  if (actor.empty())
    throw Error(ExitCode::usage, "nobody is named for this entry", "--as", "Say who does it: --as NAME.");
  return {now_.empty() ? utc_now() : now_, actor};
}

Date StampFlags::today() const {
  const std::optional<Date> day = parse_date(now_.empty() ? utc_now() : now_);
  if (!day) throw Error(ExitCode::usage, "'" + now_ + "' is no time", "--now", "Write 2026-11-23T21:05:00Z.");
  return *day;
}

void FilterFlags::add_to(CLI::App& command) {
  command.add_flag("--open", open_, "Open cases alone");
  command.add_flag("--closed", closed_, "Cases that have ended alone")->excludes("--open");
  command.add_flag("--overdue", overdue_, "Open, not visited, past the deadline");
  command.add_option("--tier", tiers_, "first_seen, confirmed, established, gone (repeatable)")
      ->allow_extra_args(false);
  command.add_option("--unit", units_, "Responsible unit (repeatable)")->allow_extra_args(false);
  command.add_option("--status", statuses_, "Status code of the plot (repeatable)")->allow_extra_args(false);
  command.add_option("--rule", rules_, "Rule that counts (repeatable)")->allow_extra_args(false);
  command.add_option("--plot", plots_, "Code of the plot (repeatable)")->allow_extra_args(false);
  command.add_option("--severity", severities_, "P0, P1, P2, P3 (repeatable)")->allow_extra_args(false);
  command
      .add_option(
          "--judgement", judgements_,
          "none, suspected, construction, permitted, remediation, farm_work, false_change, unclear (repeatable)")
      ->allow_extra_args(false);
  command.add_option("--seen-from", from_, "First seen on this day or later, YYYY-MM-DD");
  command.add_option("--seen-to", to_, "First seen on this day or earlier, YYYY-MM-DD");
  command.add_option("--text", text_, "In the id, the plot's code or its name");
  command.add_option("--offset", offset_, "Leave out the first N");
  command.add_option("--limit", limit_, "At most N");
}

ledger::CaseFilter FilterFlags::filter(const Date& today) const {
  ledger::CaseFilter f;
  if (open_) f.open = true;
  if (closed_) f.open = false;
  f.tiers = parsed<Tier>(tiers_, "--tier", parse_tier, "first_seen, confirmed, established, gone");
  f.units = units_;
  f.statuses = statuses_;
  f.rules = rules_;
  f.plots = plots_;
  f.severities = parsed<Severity>(severities_, "--severity", parse_severity, "P0, P1, P2, P3");
  f.judgements =
      parsed<Judgement>(judgements_, "--judgement", parse_judgement,
                        "none, suspected, construction, permitted, remediation, farm_work, false_change, unclear");
  if (!from_.empty()) f.first_seen_from = date_flag(from_, "--seen-from");
  if (!to_.empty()) f.first_seen_to = date_flag(to_, "--seen-to");
  if (overdue_) f.overdue_on = today;
  f.text = text_;
  f.offset = offset_;
  f.limit = limit_;
  return f;
}

}  // namespace plotwatch::app
