#include "io/deflate_blocks.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <utility>

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <fmt/format.h>
#include <libdeflate.h>

namespace plotwatch::io {
namespace {

struct CloseFile {
  void operator()(VSILFILE* file) const { VSIFCloseL(file); }
};
struct FreeDecompressor {
  void operator()(libdeflate_decompressor* d) const { libdeflate_free_decompressor(d); }
};

// Where the samples of one block go. A block holds `channels` interleaved samples a pixel; channel[i] goes to out[i].
template <class T>
struct Destination {
  std::vector<int> channel;
  std::vector<T*> out;  // the first sample to write
  std::ptrdiff_t stride = 0;
};

// Part of a block: from pixel (x0, y0) on.
struct Part {
  int x0 = 0, y0 = 0, width = 0, rows = 0;
};

// Undoes horizontal differencing (TIFF 6.0, section 14) where `differences`, and separates the channels.
template <class T, int Channels>
void unpack(const T* block, int block_width, bool differences, const Part& part, const Destination<T>& to) {
  constexpr std::size_t n = Channels;
  std::vector<T> unwanted(static_cast<std::size_t>(part.width));
  for (int y = 0; y < part.rows; ++y) {
    const T* row = block + static_cast<std::size_t>(part.y0 + y) * static_cast<std::size_t>(block_width) * n;
    T* out[n];
    std::fill_n(out, n, unwanted.data());
    for (std::size_t i = 0; i < to.out.size(); ++i)
      out[static_cast<std::size_t>(to.channel[i])] = to.out[i] + y * to.stride;
    T last[n] = {};
    if (differences)
      for (int x = 0; x < part.x0; ++x)
        for (std::size_t c = 0; c < n; ++c)
          last[c] = static_cast<T>(last[c] + row[static_cast<std::size_t>(x) * n + c]);
    const T* from = row + static_cast<std::size_t>(part.x0) * n;
    if (differences) {
      for (std::size_t x = 0; x < static_cast<std::size_t>(part.width); ++x)
        for (std::size_t c = 0; c < n; ++c) out[c][x] = last[c] = static_cast<T>(last[c] + from[x * n + c]);
    } else {
      for (std::size_t c = 0; c < n; ++c)
        for (std::size_t x = 0; x < static_cast<std::size_t>(part.width); ++x) out[c][x] = from[x * n + c];
    }
  }
}

// The number of channels as a constant: the loops above unroll. More channels are left to GDAL.
constexpr int most_channels = 8;

template <class T, int Channels = most_channels>
void unpack(int channels, const T* block, int block_width, bool differences, const Part& part,
            const Destination<T>& to) {
  if constexpr (Channels > 0) {
    if (channels == Channels)
      unpack<T, Channels>(block, block_width, differences, part, to);
    else
      unpack<T, Channels - 1>(channels, block, block_width, differences, part, to);
  }
}

std::optional<std::uint64_t> stated(GDALRasterBand& band, const char* what, int x, int y) {
  const char* text = band.GetMetadataItem(CPLSPrintf("BLOCK_%s_%d_%d", what, x, y), "TIFF");
  return text != nullptr ? std::optional<std::uint64_t>(std::strtoull(text, nullptr, 10)) : std::nullopt;
}

}  // namespace

struct DeflateBlocks::Impl {
  GDALDataset* dataset = nullptr;
  std::vector<int> bands;
  std::unique_ptr<VSILFILE, CloseFile> file;
  std::unique_ptr<libdeflate_decompressor, FreeDecompressor> decompressor{libdeflate_alloc_decompressor()};
  SampleType type = SampleType::uint8;
  int width = 0, height = 0, block_width = 0, block_height = 0;
  int channels = 1;  // in one block
  bool differences = false;
  std::vector<std::byte> packed, unpacked;

  // One stored block into `unpacked`; see read() for what comes back.
  bool load(GDALRasterBand& band, int bx, int by, std::string& problem) {
    const auto offset = stated(band, "OFFSET", bx, by), size = stated(band, "SIZE", bx, by);
    if (!offset || !size || *offset == 0 || *size == 0) return false;
    const std::size_t row_bytes =
        static_cast<std::size_t>(block_width) * static_cast<std::size_t>(channels) * bytes_per_sample(type);
    const std::size_t wanted = row_bytes * static_cast<std::size_t>(block_height);
    // Tiles are stored whole at the edges; the last strip ends with the raster.
    const std::size_t least = row_bytes * static_cast<std::size_t>(std::min(block_height, height - by * block_height));
    // DEFLATE never grows samples beyond a few bytes a block; a larger size is damage in the directory.
    if (*size > 2 * wanted + 1024) {
      problem = fmt::format("block {}, {} claims {} compressed bytes for {}", bx, by, *size, wanted);
      return false;
    }
    packed.resize(static_cast<std::size_t>(*size));
    unpacked.resize(wanted);
    if (VSIFSeekL(file.get(), *offset, SEEK_SET) != 0 ||
        VSIFReadL(packed.data(), 1, packed.size(), file.get()) != packed.size()) {
      problem = fmt::format("block {}, {} lies beyond the end of the file", bx, by);
      return false;
    }
    std::size_t got = 0;
    const libdeflate_result result =
        libdeflate_zlib_decompress(decompressor.get(), packed.data(), packed.size(), unpacked.data(), wanted, &got);
    if (result != LIBDEFLATE_SUCCESS || (got != wanted && got != least)) {
      problem = fmt::format("the checksum of block {}, {} is wrong", bx, by);
      return false;
    }
    return true;
  }

