// What one sighting says for construction. Pure; private to ledger.
#pragma once

#include "ledger/history.hpp"

namespace plotwatch::ledger {

// The sighting's confidence, [0, 1]; not more than policy.weak_confidence, so that it speaks neither for nor against,
// where the ground did what it does without anybody building:
//   - it turned into vegetation, or into water, or out of it;
//   - it turned bare on a plot that lies bare at times. The plot's own past tells: on the dates before `from` on which
//     half of it was clear, at least three, the upper tenth of its bare shares is half of the plot or more, and now it
//     is hardly barer than that. A field that is ploughed, cut or left fallow is; what is then built on it is not.
double worth(const PlotHistory& history, const RecordedSighting& sighting, const Date& from, const CasePolicy& policy);

}  // namespace plotwatch::ledger
