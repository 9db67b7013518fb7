// Decoded blocks shared by all workers, so that a block is decoded once although the halos of several tiles need it.
//
// A source is some bands of one file. Its cells are the file's decode blocks, joined to a useful size where blocks
// are single lines or very small. A cell is decoded by the first worker that asks for it, through a dataset handle
// that no other worker holds; others that want the same cell wait for it. The least recently used cells leave when
// the budget is reached; cells in use never do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/grid.hpp"
#include "io/pixel_buffer.hpp"

namespace plotwatch::io {

struct BlockCacheStats {
  std::int64_t cells_decoded = 0;
  std::int64_t cells_decoded_again = 0;  // had been evicted
  std::int64_t samples_decoded = 0;
  double decode_seconds = 0;  // summed over workers
  std::size_t peak_bytes = 0;
};

class BlockCache {
 public:
  explicit BlockCache(std::size_t budget_bytes);
  ~BlockCache();
  BlockCache(const BlockCache&) = delete;
  BlockCache& operator=(const BlockCache&) = delete;

  // Registers bands (1-based) of a file; the order is kept in read(). Returns the source's number. Types that are
  // not uint8, uint16, int16 or float32 are read as float32. Not to be called while other threads read.
  int add(const std::string& path, const std::vector<int>& bands);

  SampleType type(int source) const;
  PixelWindow extent(int source) const;  // of the whole raster
  int cell_width(int source) const;
  int cell_height(int source) const;

  // Copies `window` of all bands of the source into `out`, sized to the window. Pixels outside the raster are 0;
  // the return value is the part of `window` inside it. Thread-safe.
  // Throws Error(input) when the file is truncated or corrupt, naming the file and the block.
  PixelWindow read(int source, const PixelWindow& window, PixelBuffer& out);

  // The raster decimated to about `max_side` pixels a side, from an overview where the file has one; `bands` of the
  // source. Reads the whole raster where it has none. Nearest neighbour.
  void read_overview(int source, int max_side, PixelBuffer& out);

  BlockCacheStats stats() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace plotwatch::io
