// What a night leaves for whoever watches over it: figures, a page, a line.
#pragma once

#include "pipeline/nightly/context.hpp"

namespace plotwatch::pipeline::nightly {

// Counts what stands in the ledger now: plots, cases, what is overdue.
void count(Night& night);

// nights/DAY.json and nights/DAY.html in the archive, and latest.html beside them; metrics where a path is given. Each
// whole or not at all.
void leave_traces(const Night& night);

// After a night that ended with an error: the metrics tell the exit code, and the last success as it was.
void leave_failure(const NightlyOptions& options, const Archive& archive, UtcTime now, int exit_code);

}  // namespace plotwatch::pipeline::nightly
