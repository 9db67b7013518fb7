// One scene on the working grid: decoded through the block cache, resampled once, masks applied.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "change/tile_source.hpp"
#include "core/grid.hpp"
#include "io/block_cache.hpp"
#include "io/crs.hpp"
#include "io/pixel_buffer.hpp"
#include "kernels/base/view.hpp"
#include "kernels/morphology/morphology.hpp"
#include "kernels/resample/resample.hpp"
#include "model/displacement_field.hpp"
#include "model/options.hpp"
#include "model/scene.hpp"

namespace plotwatch::pipeline {

class SceneReader {
 public:
  // Registers the scene's files with the cache. `roles`: the planes that read() gives, all in the scene.
  SceneReader(const Scene& scene, const std::vector<BandRole>& roles, const Grid& working, io::BlockCache& cache,
              const MaskOptions& mask);

  // Samples of one file under a window, and where the window's pixels lie in them.
  struct Decoded {
    io::PixelBuffer samples;
    PixelWindow inside;  // part of the samples inside the file
    std::vector<std::int32_t> lattice_x, lattice_y;
    kernels::CoordinateLattice lattice;
  };
  // What a device is given to resample; used again for the next tile. The views of `source` point at its own memory and
  // at the reader's.
  struct Fetched {
    std::vector<Decoded> files;
    change::DateSource source;
  };

  // What one worker keeps; no two workers share one.
  class Worker {
   public:
    explicit Worker(const SceneReader& reader);

   private:
    friend class SceneReader;
    io::CoordinateTransform to_scene;
    Decoded decoded;
    std::vector<std::uint8_t> source_usable, steady, growing, shrunk;
    std::vector<std::uint8_t> part_usable;
    std::vector<Point> points;
    kernels::ResampleScratch resample;
    kernels::MorphologyScratch morphology;
  };

  struct Target {
    kernels::Planes<float> bands;  // one plane a role: physical values (scale and offset applied), NaN where not usable
    kernels::MutableMask usable;   // 1 where all bands are and no mask forbids
    kernels::MutableMask cloudless, unshadowed;  // 0 under cloud, under its shadow, both dilated; 1 elsewhere
  };

  // `window` of the working grid, which may reach outside it; the ground at working pixel (x, y) is looked up at
  // (x, y) + field. Thread-safe with a worker a thread. Throws Error(input) for unreadable blocks.
  void read(const PixelWindow& window, const DisplacementField& field, const Target& target, Worker& worker) const;

  // The same as read() up to where pixels are resampled, for a device to go on from. Same window, field and errors.
  void fetch(const PixelWindow& window, const DisplacementField& field, Fetched& fetched, Worker& worker) const;

  // Bytes a worker needs to read `pixels` working pixels; for planning memory.
  std::size_t bytes_for(std::int64_t pixels) const;
  // Corner of the decode blocks on the working grid (pixels), for tiles to lie on; (0, 0) when grids differ.
  Point block_corner() const { return block_corner_; }
  double samples_per_pixel() const;  // decoded samples for one working pixel

 private:
  // Consecutive planes that come from one file.
  struct Part {
    int source = 0;  // of the cache
    Grid grid;
    int first_plane = 0;
    std::vector<float> scale, offset;
    std::vector<std::optional<double>> nodata;
    float shrink_x = 1, shrink_y = 1;  // source pixels a working pixel

    kernels::ResampleParams how() const { return {kernels::Interpolation::cubic, shrink_x, shrink_y, 0.6f}; }
    int margin() const;
  };
  struct Quality {
    int source = 0;
    Grid grid;
    // By sample value, 1 or 0: what no test of its kind forbids. Kinds in the order of QualityTest::Hides, tests that
    // do not grow apart from those that do.
    struct Kind {
      std::vector<std::uint8_t> steady, growing;
      bool any = false, grows = false;  // some test of the kind; some that grows
    };
    std::array<Kind, 3> kinds;
    int dilate_px = 0;
  };

  // Fills the lattice and gives the source pixels it touches, `margin` more on each side; empty where there are none.
  PixelWindow lay_lattice(const Grid& raster, const PixelWindow& window, const DisplacementField& field, int margin,
                          Decoded& decoded, Worker& worker) const;
  // False where the file does not reach the window.
  bool decode(int source, const Grid& raster, const PixelWindow& window, const DisplacementField& field, int margin,
              Decoded& decoded, Worker& worker) const;
  void read_part(const Part& part, const PixelWindow& window, const DisplacementField& field, const Target& target,
                 Worker& worker) const;
  void read_quality(const Quality& quality, const PixelWindow& window, const DisplacementField& field,
                    const Target& target, Worker& worker) const;
  template <class T>
  void apply_quality(const Quality& quality, kernels::View<const T> samples, const Target& target,
                     Worker& worker) const;

  Crs scene_crs_;
  Grid working_;
  io::BlockCache& cache_;
  std::vector<Part> parts_;
  std::vector<Quality> quality_;
  Point block_corner_;
};

}  // namespace plotwatch::pipeline
