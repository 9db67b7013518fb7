// The registration of one pair of images from coarse shift to field, wired as a scan does it: cells of 256 pixels,
// the after side read at the coarse shift.
#pragma once

#include <algorithm>
#include <cmath>
#include <thread>
#include <vector>

#include "registration/registration.hpp"
#include "support/known_displacement.hpp"

namespace plotwatch::support {

struct CellImages {
  Image before, after;
};

// The part of `image` at (left, top), not usable outside of it.
inline Image cut(const Image& image, int left, int top, int width, int height) {
  Image out(width, height);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const int xx = left + x, yy = top + y;
      const bool inside = xx >= 0 && yy >= 0 && xx < image.width && yy < image.height;
      out.at(x, y) = inside ? image.at(xx, yy) : 0.0f;
      out.mask(x, y) = inside && image.mask(xx, yy);
    }
  return out;
}

inline registration::WindowPair window_pair(const Image& before, const Image& after, int x = 0, int y = 0,
                                            int shift_x = 0, int shift_y = 0) {
  const auto planes = [](const Image& i) {
    return kernels::Planes<const float>{
        i.samples.data(), i.width, i.height, 1, i.width, std::ptrdiff_t{i.width} * i.height};
  };
  const auto mask = [](const Image& i) { return kernels::Mask{i.usable.data(), i.width, i.height, i.width}; };
  return {
      {x, y, before.width, before.height}, planes(before), planes(after), mask(before), mask(after), shift_x, shift_y};
}

inline Grid pixel_grid(const Image& image) {
  Grid grid;
  grid.width = image.width;
  grid.height = image.height;
  return grid;
}

struct PairRegistration {
  registration::CoarseShift coarse;
  Registration registration;
};

inline PairRegistration register_pair(const Image& before, const Image& after, const RegistrationOptions& options,
                                      int workers = 1) {
  PairRegistration out;
  const int side = std::min({1024, before.width, before.height});
  const int left = (before.width - side) / 2, top = (before.height - side) / 2;
  out.coarse = registration::coarse_shift(
      window_pair(cut(before, left, top, side, side), cut(after, left, top, side, side), left, top), options);
  const bool trusted = out.coarse.reliability >= options.min_reliability;
  const int dx = trusted ? out.coarse.dx : 0, dy = trusted ? out.coarse.dy : 0;

  constexpr int cell = 256;
  std::vector<PixelWindow> cells;
  for (int y = 0; y < before.height; y += cell)
    for (int x = 0; x < before.width; x += cell)
      cells.push_back({x, y, std::min(cell, before.width - x), std::min(cell, before.height - y)});
  const auto points_of = [&](auto look) {
    std::vector<std::vector<TiePoint>> found(cells.size());
    std::vector<std::thread> threads;
    for (int worker = 0; worker < workers; ++worker)
      threads.emplace_back([&, worker] {
        for (std::size_t i = std::size_t(worker); i < cells.size(); i += std::size_t(workers)) {
          const PixelWindow& c = cells[i];
          const Image b = cut(before, c.x, c.y, c.width, c.height),
                      a = cut(after, c.x + dx, c.y + dy, c.width, c.height);
          found[i] = look(window_pair(b, a, c.x, c.y, dx, dy));
        }
      });
    for (std::thread& t : threads) t.join();
    std::vector<TiePoint> points;
    for (const auto& part : found) points.insert(points.end(), part.begin(), part.end());
    return points;
  };
  const Grid grid = pixel_grid(before);
  out.registration =
      registration::fit(points_of([&](const auto& pair) { return registration::match(pair, options); }), grid, options);
  if (out.registration.quality.model == RegistrationQuality::Model::local)
    out.registration = registration::fit(
        points_of([&](const auto& pair) { return registration::rematch(pair, out.registration.field, options); }), grid,
        options);
  return out;
}

// Root mean square distance of the field from the truth inside a border of 16 pixels, px, where `before` shows ground.
inline double field_rmse(const DisplacementField& field, const KnownDisplacement& truth, const Image& before) {
  const int size = before.width;
  double sum = 0, n = 0;
  for (int y = 16; y < size - 16; y += 2)
    for (int x = 16; x < size - 16; x += 2) {
      if (!before.mask(x, y)) continue;
      ++n;
      const Point d = field.at(x + 0.5, y + 0.5), t = truth.at(x + 0.5, y + 0.5, size);
      sum += (d.x - t.x) * (d.x - t.x) + (d.y - t.y) * (d.y - t.y);
    }
  return std::sqrt(sum / n);
}

}  // namespace plotwatch::support
