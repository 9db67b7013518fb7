#include "simulate/season_camera.hpp"

#include "simulate/camera.hpp"
#include "simulate/random.hpp"

namespace plotwatch::simulate {

namespace {

// The scene as the later one of a district's two.
DistrictOptions as_later_scene(const Acquisition& a, int width, int height, double pixel_size) {
  DistrictOptions d;
  d.seed = a.seed;
  d.width = width;
  d.height = height;
  d.pixel_size = pixel_size;
  d.cloud_share = a.cloud_share;
  d.haze = a.haze;
  d.after = a.date;
  return d;
}

}  // namespace

Clouds clouds_of(const Acquisition& a, const Grid& grid) {
  return {as_later_scene(a, grid.width, grid.height, grid.pixel_width), a.sun};
}

std::optional<Snow> snow_of(const Acquisition& a) {
  if (a.snow <= 0) return std::nullopt;
  return Snow(hash(a.seed, 11), a.snow);
}

ScenePixels photograph(const History& history, const Acquisition& a, const SeasonOptions& o) {
  DistrictOptions d = as_later_scene(a, o.width, o.height, o.pixel_size);
  d.noise = o.noise;
  d.supersample = o.supersample;
  d.bands = o.bands;
  const auto width = static_cast<std::size_t>(o.width), height = static_cast<std::size_t>(o.height);
  ScenePixels pixels;
  pixels.bands = o.bands;
  pixels.reflectance.resize(width * height * static_cast<std::size_t>(o.bands));
  pixels.classes.resize(width * height);
  const District district = history.on(a.date);
  Shot shot{district, d, Occasion{true, a.date, 0, o.seed, history.lot_days(a.date)}, Air(d, true, a.radiometry),
            Misplacement(a.seed, a.shift_x, a.shift_y, 0, o.width, o.height)};
  shot.snow = snow_of(a);
  shot.classes = true;
  take_picture(shot,
               {pixels.reflectance.data(), o.width, o.height, o.bands, o.width, std::ptrdiff_t{o.width} * o.height},
               {pixels.classes.data(), o.width, o.height, o.width});
  return pixels;
}

}  // namespace plotwatch::simulate
