// The area of a polygon on the ellipsoid is the line integral of Q(latitude) d(longitude) around it, with Q the area
// per radian of longitude between the equator and a latitude (J. P. Snyder, Map Projections: A Working Manual, USGS
// Professional Paper 1395, 1987, eq. 3-12). The integral is taken along the edges as the CRS draws them, so a pixel's
// edge stays a pixel's edge; Simpson's rule over short pieces of an edge leaves an error far below 1e-9 of the area.
#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <string>
#include <vector>

#include <ogr_spatialref.h>

#include "core/error.hpp"
#include "io/crs.hpp"
#include "io/geometry_ops.hpp"
#include "io/ogr_srs.hpp"

namespace plotwatch::io {
namespace {

class AreaOfCrs {
 public:
  explicit AreaOfCrs(const Crs& crs) : wkt_(crs.wkt), to_geographic_(crs, geographic_part(crs)) {
    const OGRSpatialReference srs = to_ogr(crs);
    radians_per_unit_ = to_ogr(geographic_part(crs)).GetAngularUnits();
    semi_major_ = srs.GetSemiMajor();
    const double inverse_flattening = srs.GetInvFlattening();
    const double f = inverse_flattening > 0 ? 1 / inverse_flattening : 0;
    e2_ = f * (2 - f);
    constexpr double longest_piece_m = 5000;
    longest_piece_ = longest_piece_m / metres_per_unit(crs);
  }

  const std::string& wkt() const { return wkt_; }

  // m², positive when counter-clockwise.
  double ring(const Ring& points) {
    if (points.size() < 4) return 0;
    sample_edges(points);
    to_geographic_.apply(samples_);
    const double q0 = area_to_equator(samples_[0].y), lon0 = samples_[0].x;
    double sum = 0;
    // Samples come in threes: start, middle, end of a piece. Relative to the first, so that no digits are lost.
    for (std::size_t i = 0; i + 2 < samples_.size(); i += 2) {
      const Point a = samples_[i], m = samples_[i + 1], b = samples_[i + 2];
      const double qa = area_to_equator(a.y) - q0, qm = area_to_equator(m.y) - q0, qb = area_to_equator(b.y) - q0;
      const double la = a.x - lon0, lm = m.x - lon0, lb = b.x - lon0;
      // The quadratic through the three longitudes has these slopes at the piece's start, middle and end.
      const double slope_a = -3 * la + 4 * lm - lb, slope_m = lb - la, slope_b = la - 4 * lm + 3 * lb;
      sum += (qa * slope_a + 4 * qm * slope_m + qb * slope_b) / 6;
    }
    return -sum * radians_per_unit_;
  }

 private:
  static Crs geographic_part(const Crs& crs) {
    const std::unique_ptr<OGRSpatialReference> part(to_ogr(crs).CloneGeogCS());
    if (!part)
      throw Error(ExitCode::input, "a CRS without ellipsoid has no areas", crs_name(crs),
                  "Use a projected or geographic CRS.");
    return from_ogr(*part);
  }

  // m² per radian of longitude.
  double area_to_equator(double latitude) const {
    const double s = std::sin(latitude * radians_per_unit_);
    const double e = std::sqrt(e2_);
    // atanh(e s) / e tends to s on the sphere.
    const double bent = e > 0 ? std::atanh(e * s) / e : s;
    return semi_major_ * semi_major_ * (1 - e2_) / 2 * (s / (1 - e2_ * s * s) + bent);
  }

  void sample_edges(const Ring& points) {
    samples_.clear();
    samples_.push_back(points.front());
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
      const Point a = points[i], b = points[i + 1];
      const double length = std::hypot(b.x - a.x, b.y - a.y);
      const int steps = 2 * std::max(1, static_cast<int>(std::ceil(length / longest_piece_)));
      for (int k = 1; k < steps; ++k) {
        const double t = static_cast<double>(k) / steps;
        samples_.push_back({a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});
      }
      samples_.push_back(b);
    }
  }

  std::string wkt_;
  CoordinateTransform to_geographic_;
  double radians_per_unit_ = 1, semi_major_ = 0, e2_ = 0;
  double longest_piece_ = 0;  // map units
  std::vector<Point> samples_;
};

}  // namespace

double ellipsoidal_area(const MultiPolygon& a, const Crs& crs) {
  // Setting up a transform costs a thousand small areas; all areas of a scan are in one CRS.
  thread_local std::unique_ptr<AreaOfCrs> last;
  if (!last || last->wkt() != crs.wkt) last = std::make_unique<AreaOfCrs>(crs);
  double sum = 0;
  for (const Polygon& polygon : a) {
    sum += std::abs(last->ring(polygon.outer));
    for (const Ring& hole : polygon.holes) sum -= std::abs(last->ring(hole));
  }
  if (!std::isfinite(sum))
    throw Error(ExitCode::input, "a polygon lies where its CRS is not defined", crs_name(crs),
                "Check the coordinates and the CRS.");
  return sum;
}

}  // namespace plotwatch::io
