// A case as the page reads it.
#pragma once

#include "review/json.hpp"
#include "review/service.hpp"

namespace plotwatch::review {

Json summary_json(const BoardCase& c, const Date& today);
Json observation_json(const ObservationRecord& record);

// Everything that is known of it: sightings, looks, pictures, what was said. Reads the ledger.
Json detail_json(Service& service, const Board& board, const BoardCase& c);

// The case of that id that the caller may see. Throws ApiError 404.
const BoardCase& visible_case(const Board& board, const Call& call, const std::string& id);

}  // namespace plotwatch::review
