#include "pipeline/pair_reader.hpp"

#include <utility>

namespace plotwatch::pipeline {

PairReader::PairReader(const Inputs& in, const std::vector<BandRole>& roles, io::BlockCache& cache,
                       const MaskOptions& mask)
    : PairReader(in.before, roles, in.after, roles, in.grid, cache, mask) {}

PairReader::PairReader(const Scene& before, const std::vector<BandRole>& before_roles, const Scene& after,
                       const std::vector<BandRole>& after_roles, const Grid& grid, io::BlockCache& cache,
                       const MaskOptions& mask)
    : bands_(static_cast<int>(before_roles.size())),
      before_(before, before_roles, grid, cache, mask),
      after_(after, after_roles, grid, cache, mask) {}

void PairReader::read(const PixelWindow& window, const DisplacementField& field, PairTile& tile, Worker& worker) const {
  tile.window = window;
  const int width = window.width, height = window.height;
  const std::ptrdiff_t stride = (width + 15) / 16 * 16;
  const auto plane = static_cast<std::size_t>(stride * height);
  tile.samples.resize(plane * 2 * static_cast<std::size_t>(bands_));
  tile.masks.resize(plane * 7);
  const auto planes = [&](int date) {
    return kernels::Planes<float>{tile.samples.data() + static_cast<std::size_t>(date * bands_) * plane,
                                  width,
                                  height,
                                  bands_,
                                  stride,
                                  static_cast<std::ptrdiff_t>(plane)};
  };
  const auto mask = [&](std::size_t i) {
    return kernels::MutableMask{tile.masks.data() + i * plane, width, height, stride};
  };
  const auto before = planes(0), after = planes(1);
  const auto before_usable = mask(0), after_usable = mask(1), usable = mask(2), cloudless = mask(3),
             unshadowed = mask(4), after_cloudless = mask(5), after_unshadowed = mask(6);
  before_.read(window, {}, {before, before_usable, cloudless, unshadowed}, worker.before);
  after_.read(window, field, {after, after_usable, after_cloudless, after_unshadowed}, worker.after);
  for (std::size_t i = 0; i < plane; ++i) {
    tile.masks[2 * plane + i] = static_cast<std::uint8_t>(tile.masks[i] & tile.masks[plane + i]);
    tile.masks[3 * plane + i] = static_cast<std::uint8_t>(tile.masks[3 * plane + i] & tile.masks[5 * plane + i]);
    tile.masks[4 * plane + i] = static_cast<std::uint8_t>(tile.masks[4 * plane + i] & tile.masks[6 * plane + i]);
  }
  tile.before = before;
  tile.after = after;
  tile.before_usable = before_usable;
  tile.after_usable = after_usable;
  tile.usable = usable;
  tile.cloudless = cloudless;
  tile.unshadowed = unshadowed;
}

void PairReader::fetch(const PixelWindow& window, const DisplacementField& field, const Coverage& coverage,
                       FetchedPair& pair, Worker& worker) const {
  before_.fetch(window, {}, pair.before, worker.before);
  after_.fetch(window, field, pair.after, worker.after);
  pair.scanned.assign(static_cast<std::size_t>(window.pixels()), 1);
  const kernels::MutableMask scanned{pair.scanned.data(), window.width, window.height, window.width};
  coverage.restrict(scanned, window.x, window.y);
  pair.source = {window, bands_, std::move(pair.before.source), std::move(pair.after.source), scanned};
}

std::size_t PairReader::bytes_for(std::int64_t pixels) const {
  return before_.bytes_for(pixels) + after_.bytes_for(pixels) +
         static_cast<std::size_t>(pixels) * (8u * static_cast<std::size_t>(bands_) + 7u);
}

}  // namespace plotwatch::pipeline
