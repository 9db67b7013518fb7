// Cases outside the ledger: as a layer for maps and as JSON, with the columns that the table `cases` has.
#pragma once

#include <string>
#include <vector>

#include "io/vector.hpp"
#include "ledger/ledger.hpp"

namespace plotwatch::ledger {

io::OutputLayer case_layer(const std::vector<Case>& cases, const Crs& crs);

// One object a case, without geometry; dates as ISO text, what is not known as null.
std::string cases_json(const std::vector<Case>& cases);

// The whole history of a case: the case, sightings, looks and events.
std::string history_json(const Case& c, const std::vector<Sighting>& sightings, const std::vector<CaseLook>& looks,
                         const std::vector<LedgerEvent>& events);

}  // namespace plotwatch::ledger
