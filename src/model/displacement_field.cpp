#include "model/displacement_field.hpp"

#include <algorithm>

namespace plotwatch {

Point DisplacementField::at(double x, double y) const {
  const double u = x - centre_x, v = y - centre_y;
  Point d{a[0] + a[1] * u + a[2] * v, b[0] + b[1] * u + b[2] * v};
  if (node_spacing > 0 && node_columns > 0 && node_rows > 0) {
    const double gx = std::clamp(x / node_spacing, 0.0, double(node_columns - 1));
    const double gy = std::clamp(y / node_spacing, 0.0, double(node_rows - 1));
    const int c0 = std::min(int(gx), std::max(node_columns - 2, 0)), r0 = std::min(int(gy), std::max(node_rows - 2, 0));
    const int c1 = std::min(c0 + 1, node_columns - 1), r1 = std::min(r0 + 1, node_rows - 1);
    const double fx = gx - c0, fy = gy - r0;
    const auto bilinear = [&](const std::vector<float>& n) {
      const auto node = [&](int r, int c) { return double(n[static_cast<std::size_t>(r * node_columns + c)]); };
      return (node(r0, c0) * (1 - fx) + node(r0, c1) * fx) * (1 - fy) +
             (node(r1, c0) * (1 - fx) + node(r1, c1) * fx) * fy;
    };
    d.x += bilinear(local_dx);
    d.y += bilinear(local_dy);
  }
  return d;
}

bool DisplacementField::is_identity() const {
  const auto zero = [](double v) { return v == 0; };
  return std::all_of(a, a + 3, zero) && std::all_of(b, b + 3, zero) && node_spacing == 0;
}

}  // namespace plotwatch
