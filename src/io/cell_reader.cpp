#include "io/cell_reader.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"

namespace plotwatch::io {
namespace {

constexpr int least_side = 256;
constexpr int least_strip_rows = 64;
constexpr int random_access_side = 512;
constexpr int virtual_side = 1024;

int multiple_reaching(int step, int least) { return step >= least ? step : (least + step - 1) / step * step; }

SampleType read_type(GDALDataset& dataset, const std::vector<int>& bands, const std::string& path) {
  std::vector<SampleType> types;
  for (const int b : bands) {
    if (b < 1 || b > dataset.GetRasterCount())
      throw Error(ExitCode::input, fmt::format("has no band {}: it has {}", b, dataset.GetRasterCount()), path,
                  "Name a band that the file has; `plotwatch info` lists them.");
    types.push_back(sample_type(dataset.GetRasterBand(b)->GetRasterDataType(), path));
  }
  const bool uniform = std::all_of(types.begin(), types.end(), [&](SampleType t) { return t == types.front(); });
  switch (types.front()) {
    case SampleType::uint8:
    case SampleType::uint16:
    case SampleType::int16: return uniform ? types.front() : SampleType::float32;
    default: return SampleType::float32;
  }
}

// GeoTIFF keeps its last decoded block, so that bands interleaved by pixel cost one decode; the other drivers decode
// all bands into GDAL's cache at the first band's request.
bool has_direct_blocks(GDALDataset& dataset, const std::vector<int>& bands, SampleType type,
                       const BlockLayout& layout) {
  if (!EQUAL(dataset.GetDriver()->GetDescription(), "GTiff")) return false;
  return std::all_of(bands.begin(), bands.end(), [&](int b) {
    GDALRasterBand& band = *dataset.GetRasterBand(b);
    int width = 0, height = 0;
    band.GetBlockSize(&width, &height);
    return width == layout.block_width && height == layout.block_height && band.GetRasterDataType() == gdal_type(type);
  });
}

BlockLayout layout_of(GDALDataset& dataset) {
  BlockLayout layout;
  layout.raster_width = dataset.GetRasterXSize();
  layout.raster_height = dataset.GetRasterYSize();
  dataset.GetRasterBand(1)->GetBlockSize(&layout.block_width, &layout.block_height);
  const std::string driver = dataset.GetDriver()->GetDescription();
  layout.random_access = driver == "ENVI";
  layout.virtual_blocks = driver == "VRT";
  return layout;
}

// Libraries below GDAL report damage as a warning and hand over what they have: JPEG and JPEG 2000 do. A retried
// download is no damage.
bool tells_of_damage(const GdalMessages& messages) {
  if (messages.failed()) return true;
  const std::string text = messages.text();
  return messages.any() && text.find("HTTP") == std::string::npos && text.find("etry") == std::string::npos;
}

}  // namespace

CellShape cell_shape(const BlockLayout& l) {
  CellShape shape;
  if (l.random_access) {
    shape = {random_access_side, random_access_side};
  } else if (l.virtual_blocks) {
    shape = {virtual_side, virtual_side};
  } else if (l.block_width >= l.raster_width) {
    shape = {l.raster_width, multiple_reaching(l.block_height, least_strip_rows)};
  } else {
    shape = {multiple_reaching(l.block_width, least_side), multiple_reaching(l.block_height, least_side)};
  }
  return {std::min(shape.width, l.raster_width), std::min(shape.height, l.raster_height)};
}

// A handle for as long as one thread needs it.
class CellReader::Lease {
 public:
  explicit Lease(CellReader& reader) : reader_(reader) {
    {
      const std::lock_guard lock(reader_.mutex_);
      if (!reader_.idle_.empty()) {
        handle_ = std::move(reader_.idle_.back());
        reader_.idle_.pop_back();
      }
    }
    if (!handle_.dataset) handle_ = reader_.open();
  }
  ~Lease() {
    const std::lock_guard lock(reader_.mutex_);
    reader_.idle_.push_back(std::move(handle_));
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  Handle& operator*() { return handle_; }

 private:
  CellReader& reader_;
  Handle handle_;
};

CellReader::CellReader(std::string path, std::vector<int> bands) : path_(std::move(path)), bands_(std::move(bands)) {
  if (bands_.empty()) throw Error(ExitCode::internal, "no bands were asked for", path_, "");
  Handle handle{open_raster(path_), nullptr};
  GDALDataset* dataset = handle.dataset.get();
  refuse_short_file(*dataset, path_);
  type_ = read_type(*dataset, bands_, path_);
  layout_ = layout_of(*dataset);
  layout_.direct_blocks = has_direct_blocks(*dataset, bands_, type_, layout_);
  shape_ = cell_shape(layout_);
  GDALRasterBand& band = *dataset->GetRasterBand(bands_.front());
  for (int i = 0; i < band.GetOverviewCount(); ++i)
    if (GDALRasterBand* overview = band.GetOverview(i))
      overview_width_ = std::max(overview_width_, overview->GetXSize());
  handle.blocks = DeflateBlocks::of(*dataset, bands_, path_);
  check_own_decoding(handle);
  idle_.push_back(std::move(handle));
}

CellReader::Handle CellReader::open() {
  Handle handle{open_raster(path_), nullptr};
  if (own_decoding_) handle.blocks = DeflateBlocks::of(*handle.dataset, bands_, path_);
  return handle;
}

// The first block both ways: whatever we misunderstand of a file, GDAL then reads it.
void CellReader::check_own_decoding(Handle& handle) {
  own_decoding_ = false;
  if (!handle.blocks) return;
  const PixelWindow window = PixelWindow{0, 0, layout_.block_width, layout_.block_height}.intersection(extent());
  PixelBuffer own, gdal;
  own.reset(type_, window.width, window.height, bands());
  gdal.reset(type_, window.width, window.height, bands());
  std::string problem;
  const GdalMessages quiet;
  own_decoding_ = handle.blocks->read(window, own, problem) &&
                  read_with_gdal(*handle.dataset, window, window.width, window.height, gdal) == CE_None &&
                  std::memcmp(own.data(), gdal.data(), own.bytes()) == 0;
  // Damage in this very block is for the reader of its cell to report.
  own_decoding_ = own_decoding_ || !problem.empty();
  if (!own_decoding_) handle.blocks.reset();
}

PixelWindow CellReader::cell(int index) const {
  const int x = index % columns() * shape_.width, y = index / columns() * shape_.height;
  return {x, y, std::min(shape_.width, layout_.raster_width - x), std::min(shape_.height, layout_.raster_height - y)};
}

void CellReader::decode(int index, PixelBuffer& out) {
  const PixelWindow window = cell(index);
  read(window, window.width, window.height, out);
}

bool CellReader::read_overview(int width, int height, PixelBuffer& out) {
  if (overview_width_ < width) return false;
  read(extent(), width, height, out);
  return true;
}

bool CellReader::is_one_block(const PixelWindow& w) const {
  return w.width == layout_.block_width && w.height == layout_.block_height && w.x % w.width == 0 &&
         w.y % w.height == 0;
}

CPLErr CellReader::read_with_gdal(GDALDataset& dataset, const PixelWindow& window, int width, int height,
                                  PixelBuffer& out) const {
  if (!layout_.direct_blocks || !is_one_block(window) || width != window.width || height != window.height)
    return dataset.RasterIO(GF_Read, window.x, window.y, window.width, window.height, out.data(), width, height,
                            gdal_type(type_), bands(), const_cast<int*>(bands_.data()), 0, 0, 0, nullptr);
  std::byte* plane = out.data();
  for (const int b : bands_) {
    if (const CPLErr status = dataset.GetRasterBand(b)->ReadBlock(window.x / width, window.y / height, plane);
        status != CE_None)
      return status;
    plane += out.bytes() / bands_.size();
  }
  return CE_None;
}

void CellReader::read(const PixelWindow& window, int width, int height, PixelBuffer& out) {
  out.reset(type_, width, height, bands());
  Lease lease(*this);
  const GdalMessages messages;
  std::string problem;
  if ((*lease).blocks && width == window.width && height == window.height &&
      (*lease).blocks->read(window, out, problem))
    return;
  if (problem.empty() && read_with_gdal(*(*lease).dataset, window, width, height, out) == CE_None &&
      !tells_of_damage(messages))
    return;
  throw Error(
      ExitCode::input,
      fmt::format("is truncated or corrupt: columns {}..{} of rows {}..{} cannot be decoded ({})", window.x,
                  window.right() - 1, window.y, window.bottom() - 1, problem.empty() ? messages.text() : problem),
      path_, "Fetch or make the file again.");
}

}  // namespace plotwatch::io
