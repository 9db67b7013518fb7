// What people say of cases.
#include <fmt/format.h>

#include "core/error.hpp"
#include "ledger/records_json.hpp"
#include "ledger/store.hpp"

namespace plotwatch::ledger {
namespace {

[[noreturn]] void refuse(const std::string& what, const std::string& case_id, const std::string& advice) {
  throw Error(ExitCode::usage, what, "case " + case_id, advice);
}

// Judgements that spare a visit, or ground one, say why.
bool needs_reason(Judgement judgement) { return judgement != Judgement::suspected && judgement != Judgement::unclear; }

class Saying {
 public:
  template <class Implementation>
  Saying(Implementation& self, const Ledger& ledger, const std::string& case_id, const Stamp& stamp,
         const std::optional<std::int64_t>& expected = {})
      : database_(*self.database), policy_(self.settings.policy), calendar_(self.calendar), stamp_(stamp) {
    const std::optional<Case> found = ledger.find_case(case_id);
    if (!found) refuse("there is no such case", case_id, "plotwatch ledger list shows those there are.");
    case_ = *found;
    if (expected && ledger.last_event(case_id) != *expected)
      throw Error(ExitCode::mismatch, fmt::format("the case has moved on since event {}", *expected), "case " + case_id,
                  "Look at what changed and say it again.");
    if (case_.merged_into) refuse("it goes on as case " + *case_.merged_into, case_id, "Say it of that case.");
  }

  const Case& subject() const { return case_; }

  // `payload` gets what tells when the case had been looked at last.
  void say(const std::string& kind, Json payload) {
    payload["through"] = case_.last_look.iso();
    append(database_, stamp_, kind, case_.id, payload);
    RecordedScan untold;
    project(database_, case_.plot_code, policy_, calendar_, stamp_, "", untold);
  }

  // The last judgement that was not taken back, of whichever case it was said before that became this one.
  std::optional<Said> judgement(const Ledger& ledger) const {
    const PlotHistory history = load_history(database_, case_.plot_code);
    std::set<std::int64_t> undone;
    for (const Said& said : history.said)
      if (said.kind == Said::Kind::undone) undone.insert(said.undoes);
    std::optional<Said> last;
    for (const Said& said : history.said)
      if (said.kind == Said::Kind::judged && !undone.contains(said.sequence) && goes_on_here(ledger, said.case_id))
        last = said;
    return last;
  }

 private:
  bool goes_on_here(const Ledger& ledger, const std::string& case_id) const {
    std::optional<Case> found = ledger.find_case(case_id);
    while (found && found->merged_into) found = ledger.find_case(*found->merged_into);
    return found && found->id == case_.id;
  }

  io::Database& database_;
  const CasePolicy& policy_;
  const WorkCalendar& calendar_;
  const Stamp& stamp_;
  Case case_;
};

}  // namespace

void Ledger::judge(const std::string& case_id, Judgement judgement, const std::string& reason, const Stamp& stamp,
                   std::optional<std::int64_t> expected) {
  if (judgement == Judgement::none) refuse("'none' is no judgement", case_id, "To take one back, undo it.");
  if (reason.empty() && needs_reason(judgement))
    refuse(fmt::format("'{}' needs a reason", name(judgement)), case_id,
           "Say what was found, or which document allows it.");
  implementation_->change(stamp, "record a judgement", [&] {
    Saying saying(*implementation_, *this, case_id, stamp, expected);
    saying.say("judged", {{"judgement", code(judgement)}, {"text", reason}});
    return true;
  });
}

void Ledger::agree(const std::string& case_id, const Stamp& stamp, std::optional<std::int64_t> expected) {
  implementation_->change(stamp, "record an agreement", [&] {
    Saying saying(*implementation_, *this, case_id, stamp, expected);
    const std::optional<Said> judged = saying.judgement(*this);
    if (!judged || saying.subject().judgement == Judgement::none)
      refuse("nobody has judged it yet", case_id, "Judge it first.");
    if (saying.subject().judged_by == stamp.actor)
      refuse(stamp.actor + " judged it", case_id, "Another person has to agree.");
    if (saying.subject().second_person) refuse("a second person has agreed already", case_id, "Nothing is to be done.");
    saying.say("agreed", {{"of", judged->sequence}});
    return true;
  });
}

void Ledger::undo(const std::string& case_id, const Stamp& stamp, std::optional<std::int64_t> expected) {
  implementation_->change(stamp, "take a judgement back", [&] {
    Saying saying(*implementation_, *this, case_id, stamp, expected);
    const std::optional<Said> judged = saying.judgement(*this);
    if (!judged) refuse("there is no judgement to take back", case_id, "plotwatch ledger show tells its history.");
    saying.say("undone", {{"of", judged->sequence}});
    return true;
  });
}

void Ledger::assign(const std::string& case_id, const std::string& to, const Stamp& stamp) {
  implementation_->change(stamp, "assign a case", [&] {
    Saying saying(*implementation_, *this, case_id, stamp);
    if (saying.subject().assigned_to != to) saying.say("assigned", {{"text", to}});
    return true;
  });
}

void Ledger::annotate(const std::string& case_id, const std::string& text, const Stamp& stamp) {
  if (text.empty()) refuse("the note is empty", case_id, "Write something.");
  implementation_->change(stamp, "record a note", [&] {
    Saying(*implementation_, *this, case_id, stamp).say("annotated", {{"text", text}});
    return true;
  });
}

void Ledger::close(const std::string& case_id, const std::string& reason, const Stamp& stamp) {
  if (reason.empty()) refuse("closing needs a reason", case_id, "Say why nothing is left to be done.");
  implementation_->change(stamp, "close a case", [&] {
    Saying saying(*implementation_, *this, case_id, stamp);
    if (!saying.subject().open) refuse("it is closed already", case_id, "Nothing is to be done.");
    saying.say("closed", {{"text", reason}});
    return true;
  });
}

void Ledger::reopen(const std::string& case_id, const std::string& reason, const Stamp& stamp) {
  if (reason.empty()) refuse("reopening needs a reason", case_id, "Say what is to be looked at again.");
  implementation_->change(stamp, "reopen a case", [&] {
    Saying saying(*implementation_, *this, case_id, stamp);
    if (saying.subject().open) refuse("it is open", case_id, "Nothing is to be done.");
    saying.say("reopened", {{"text", reason}});
    return true;
  });
}

void Ledger::penalised(const std::string& case_id, const Date& day, const std::string& document, const Stamp& stamp) {
  if (document.empty()) refuse("no document is named", case_id, "Give the number of the decision.");
  implementation_->change(stamp, "record a penalty", [&] {
    Saying saying(*implementation_, *this, case_id, stamp);
    if (saying.subject().judgement != Judgement::construction)
      refuse("no construction was found on site", case_id, "Record the judgement 'construction' first.");
    saying.say("penalised", {{"day", day.iso()}, {"text", document}});
    return true;
  });
}

void Ledger::put_right(const std::string& case_id, const Date& day, const std::string& note, const Stamp& stamp) {
  implementation_->change(stamp, "record that it was put right", [&] {
    Saying saying(*implementation_, *this, case_id, stamp);
    if (saying.subject().judgement != Judgement::construction)
      refuse("no construction was found on site", case_id, "Record the judgement 'construction' first.");
    saying.say("put_right", {{"day", day.iso()}, {"text", note}});
    return true;
  });
}

}  // namespace plotwatch::ledger
