// Working days: Monday to Friday, but for public holidays, and the weekend days that are worked instead of them.
#pragma once

#include <vector>

#include "core/date.hpp"

namespace plotwatch {

struct WorkCalendar {
  std::vector<Date> holidays;  // weekdays that are free
  std::vector<Date> worked;    // Saturdays and Sundays that are worked (调休)
};

bool is_working_day(const Date& day, const WorkCalendar& calendar);

// The day on which `days` working days have passed since `from`, which itself does not count; `from` for 0.
Date add_working_days(const Date& from, int days, const WorkCalendar& calendar);

}  // namespace plotwatch
