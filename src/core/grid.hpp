// A north-up raster grid. Pixel-is-area everywhere: pixel (0, 0) covers [0, 1) x [0, 1) in pixel coordinates and
// its centre is (0.5, 0.5). x runs right (east), y runs down (south).
#pragma once

#include <cstdint>
#include <string>

#include "core/geometry.hpp"

namespace plotwatch {

// A coordinate reference system by its WKT. Two systems are compared by meaning in io/crs.hpp, not by text.
struct Crs {
  std::string wkt;
  bool empty() const { return wkt.empty(); }
  bool operator==(const Crs&) const = default;  // text equality only
};

// Half-open rectangle of pixels.
struct PixelWindow {
  int x = 0, y = 0, width = 0, height = 0;
  bool operator==(const PixelWindow&) const = default;

  bool empty() const { return width <= 0 || height <= 0; }
  int right() const { return x + width; }
  int bottom() const { return y + height; }
  std::int64_t pixels() const { return empty() ? 0 : std::int64_t{width} * height; }
  PixelWindow intersection(const PixelWindow& other) const;  // an empty window at (0, 0) when they do not meet
  PixelWindow expanded(int margin) const;
  bool contains(const PixelWindow& other) const;
};

// Pixels [x0, x1) of row y.
struct PixelRun {
  int y = 0, x0 = 0, x1 = 0;
  bool operator==(const PixelRun&) const = default;
};

struct Grid {
  Crs crs;
  double left = 0;          // map x of the left edge of column 0
  double top = 0;           // map y of the top edge of row 0
  double pixel_width = 1;   // map units, > 0
  double pixel_height = 1;  // map units, > 0; rows go south
  int width = 0;            // pixels
  int height = 0;           // pixels

  bool operator==(const Grid&) const = default;

  Point to_map(Point pixel) const { return {left + pixel.x * pixel_width, top - pixel.y * pixel_height}; }
  Point to_pixel(Point map) const { return {(map.x - left) / pixel_width, (top - map.y) / pixel_height}; }
  Box box() const { return {left, top - height * pixel_height, left + width * pixel_width, top}; }
  PixelWindow window() const { return {0, 0, width, height}; }

  // Smallest window of this grid, clipped to it, that covers the box; edges within 1e-6 pixel of a pixel edge are
  // taken to lie on it.
  PixelWindow covering(const Box& map_box) const;

  // The same ground and phase with `window` as the extent; the window may reach outside this grid.
  Grid crop(const PixelWindow& window) const;

  // Same CRS text, pixel size and sub-pixel phase (within 1e-6 pixel): a pixel of one is a pixel of the other.
  bool aligned_with(const Grid& other) const;
};

// Grid whose edges are multiples of the pixel size: the same ground falls on the same pixels whatever the scene.
Grid snapped_grid(const Crs& crs, const Box& map_box, double pixel_size);

}  // namespace plotwatch
