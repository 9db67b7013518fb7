// The measured displacements as arrows over the working grid: an inline SVG that shows at a glance whether they agree.
#pragma once

#include "core/grid.hpp"
#include "model/registration.hpp"
#include "report/html.hpp"

namespace plotwatch::report {

// Empty when there are no tie points. At most about `most` of them are drawn, evenly taken.
Html tie_point_map(const Grid& grid, const Registration& registration, std::size_t most = 1500);

}  // namespace plotwatch::report
