// Private to io: how one file is cut into cells, and decoding a cell through a handle that no other thread holds.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/grid.hpp"
#include "io/deflate_blocks.hpp"
#include "io/gdal_dataset.hpp"
#include "io/pixel_buffer.hpp"

namespace plotwatch::io {

// What of a file decides the shape of its cells.
struct BlockLayout {
  int raster_width = 0, raster_height = 0;
  int block_width = 0, block_height = 0;
  bool random_access = false;   // uncompressed samples at computable places: any rectangle costs the same
  bool virtual_blocks = false;  // blocks of a mosaic say nothing about the files behind it
  bool direct_blocks = false;   // a block can be had straight from the decoder, past GDAL's own cache
};

struct CellShape {
  int width = 0, height = 0;
  bool operator==(const CellShape&) const = default;
};

// Whole blocks, so that none is decoded for two cells; at least 256 pixels a side (64 rows of strips), because
// smaller cells cost more to find and to copy than to decode; never larger than the raster.
CellShape cell_shape(const BlockLayout& layout);

class CellReader {
 public:
  // Opens the file once to see that it can be read. Throws Error(input).
  CellReader(std::string path, std::vector<int> bands);

  SampleType type() const { return type_; }
  int bands() const { return static_cast<int>(bands_.size()); }
  PixelWindow extent() const { return {0, 0, layout_.raster_width, layout_.raster_height}; }
  CellShape shape() const { return shape_; }
  int columns() const { return (layout_.raster_width + shape_.width - 1) / shape_.width; }
  int rows() const { return (layout_.raster_height + shape_.height - 1) / shape_.height; }

  // Cells are numbered row by row; those at the right and bottom edge are clipped to the raster.
  PixelWindow cell(int index) const;

  // Thread-safe. Throws Error(input) with the place and GDAL's reason.
  void decode(int index, PixelBuffer& out);

  // An overview of at least `width` pixels, decimated to width x height; false when the file has none.
  bool read_overview(int width, int height, PixelBuffer& out);

 private:
  // What one thread needs to decode.
  struct Handle {
    Dataset dataset;
    std::unique_ptr<DeflateBlocks> blocks;  // goes before the dataset that it refers to
  };
  class Lease;
  Handle open();
  void check_own_decoding(Handle& handle);
  void read(const PixelWindow& window, int width, int height, PixelBuffer& out);
  CPLErr read_with_gdal(GDALDataset& dataset, const PixelWindow& window, int width, int height, PixelBuffer& out) const;
  bool is_one_block(const PixelWindow& window) const;

  std::string path_;
  std::vector<int> bands_;
  SampleType type_ = SampleType::float32;
  BlockLayout layout_;
  CellShape shape_;
  int overview_width_ = 0;  // of the finest overview; 0: none
  std::mutex mutex_;
  bool own_decoding_ = true;
  std::vector<Handle> idle_;
};

}  // namespace plotwatch::io
