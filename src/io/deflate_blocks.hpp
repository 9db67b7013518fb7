// Private to io: decoding the DEFLATE blocks of plain GeoTIFFs ourselves.
//
// libtiff ignores the checksum that each DEFLATE block carries whenever the damaged stream still unpacks to the right
// length: half of all damage reads as pixels. Here the checksum counts. Undoing the predictor and separating the bands
// in one pass is quicker, too. All other files are left to GDAL.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/grid.hpp"
#include "io/gdal_dataset.hpp"
#include "io/pixel_buffer.hpp"

namespace plotwatch::io {

class DeflateBlocks {
 public:
  // Nothing when the file is not of this kind: little-endian GeoTIFF, DEFLATE, 8- or 16-bit samples of one type,
  // predictor 1 or 2. The dataset must outlive the object. One thread at a time.
  static std::unique_ptr<DeflateBlocks> of(GDALDataset& dataset, const std::vector<int>& bands,
                                           const std::string& path);
  ~DeflateBlocks();
  DeflateBlocks(const DeflateBlocks&) = delete;
  DeflateBlocks& operator=(const DeflateBlocks&) = delete;

  // Fills `out` (sized to the window) and gives true; false when a block is not stored (a sparse file), and GDAL must
  // say what stands there. `problem` is filled, and false given, when a block is truncated or its checksum is wrong.
  bool read(const PixelWindow& window, PixelBuffer& out, std::string& problem);

 private:
  struct Impl;
  explicit DeflateBlocks(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace plotwatch::io
