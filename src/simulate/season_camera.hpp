// Taking the picture of one day of a history.
#pragma once

#include <optional>

#include "core/grid.hpp"
#include "simulate/acquisition_files.hpp"
#include "simulate/air.hpp"
#include "simulate/history.hpp"
#include "simulate/snow.hpp"
#include "simulate/weather.hpp"

namespace plotwatch::simulate {

ScenePixels photograph(const History& history, const Acquisition& acquisition, const SeasonOptions& options);

// What photograph() sees of clouds (where there are some) and snow (empty where there is none).
Clouds clouds_of(const Acquisition& acquisition, const Grid& grid);
std::optional<Snow> snow_of(const Acquisition& acquisition);

}  // namespace plotwatch::simulate
