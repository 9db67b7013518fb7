#include "evaluate/polygon_figures.hpp"

#include "evaluate/pixel_figures.hpp"
#include "io/geometry_ops.hpp"

namespace plotwatch::evaluate {

PolygonFigures polygon_figures(const std::vector<ScannedCandidate>& candidates,
                               const std::vector<MultiPolygon>& truth) {
  std::vector<Box> boxes;
  for (const MultiPolygon& polygon : truth) boxes.push_back(bounds(polygon));
  std::vector<bool> detected(truth.size(), false);
  PolygonFigures f;
  f.truth = static_cast<int>(truth.size());
  f.candidates = static_cast<int>(candidates.size());
  for (const ScannedCandidate& candidate : candidates) {
    const Box box = bounds(candidate.geometry);
    bool right = false;
    for (std::size_t i = 0; i < truth.size(); ++i) {
      if (!boxes[i].intersects(box) || area(io::intersection(candidate.geometry, truth[i])) <= 0) continue;
      right = true;
      detected[i] = true;
    }
    if (right) ++f.right;
  }
  for (const bool found : detected) f.detected += found ? 1 : 0;
  f.precision = ratio(f.right, f.candidates);
  f.recall = ratio(f.detected, f.truth);
  return f;
}

double shared_area(const MultiPolygon& ground, const std::vector<MultiPolygon>& polygons) {
  const Box box = bounds(ground);
  MultiPolygon shared;
  for (const MultiPolygon& polygon : polygons)
    if (bounds(polygon).intersects(box)) shared = io::unite(shared, io::intersection(ground, polygon));
  return area(shared);
}

}  // namespace plotwatch::evaluate
