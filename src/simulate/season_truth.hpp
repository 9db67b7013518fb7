// The answer to a simulated history.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/grid.hpp"
#include "simulate/history.hpp"
#include "simulate/weather.hpp"

namespace plotwatch::simulate {

// Sites and events that began on `last` or before, and the acquisitions until then.
void write_season_truth(const std::filesystem::path& folder, const History& history,
                        const std::vector<Acquisition>& acquisitions, const Date& last, const Grid& grid);

// Pixels whose centres lie on each plot, as index row * width + column; in the order of District::plots.
std::vector<std::vector<int>> plot_pixels(const District& district, const Grid& grid);

// Share of each plot's pixels that neither cloud nor its shadow nor snow touches by more than a tenth, in truth and
// not by the scene classes.
std::vector<double> clear_shares(const std::vector<std::vector<int>>& plot_pixels, const Acquisition& acquisition,
                                 const Grid& grid);

}  // namespace plotwatch::simulate
