// Candidates against polygons of truly changed ground.
#pragma once

#include <vector>

#include "evaluate/scan_folder.hpp"
#include "model/evaluation.hpp"

namespace plotwatch::evaluate {

// Polygons of one CRS; a candidate and a truth polygon match when they share ground, however little.
PolygonFigures polygon_figures(const std::vector<ScannedCandidate>& candidates, const std::vector<MultiPolygon>& truth);

// Area that the polygons share with `ground`, map units squared; overlaps among the polygons count once.
double shared_area(const MultiPolygon& ground, const std::vector<MultiPolygon>& polygons);

}  // namespace plotwatch::evaluate