  template <class T>
  void place(const PixelWindow& part, const PixelWindow& window, int bx, int by, const std::vector<std::size_t>& planes,
             PixelBuffer& out) {
    const auto all = out.planes<T>();
    Destination<T> to;
    to.stride = all.stride;
    for (const std::size_t plane : planes) {
      to.out.push_back(all.band(static_cast<int>(plane)).row(part.y - window.y) + (part.x - window.x));
      to.channel.push_back(channels == 1 ? 0 : bands[plane] - 1);
    }
    unpack<T>(channels, reinterpret_cast<const T*>(unpacked.data()), block_width, differences,
              {part.x - bx * block_width, part.y - by * block_height, part.width, part.height}, to);
  }

  // All bands of a block when they are stored together, else one band (its plane in `out`).
  bool read_block(const PixelWindow& window, int bx, int by, const std::vector<std::size_t>& planes, PixelBuffer& out,
                  std::string& problem) {
    if (!load(*dataset->GetRasterBand(bands[planes.front()]), bx, by, problem)) return false;
    const PixelWindow block{bx * block_width, by * block_height, block_width, block_height};
    const PixelWindow part = block.intersection(window);
    if (bytes_per_sample(type) == 1)
      place<std::uint8_t>(part, window, bx, by, planes, out);
    else
      place<std::uint16_t>(part, window, bx, by, planes, out);
    return true;
  }
};

DeflateBlocks::DeflateBlocks(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
DeflateBlocks::~DeflateBlocks() = default;

std::unique_ptr<DeflateBlocks> DeflateBlocks::of(GDALDataset& dataset, const std::vector<int>& bands,
                                                 const std::string& path) {
  const auto structure = [&](const char* key) {
    const char* text = dataset.GetMetadataItem(key, "IMAGE_STRUCTURE");
    return std::string(text != nullptr ? text : "");
  };
  const std::string predictor = structure("PREDICTOR"), interleave = structure("INTERLEAVE");
  if (!EQUAL(dataset.GetDriver()->GetDescription(), "GTiff") || structure("COMPRESSION") != "DEFLATE") return nullptr;
  if (predictor != "" && predictor != "1" && predictor != "2") return nullptr;
  if (interleave != "PIXEL" && interleave != "BAND") return nullptr;

  auto impl = std::make_unique<Impl>();
  GDALRasterBand& first = *dataset.GetRasterBand(1);
  const GDALDataType stored = first.GetRasterDataType();
  if (stored != GDT_Byte && stored != GDT_UInt16 && stored != GDT_Int16) return nullptr;
  for (int b = 1; b <= dataset.GetRasterCount(); ++b) {
    GDALRasterBand& band = *dataset.GetRasterBand(b);
    const char* bits = band.GetMetadataItem("NBITS", "IMAGE_STRUCTURE");
    if (band.GetRasterDataType() != stored || bits != nullptr) return nullptr;
  }
  impl->file.reset(VSIFOpenL(path.c_str(), "rb"));
  char order[2] = {};
  if (!impl->file || VSIFReadL(order, 1, 2, impl->file.get()) != 2 || order[0] != 'I' || order[1] != 'I')
    return nullptr;
  impl->dataset = &dataset;
  impl->bands = bands;
  impl->type = sample_type(stored, path);
  impl->width = dataset.GetRasterXSize();
  impl->height = dataset.GetRasterYSize();
  first.GetBlockSize(&impl->block_width, &impl->block_height);
  impl->channels = interleave == "PIXEL" ? dataset.GetRasterCount() : 1;
  impl->differences = predictor == "2";
  if (impl->channels > most_channels) return nullptr;
  return std::unique_ptr<DeflateBlocks>(new DeflateBlocks(std::move(impl)));
}

bool DeflateBlocks::read(const PixelWindow& window, PixelBuffer& out, std::string& problem) {
  Impl& d = *impl_;
  std::vector<std::vector<std::size_t>> loads;
  for (std::size_t plane = 0; plane < d.bands.size(); ++plane) {
    if (d.channels == 1 || loads.empty()) loads.emplace_back();
    loads.back().push_back(plane);
  }
  for (int by = window.y / d.block_height; by * d.block_height < window.bottom(); ++by)
    for (int bx = window.x / d.block_width; bx * d.block_width < window.right(); ++bx)
      for (const auto& planes : loads)
        if (!d.read_block(window, bx, by, planes, out, problem)) return false;
  return true;
}

}  // namespace plotwatch::io
