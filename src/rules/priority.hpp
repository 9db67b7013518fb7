// In which order visits are worth making.
#pragma once

#include "model/candidate.hpp"

namespace plotwatch::rules {

// confidence x sqrt(area in m2) x urgency. Urgency grows from 1, for a visit without a deadline, towards 2, for one
// that is due on the day of the image: 1 + 1 / (1 + days / 7), with days the calendar days from the image to the
// deadline. The square root keeps a large change from being buried under small sharp ones, and small ones from
// vanishing.
double weight(const Candidate& candidate);

// Whether `a` comes before `b`: by severity, then by weight, then by id. Severity is not one more factor: P0 means act
// now, and no confidence, size or deadline of a lesser matter may outweigh it.
bool comes_first(const Candidate& a, const Candidate& b);

}  // namespace plotwatch::rules
