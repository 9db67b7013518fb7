#include "simulate/frame.hpp"

#include <algorithm>
#include <numbers>

#include "simulate/random.hpp"

namespace plotwatch::simulate {

Frame::Frame(std::uint64_t seed) {
  constexpr double pi = std::numbers::pi;
  Dice dice(hash(seed, 0xf4a3e));
  const double turn = dice.between(-9, 9) * pi / 180;
  cos_ = std::cos(turn);
  sin_ = std::sin(turn);
  bend_u_ = dice.between(8, 22);
  bend_v_ = dice.between(8, 22);
  wave_u_ = 2 * pi / dice.between(1800, 3200);
  wave_v_ = 2 * pi / dice.between(1800, 3200);
  phase_u_ = dice.between(0, 2 * pi);
  phase_v_ = dice.between(0, 2 * pi);
}

Point Frame::to_xy(Point uv) const {
  // The bend's slope is below 0.08, so each turn gains more than a digit.
  double x = cos_ * uv.x - sin_ * uv.y, y = sin_ * uv.x + cos_ * uv.y;
  for (int i = 0; i < 12; ++i) {
    const Point at = to_uv(x, y);
    const double du = uv.x - at.x, dv = uv.y - at.y;
    x += cos_ * du - sin_ * dv;
    y += sin_ * du + cos_ * dv;
  }
  return {x, y};
}

Point Frame::direction_to_uv(double dx, double dy) const { return {cos_ * dx + sin_ * dy, cos_ * dy - sin_ * dx}; }

Rect Frame::around(double min_x, double min_y, double max_x, double max_y) const {
  Rect box{1e300, 1e300, -1e300, -1e300};
  for (const double x : {min_x, max_x})
    for (const double y : {min_y, max_y}) {
      const double u = cos_ * x + sin_ * y, v = cos_ * y - sin_ * x;
      box.u0 = std::min(box.u0, u - bend_u_);
      box.u1 = std::max(box.u1, u + bend_u_);
      box.v0 = std::min(box.v0, v - bend_v_);
      box.v1 = std::max(box.v1, v + bend_v_);
    }
  return box;
}

}  // namespace plotwatch::simulate
