// The register of a simulated history, renewed at the end of February and of August, and the documents that allow work.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "core/grid.hpp"
#include "simulate/history.hpp"

namespace plotwatch::simulate {

// A row of the register: one plot with one status, as listed between two days.
struct PlotState {
  int plot = 0;  // index into District::plots
  std::string status;
  Date status_from;
  Date listed_from;
  std::optional<Date> listed_to;  // inclusive; empty: still in the register
};

// Renewal days from `from` until `to`, both inclusive.
std::vector<Date> renewal_days(const Date& from, const Date& to);

// In the order of plots and days. A status changes at about one renewal in nine, into one that may follow it; a few
// plots without a site enter the register later.
std::vector<PlotState> plan_register(const History& history, const SeasonOptions& options);

void write_register(const std::filesystem::path& path, const History& history, const std::vector<PlotState>& states,
                    const Grid& grid);
void write_permits(const std::filesystem::path& path, const History& history, const Grid& grid);

}  // namespace plotwatch::simulate
