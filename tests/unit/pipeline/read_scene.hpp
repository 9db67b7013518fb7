// A window of a scene as a reader gives it, in memory of its own.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "catalogue/catalogue.hpp"
#include "core/grid.hpp"
#include "io/block_cache.hpp"
#include "model/displacement_field.hpp"
#include "pipeline/scene_reader.hpp"

namespace plotwatch::pipeline {

struct SceneWindow {
  PixelWindow window;
  int bands = 0;
  std::vector<float> samples;  // band after band
  std::vector<std::uint8_t> usable, cloudless, unshadowed;

  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y - window.y) * static_cast<std::size_t>(window.width) +
           static_cast<std::size_t>(x - window.x);
  }
  // (x, y): pixel of the working grid.
  float at(int band, int x, int y) const {
    return samples[static_cast<std::size_t>(band) * usable.size() + index(x, y)];
  }
  bool usable_at(int x, int y) const { return usable[index(x, y)] != 0; }
  bool cloudless_at(int x, int y) const { return cloudless[index(x, y)] != 0; }
  bool unshadowed_at(int x, int y) const { return unshadowed[index(x, y)] != 0; }
};

// Memory is poisoned first, so that a pixel that nobody wrote shows.
inline SceneWindow read_window(const SceneReader& reader, int bands, const PixelWindow& window,
                               const DisplacementField& field = {}) {
  SceneWindow out{window, bands, {}, {}, {}, {}};
  const auto pixels = static_cast<std::size_t>(window.pixels());
  out.samples.assign(pixels * static_cast<std::size_t>(bands), -1e30f);
  out.usable.assign(pixels, 77);
  out.cloudless.assign(pixels, 77);
  out.unshadowed.assign(pixels, 77);
  SceneReader::Worker worker(reader);
  reader.read(
      window, field,
      {{out.samples.data(), window.width, window.height, bands, window.width, static_cast<std::ptrdiff_t>(pixels)},
       {out.usable.data(), window.width, window.height, window.width},
       {out.cloudless.data(), window.width, window.height, window.width},
       {out.unshadowed.data(), window.width, window.height, window.width}},
      worker);
  return out;
}

inline SceneWindow read_scene(const Scene& scene, const std::vector<BandRole>& roles, const Grid& working,
                              const PixelWindow& window, const DisplacementField& field = {},
                              const MaskOptions& mask = {}) {
  io::BlockCache cache(std::size_t{64} << 20);
  const SceneReader reader(scene, roles, working, cache, mask);
  return read_window(reader, static_cast<int>(roles.size()), window, field);
}

inline DisplacementField shift(double dx, double dy) {
  DisplacementField field;
  field.a[0] = dx;
  field.b[0] = dy;
  return field;
}

// A file with its bands' roles said, "red" first.
inline Scene scene_of(const std::string& path, int bands = 1) {
  catalogue::SceneRequest request;
  request.path = path;
  const char* const names[] = {"red", "nir", "green", "blue"};
  for (int b = 0; b < bands; ++b) request.roles[names[b]] = std::to_string(b + 1);
  return catalogue::describe(request);
}

}  // namespace plotwatch::pipeline
