#include "config/cross_checks.hpp"

#include <fmt/format.h>

#include "config/field_table.hpp"

namespace plotwatch::config {
namespace {

using Findings = std::vector<Finding>;

void require(Findings& findings, const std::string& field, const std::string& value) {
  if (value.empty()) findings.push_back({field, fmt::format("{} is missing: {}", field, find_field(field)->meaning)});
}

// A stage's own checks begin with the path of the field.
void add_stage(Findings& findings, const std::vector<std::string>& problems) {
  for (const std::string& problem : problems) findings.push_back({problem.substr(0, problem.find(' ')), problem});
}

void check_night(Findings& findings, const ScanOptions& options) {
  const NightlyOptions& night = options.nightly;
  require(findings, "ledger.path", night.ledger.path);
  require(findings, "archive.path", night.archive.path);
  require(findings, "plots.path", options.plots.path);
  if (night.sources.places.empty()) require(findings, "sources.places", "");
  if (!options.before.path.empty() || !options.after.path.empty())
    findings.push_back({options.before.path.empty() ? "after.path" : "before.path",
                        "a night finds its scenes in sources.places: leave [before] and [after] out"});
  const NotifyOptions& notify = night.notify;
  if (!notify.mail.relay.empty()) {
    require(findings, "notify.mail.from", notify.mail.from);
    require(findings, "notify.mail.to", notify.mail.to);
  }
  if (!notify.webhook.url.empty()) require(findings, "notify.webhook.secret", notify.webhook.secret);
  const CaseOptions& cases = night.cases;
  if (cases.confirm_looks && cases.establish_looks && *cases.confirm_looks > *cases.establish_looks)
    findings.push_back({"cases.establish_looks", "cases.establish_looks must be at least cases.confirm_looks"});
}

}  // namespace

std::vector<Finding> cross_checks(const ScanOptions& options, Purpose purpose) {
  Findings findings;
  if (purpose == Purpose::nightly) {
    check_night(findings, options);
  } else {
    require(findings, "before.path", options.before.path);
    require(findings, "after.path", options.after.path);
    if (!options.run.whole_scene) require(findings, "plots.path", options.plots.path);
  }
  if (purpose == Purpose::scan) require(findings, "run.out", options.run.out);

  add_stage(findings, options.registration.problems());
  add_stage(findings, options.change.problems());

  if (!options.before.path.empty() && options.before.path == options.after.path)
    findings.push_back({"after.path", "after.path is the before scene too"});
  if (options.before.date && options.after.date && *options.before.date >= *options.after.date)
    findings.push_back({"after.date", fmt::format("after.date {} must be later than before.date {}",
                                                  options.after.date->iso(), options.before.date->iso())});
  if (options.run.resume && options.run.overwrite)
    findings.push_back({"run.overwrite", "run.overwrite and run.resume exclude each other"});
  return findings;
}

}  // namespace plotwatch::config
