// Records as JSON, for payloads and for columns that hold the whole of something. Private to ledger.
#pragma once

#include "core/working_days.hpp"
#include "ledger/chain.hpp"
#include "model/candidate.hpp"
#include "model/ledger.hpp"
#include "model/plot.hpp"

namespace plotwatch::ledger {

Json to_json(const CasePolicy& policy);
CasePolicy policy_of(const Json& json);
Json to_json(const WorkCalendar& calendar);
WorkCalendar calendar_of(const Json& json);
Json to_json(const Candidate& candidate);  // without geometry
Candidate candidate_of(const Json& json);
Json to_json(const SceneRecord& scene);
SceneRecord scene_of(const Json& json);
Json to_json(const ScanRecord& scan);
ScanRecord scan_of(const Json& json);
// All but geometry; `other` with its names.
Json to_json(const Plot& plot, const std::vector<std::string>& other_fields);
Plot plot_of(const Json& json);  // `other` stays in the JSON: names differ from plot to plot

Json date_json(const std::optional<Date>& date);  // null where there is none
std::optional<Date> date_of(const Json& json);

std::string_view code(SceneRecord::State state);
SceneRecord::State scene_state(std::string_view code);
std::string_view code(OutboxMessage::State state);
OutboxMessage::State message_state(std::string_view code);

}  // namespace plotwatch::ledger
