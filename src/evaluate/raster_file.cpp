#include "evaluate/raster_file.hpp"

#include <cmath>
#include <utility>

#include "core/error.hpp"
#include "io/block_cache.hpp"
#include "io/raster.hpp"

namespace plotwatch::evaluate {

namespace {

constexpr std::size_t cache_bytes = std::size_t{64} << 20;

}  // namespace

struct RasterFile::Impl {
  explicit Impl(const std::string& path)
      : info(io::describe_raster(path)), cache(cache_bytes), source(cache.add(path, {1})) {}

  template <class T>
  void copy(const PixelWindow& window, const PixelWindow& part, std::vector<std::uint8_t>& out) {
    const auto in = std::as_const(buffer).planes<T>().band(0);
    for (int y = part.y; y < part.bottom(); ++y)
      for (int x = part.x; x < part.right(); ++x) {
        const auto sample = static_cast<double>(in(x - window.x, y - window.y));
        if (!(sample >= 0 && sample <= 255 && sample == std::floor(sample)))
          throw Error(
              ExitCode::input, "a sample is not a whole number from 0 to 255", info.path,
              "labels are 0 (not labelled), 1 (unchanged) and 2 (changed); score.tif and transition.tif hold bytes");
        out[static_cast<std::size_t>(y - window.y) * static_cast<std::size_t>(window.width) +
            static_cast<std::size_t>(x - window.x)] = static_cast<std::uint8_t>(sample);
      }
  }

  io::RasterInfo info;
  io::BlockCache cache;
  int source;
  io::PixelBuffer buffer;
};

RasterFile::RasterFile(const std::string& path) : impl_(std::make_unique<Impl>(path)) {}
RasterFile::~RasterFile() = default;
RasterFile::RasterFile(RasterFile&&) noexcept = default;

const Grid& RasterFile::grid() const { return impl_->info.grid; }
const std::string& RasterFile::path() const { return impl_->info.path; }

std::vector<std::uint8_t> RasterFile::read(const PixelWindow& window, std::uint8_t outside) {
  std::vector<std::uint8_t> out(static_cast<std::size_t>(window.pixels()), outside);
  const PixelWindow part = window.intersection(grid().window());
  if (part.empty()) return out;
  impl_->cache.read(impl_->source, window, impl_->buffer);
  switch (impl_->buffer.type()) {
    case SampleType::uint8: impl_->copy<std::uint8_t>(window, part, out); break;
    case SampleType::uint16: impl_->copy<std::uint16_t>(window, part, out); break;
    case SampleType::int16: impl_->copy<std::int16_t>(window, part, out); break;
    default: impl_->copy<float>(window, part, out); break;
  }
  return out;
}

}  // namespace plotwatch::evaluate
