#include "rules/priority.hpp"

#include <algorithm>
#include <cmath>

namespace plotwatch::rules {
namespace {

constexpr double days_that_halve = 7;

double urgency(const Candidate& c) {
  if (!c.verdict.deadline || !c.last_date) return 1;
  const auto days = static_cast<double>((c.verdict.deadline->days() - c.last_date->days()).count());
  return 1 + 1 / (1 + std::max(0.0, days) / days_that_halve);
}

}  // namespace

double weight(const Candidate& c) { return c.confidence * std::sqrt(c.area_m2) * urgency(c); }

bool comes_first(const Candidate& a, const Candidate& b) {
  if (a.verdict.severity != b.verdict.severity) return a.verdict.severity < b.verdict.severity;
  const double wa = weight(a), wb = weight(b);
  if (wa != wb) return wa > wb;
  return a.id < b.id;
}

}  // namespace plotwatch::rules
