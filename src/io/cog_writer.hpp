// Bands of uint8 on a grid as a Cloud-Optimised GeoTIFF: rows in, file out, whole or not at all.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/grid.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::io {

struct CogBand {
  std::string description;
  std::uint8_t nodata = 255;
  double scale = 1, offset = 0;  // physical = sample * scale + offset
  std::string unit;
  enum class Colour { none, red, green, blue };
  Colour colour = Colour::none;
  bool categorical = false;  // overviews by mode instead of average
  struct Category {
    std::uint8_t value = 0, r = 0, g = 0, b = 0;
    std::string label;
  };
  std::vector<Category> categories;  // colour table and category names, where categorical
};

enum class CogCompression {
  zstd,    // the fastest
  deflate  // what browsers read too
};

class CogWriter {
 public:
  CogWriter(const std::string& path, const Grid& grid, const CogBand& band);
  // All bands have one nodata value, and are all categorical or none.
  CogWriter(const std::string& path, const Grid& grid, std::vector<CogBand> bands, CogCompression compression);
  ~CogWriter();  // without finish(): leaves nothing behind
  CogWriter(const CogWriter&) = delete;
  CogWriter& operator=(const CogWriter&) = delete;

  // Rows in order from the top, each grid.width wide; all rows must have come before finish().
  void write_rows(kernels::View<const std::uint8_t> rows);
  void write_rows(kernels::Planes<const std::uint8_t> rows);

  // Compresses, builds overviews, syncs and renames into place. The bytes do not depend on `threads`.
  // Throws Error(output): disk full, permission.
  void finish(int threads);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace plotwatch::io
