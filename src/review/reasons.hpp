// Which judgements say on what grounds, wherever they are given: on the page or in a workbook from the field.
#pragma once

#include <string>

#include "model/ledger.hpp"

namespace plotwatch::review {

// Decisions that have to stand up later rest on something: a document, a finding.
bool needs_reason(Judgement judgement);

// The reason as it is recorded. What is dismissed at a glance still says on what grounds.
std::string recorded_reason(Judgement judgement, const std::string& reason);

}  // namespace plotwatch::review
