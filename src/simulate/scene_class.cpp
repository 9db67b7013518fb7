#include "simulate/scene_class.hpp"

namespace plotwatch::simulate {

SceneClass scene_class(Clouds* clouds, double x, double y, float snow, const Spectrum& seen) {
  if (clouds && clouds->masked(x, y)) {
    const float cover = clouds->cover(x, y);
    if (cover >= 0.6F) return SceneClass::cloud_high;
    return cover >= clouds->shadow(x, y) ? SceneClass::cloud_medium : SceneClass::cloud_shadow;
  }
  if (snow > 0.3F) return SceneClass::snow;
  const float green = seen[1], red = seen[2], nir = seen[3];
  if (green > nir && nir < 0.12F) return SceneClass::water;
  return nir - red > 0.35F * (nir + red) ? SceneClass::vegetation : SceneClass::not_vegetated;
}

}  // namespace plotwatch::simulate
