#include <cmath>
#include <limits>
#include <vector>

#include <ogr_spatialref.h>

#include "core/error.hpp"
#include "io/crs.hpp"
#include "io/gdal_dataset.hpp"
#include "io/ogr_srs.hpp"

namespace plotwatch::io {

struct CoordinateTransform::Impl {
  std::unique_ptr<OGRCoordinateTransformation> ogr;  // empty: identity
  bool to_geographic = false;
  std::string name;
  std::vector<double> x, y;  // PROJ wants separate coordinates; kept between calls
  std::vector<int> success;
};

CoordinateTransform::CoordinateTransform(const Crs& from, const Crs& to) : impl_(std::make_unique<Impl>()) {
  if (same_crs(from, to)) return;
  const OGRSpatialReference source = to_ogr(from), target = to_ogr(to);
  GdalMessages messages;
  impl_->name = crs_name(from) + " -> " + crs_name(to);
  impl_->to_geographic = target.IsGeographic() != 0;
  impl_->ogr.reset(OGRCreateCoordinateTransformation(&source, &target));
  if (!impl_->ogr)
    throw Error(ExitCode::mismatch, "coordinates cannot be brought from one system to the other: " + messages.text(),
                impl_->name, "Reproject one of the inputs beforehand.");
}

CoordinateTransform::~CoordinateTransform() = default;
CoordinateTransform::CoordinateTransform(CoordinateTransform&&) noexcept = default;
CoordinateTransform& CoordinateTransform::operator=(CoordinateTransform&&) noexcept = default;

bool CoordinateTransform::identity() const { return !impl_->ogr; }

void CoordinateTransform::apply(std::span<Point> points) const {
  if (identity() || points.empty()) return;
  GdalMessages messages;  // a failed point is told by NaN, not in the log
  Impl& s = *impl_;
  const std::size_t n = points.size();
  s.x.resize(n);
  s.y.resize(n);
  s.success.assign(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    s.x[i] = points[i].x;
    s.y[i] = points[i].y;
  }
  s.ogr->Transform(static_cast<int>(n), s.x.data(), s.y.data(), nullptr, s.success.data());
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t i = 0; i < n; ++i) {
    const bool good = s.success[i] && std::isfinite(s.x[i]) && std::isfinite(s.y[i]);
    points[i] = good ? Point{s.x[i], s.y[i]} : Point{nan, nan};
  }
}

Point CoordinateTransform::apply(Point p) const {
  apply(std::span<Point>(&p, 1));
  return p;
}

MultiPolygon CoordinateTransform::apply(const MultiPolygon& polygons) const {
  MultiPolygon result = polygons;
  if (identity()) return result;
  for (Polygon& polygon : result) {
    apply(std::span<Point>(polygon.outer));
    for (Ring& hole : polygon.holes) apply(std::span<Point>(hole));
  }
  return result;
}

Box CoordinateTransform::apply(const Box& box) const {
  if (identity()) return box;
  GdalMessages messages;
  constexpr int points_an_edge = 21;
  Box result;
  if (!impl_->ogr->TransformBounds(box.min_x, box.min_y, box.max_x, box.max_y, &result.min_x, &result.min_y,
                                   &result.max_x, &result.max_y, points_an_edge))
    throw Error(ExitCode::mismatch, "an extent cannot be transformed: " + messages.text(), impl_->name,
                "Check that the data lie where their CRS says.");
  // PROJ tells a box over the antimeridian by east < west.
  if (impl_->to_geographic && result.max_x < result.min_x) {
    result.min_x = -180;
    result.max_x = 180;
  }
  return result;
}

}  // namespace plotwatch::io
