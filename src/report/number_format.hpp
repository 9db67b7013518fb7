// Numbers and dates as results show them: fixed decimals, a point, no locale; the same value gives the same bytes.
#pragma once

#include <optional>
#include <string>

#include "core/date.hpp"

namespace plotwatch::report {

double rounded(double value, int decimals);        // half away from zero; never -0
std::string fixed(double value, int decimals);     // "0.25"; "–" when not finite
std::string grouped(double value);                 // whole units: "12,345"; "–" when not finite
std::string percent(double share);                 // of [0, 1]: "37%", below 10 % "4.2%"; "–" when not finite
std::string iso(const std::optional<Date>& date);  // "2003-02-06"; "–" when unknown

}  // namespace plotwatch::report
