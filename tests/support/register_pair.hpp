// The registration of one pair of images from coarse shift to field, wired as a scan of a small grid does it: even
// cells, the after side read at the coarse shift.
#pragma once

#include <algorithm>
#include <cmath>
#include <thread>
#include <vector>

#include "registration/registration.hpp"
#include "support/known_displacement.hpp"

namespace plotwatch::support {

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

// Bands of one size, one after the other, and their shared mask, as windows hold them.
struct Bands {
  int width = 0, height = 0, count = 0;
  std::vector<float> samples;
  std::vector<std::uint8_t> usable;

  Bands() = default;
  explicit Bands(const std::vector<Image>& pile)
      : width(pile.front().width), height(pile.front().height), count(int(pile.size())), usable(pile.front().usable) {
    for (const Image& image : pile) {
      samples.insert(samples.end(), image.samples.begin(), image.samples.end());
      for (std::size_t i = 0; i < usable.size(); ++i) usable[i] = usable[i] && image.usable[i];
    }
  }

  kernels::Planes<const float> planes() const {
    return {samples.data(), width, height, count, width, std::ptrdiff_t{width} * height};
  }
  kernels::Mask mask() const { return {usable.data(), width, height, width}; }
};

inline registration::WindowPair window_pair(const Bands& before, const Bands& after, int x = 0, int y = 0,
                                            int shift_x = 0, int shift_y = 0) {
  return {{x, y, before.width, before.height},
          before.planes(),
          after.planes(),
          before.mask(),
          after.mask(),
          shift_x,
          shift_y};
}

// Views of the images, which must outlive them.
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

// The same part of every band.
inline Bands cut(const std::vector<Image>& pile, int left, int top, int width, int height) {
  std::vector<Image> parts;
  for (const Image& image : pile) parts.push_back(cut(image, left, top, width, height));
  return Bands(parts);
}

inline PairRegistration register_pair(const std::vector<Image>& befores, const std::vector<Image>& afters,
                                      const RegistrationOptions& options, int workers = 1) {
  PairRegistration out;
  const Image& before = befores.front();
  const int side = std::min({1024, before.width, before.height});
  const int left = (before.width - side) / 2, top = (before.height - side) / 2;
  const Bands middle = cut(befores, left, top, side, side), middle_after = cut(afters, left, top, side, side);
  out.coarse = registration::coarse_shift(window_pair(middle, middle_after, left, top), options);
  const bool trusted = out.coarse.reliability >= options.min_reliability;
  const int dx = trusted ? out.coarse.dx : 0, dy = trusted ? out.coarse.dy : 0;

  const std::vector<PixelWindow> cells = registration::even_cells(before.width, before.height, 512);
  const auto points_of = [&](auto look) {
    std::vector<std::vector<TiePoint>> found(cells.size());
    std::vector<std::thread> threads;
    for (int worker = 0; worker < workers; ++worker)
      threads.emplace_back([&, worker] {
        for (std::size_t i = std::size_t(worker); i < cells.size(); i += std::size_t(workers)) {
          const PixelWindow& c = cells[i];
          const Bands b = cut(befores, c.x, c.y, c.width, c.height),
                      a = cut(afters, c.x + dx, c.y + dy, c.width, c.height);
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

inline PairRegistration register_pair(const Image& before, const Image& after, const RegistrationOptions& options,
                                      int workers = 1) {
  return register_pair(std::vector<Image>{before}, std::vector<Image>{after}, options, workers);
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
