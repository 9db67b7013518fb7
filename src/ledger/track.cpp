#include "ledger/track.hpp"

#include <algorithm>
#include <utility>

namespace plotwatch::ledger {
namespace {

// A person has seen or suspects construction: looks alone do not end such a case.
bool upheld(Judgement judgement) { return judgement == Judgement::suspected || judgement == Judgement::construction; }

}  // namespace

bool dismisses(Judgement judgement) {
  return judgement == Judgement::permitted || judgement == Judgement::remediation ||
         judgement == Judgement::farm_work || judgement == Judgement::false_change;
}

bool awaits_visit(Judgement judgement) {
  return judgement == Judgement::none || judgement == Judgement::suspected || judgement == Judgement::unclear;
}

void Track::saw(const Date& day, CaseLook look, double worth, const CasePolicy& policy) {
  const double gain = worth - policy.weak_confidence;
  // What was seen weakly before, a sliver or a field in season, is not when this began.
  if (gain > 0 && evidence == 0 && !confirmed_on && !judged) first_seen = day;
  evidence = std::max(0.0, evidence + gain);
  ++seen;
  ++seen_since;
  ++looked;
  misses = 0;
  last_seen = last_look = day;
  look.evidence = evidence;
  looks.push_back(std::move(look));
  if (!confirmed_on && seen_since >= policy.confirm_looks && evidence >= policy.confirm_evidence) confirmed_on = day;
}

void Track::missed(const Date& day, CaseLook look, const CasePolicy& policy) {
  ++looked;
  ++misses;
  last_look = day;
  look.evidence = evidence;
  looks.push_back(std::move(look));
  if (misses >= policy.gone_looks && !upheld(judgement())) state = State::gone;
}

void Track::apply(const Said& said) {
  switch (said.kind) {
    case Said::Kind::judged:
      judged = &said;
      second_person = false;
      judged_area_m2 = largest_area_m2;
      if (state == State::live || state == State::dismissed)
        state = dismisses(said.judgement) ? State::dismissed : State::live;
      break;
    case Said::Kind::agreed: second_person = judged != nullptr; break;
    case Said::Kind::assigned: assigned_to = said.text; break;
    case Said::Kind::closed:
      state = State::closed;
      judged_area_m2 = largest_area_m2;
      break;
    case Said::Kind::reopened:
      state = State::live;
      misses = 0;
      if (judged && dismisses(judged->judgement)) judged = nullptr, second_person = false;
      break;
    case Said::Kind::penalised: penalised_on = said.day; break;
    case Said::Kind::put_right: put_right_on = said.day; break;
    case Said::Kind::annotated:
    case Said::Kind::undone: break;
  }
}

void Track::come_back(const Date& day) {
  state = State::live;
  judged = nullptr;
  second_person = false;
  since = day;
  seen_since = 0;
  evidence = 0;
  misses = 0;
  confirmed_on.reset();
}

void Track::take_evidence_of(const Track& other) {
  if (evidence == 0 && other.evidence > 0 && !confirmed_on && !judged) first_seen = other.first_seen;
  evidence = std::max(evidence, other.evidence);
}

Tier Track::tier(const CasePolicy& policy) const {
  if (state == State::gone || misses >= policy.gone_looks) return Tier::gone;
  if (state == State::dismissed && judgement() == Judgement::false_change) return Tier::gone;
  if (!confirmed_on) return Tier::first_seen;
  return seen_since >= policy.establish_looks ? Tier::established : Tier::confirmed;
}

}  // namespace plotwatch::ledger
