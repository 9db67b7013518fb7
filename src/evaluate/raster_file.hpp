// One band of a file, whole rows at a time, whatever integer type it is stored in.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/grid.hpp"

namespace plotwatch::evaluate {

class RasterFile {
 public:
  explicit RasterFile(const std::string& path);  // throws Error(input)
  ~RasterFile();
  RasterFile(RasterFile&&) noexcept;

  const Grid& grid() const;
  const std::string& path() const;

  // `window` of the raster; samples outside the raster are `outside`. Throws Error(input) where a sample is not a
  // whole number from 0 to 255: then this is no raster of labels, scores or codes.
  std::vector<std::uint8_t> read(const PixelWindow& window, std::uint8_t outside);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace plotwatch::evaluate
