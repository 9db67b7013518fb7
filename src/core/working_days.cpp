#include "core/working_days.hpp"

#include <algorithm>
#include <chrono>

namespace plotwatch {
namespace {

bool holds(const std::vector<Date>& days, const Date& day) {
  return std::find(days.begin(), days.end(), day) != days.end();
}

}  // namespace

bool is_working_day(const Date& day, const WorkCalendar& calendar) {
  const std::chrono::weekday weekday{day.days()};
  const bool weekend = weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
  return weekend ? holds(calendar.worked, day) : !holds(calendar.holidays, day);
}

Date add_working_days(const Date& from, int days, const WorkCalendar& calendar) {
  std::chrono::sys_days day = from.days();
  while (days > 0) {
    day += std::chrono::days{1};
    days -= is_working_day(Date::from_days(day), calendar);
  }
  return Date::from_days(day);
}

}  // namespace plotwatch
