#include "review/reasons.hpp"

namespace plotwatch::review {

bool needs_reason(Judgement judgement) {
  return judgement == Judgement::construction || judgement == Judgement::permitted ||
         judgement == Judgement::remediation || judgement == Judgement::unclear;
}

std::string recorded_reason(Judgement judgement, const std::string& reason) {
  if (!reason.empty() || (judgement != Judgement::farm_work && judgement != Judgement::false_change)) return reason;
  return "凭前后影像判断 judged from the pictures of both dates";
}

}  // namespace plotwatch::review
