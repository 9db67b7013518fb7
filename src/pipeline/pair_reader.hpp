// Both scenes of a pair on one window of the working grid.
#pragma once

#include <vector>

#include "change/score.hpp"
#include "change/tile_source.hpp"
#include "pipeline/coverage.hpp"
#include "pipeline/inputs.hpp"
#include "pipeline/scene_reader.hpp"

namespace plotwatch::pipeline {

// Owned by one worker or one token; the views stay good until the next read.
struct PairTile {
  PixelWindow window;  // on the working grid
  kernels::Planes<const float> before, after;
  kernels::Mask before_usable, after_usable;
  kernels::MutableMask usable;          // in both; may be narrowed before scoring
  kernels::Mask cloudless, unshadowed;  // no cloud in either; no cloud shadow in either

  change::TileInput input() const { return {before, after, usable}; }

  std::vector<float> samples;
  std::vector<std::uint8_t> masks;
};

// The same before resampling, for a device. Owned by one token; the views stay good until the next fetch.
struct FetchedPair {
  SceneReader::Fetched before, after;
  std::vector<std::uint8_t> scanned;
  change::PairSource source;
};

class PairReader {
 public:
  PairReader(const Inputs& inputs, const std::vector<BandRole>& roles, io::BlockCache& cache, const MaskOptions& mask);
  // Plane i holds the before scene's role i and the after scene's role i, which may differ. As many of one as of the
  // other.
  PairReader(const Scene& before, const std::vector<BandRole>& before_roles, const Scene& after,
             const std::vector<BandRole>& after_roles, const Grid& grid, io::BlockCache& cache,
             const MaskOptions& mask);

  struct Worker {
    explicit Worker(const PairReader& reader) : before(reader.before_), after(reader.after_) {}
    SceneReader::Worker before, after;
  };

  // The before scene as it is georeferenced, the after scene through the field.
  void read(const PixelWindow& window, const DisplacementField& field, PairTile& tile, Worker& worker) const;

  // Decoded blocks of both under the window, and what of it `coverage` scans.
  void fetch(const PixelWindow& window, const DisplacementField& field, const Coverage& coverage, FetchedPair& pair,
             Worker& worker) const;

  const SceneReader& before() const { return before_; }
  double samples_per_pixel() const { return before_.samples_per_pixel() + after_.samples_per_pixel(); }
  std::size_t bytes_for(std::int64_t pixels) const;

 private:
  int bands_;
  SceneReader before_, after_;
};

}  // namespace plotwatch::pipeline
