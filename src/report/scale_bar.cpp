#include "report/scale_bar.hpp"

#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "io/crs.hpp"

namespace plotwatch::report {

ScaleBar scale_bar(double metres_per_picture_pixel, double room) {
  const double longest = metres_per_picture_pixel * room;
  if (!(longest > 0) || !std::isfinite(longest)) return {};
  double power = std::pow(10.0, std::floor(std::log10(longest)));
  if (power * 10 <= longest) power *= 10;  // log10 may round just below a whole number
  ScaleBar bar;
  for (const double step : {1.0, 2.0, 5.0})
    if (step * power <= longest) bar.metres = step * power;
  if (bar.metres == 0) bar.metres = power / 2;  // log10 rounded up
  bar.pixels = bar.metres / metres_per_picture_pixel;
  bar.label = bar.metres >= 1000 ? fmt::format("{:g} km", bar.metres / 1000) : fmt::format("{:g} m", bar.metres);
  return bar;
}

double metres_per_pixel_east(const Grid& grid, double latitude) {
  const double metres = grid.pixel_width * io::metres_per_unit(grid.crs);
  return io::is_geographic(grid.crs) ? metres * std::cos(latitude * std::numbers::pi / 180) : metres;
}

}  // namespace plotwatch::report
