// Which rows of a register speak for its plots on a day. Private to plots, pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/date.hpp"

namespace plotwatch::plots {

struct RowDates {
  std::string code;                                                    // as stated; rows without one stand alone
  std::optional<Date> listed_from, listed_to, status_from, status_to;  // inclusive
};

// One entry a row: whether it is kept. Rows that were not in the register on `as_of` go (without a day: those that have
// left it). Of rows of one code whose status days do not meet, the one of the day stays, else the last that began by
// then, else the first; without a day the last. Rows of one code whose days do meet are duplicates, and all stay.
std::vector<bool> choose_rows(const std::vector<RowDates>& rows, const std::optional<Date>& as_of);

// Whether the day lies within both ends; open ends are open.
bool within(const std::optional<Date>& from, const std::optional<Date>& to, const Date& day);

}  // namespace plotwatch::plots
