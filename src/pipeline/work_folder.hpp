// What a scan keeps while it runs, so that a kill at any moment loses no finished tile.
//
// Three files in OUT/.plotwatch: `rasters.raw`, the score, transition and rarity bytes of the whole grid, mapped into
// memory and written in place by tiles; `ground.raw`, the samples of changed pixels; and `journal`, one record a
// finished tile with its runs, its counts of plot pixels, and the CRC-32 of its record, of its raster bytes and of its
// samples. A record that was cut off, or whose bytes do not match, is dropped and its tile runs again. The first record
// holds the key of the inputs and options; another key starts anew.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/grid.hpp"
#include "core/tile.hpp"
#include "kernels/base/view.hpp"
#include "model/candidate.hpp"
#include "pipeline/changed_ground.hpp"

namespace plotwatch::pipeline {

// Pixels of one plot in one tile.
struct PlotTally {
  int plot = 0;
  std::int64_t pixels = 0, clear = 0;                         // inside the plot; usable in both dates
  std::int64_t cloud = 0, cloud_shadow = 0;                   // under cloud in either; else under its shadow
  std::int64_t before_clear = 0, after_clear = 0;             // usable in that date
  std::array<std::int64_t, 5> before_cover{}, after_cover{};  // usable in both dates, by Cover
  bool operator==(const PlotTally&) const = default;
};

struct TileRecord {
  int tile = 0;  // Tile::index
  std::vector<ChangeRun> runs;
  std::vector<PlotTally> tallies;
  ChangedGround::Place ground = {};  // given by WorkFolder::record()
};

class WorkFolder {
 public:
  static constexpr int rasters = 3;  // mapped bytes a pixel of the grid
  static constexpr int layout = 2;   // of the files; goes into the key, so that files of another layout are not read

  // Opens or creates. `resume`: keep records whose key and checksums fit. Holds a lock: a second scan into the same
  // folder is an Error(output). Space for the rasters is reserved at once, so a full disk shows here.
  WorkFolder(const std::filesystem::path& out, const Grid& grid, const std::vector<Tile>& tiles, const std::string& key,
             bool resume);
  ~WorkFolder();
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;

  const std::vector<TileRecord>& finished() const { return finished_; }  // restored, then added

  // Whole-grid rasters; tiles write their cores and nothing else.
  kernels::View<std::uint8_t> score() const { return score_; }
  kernels::View<std::uint8_t> transition() const { return transition_; }
  kernels::View<std::uint8_t> rarity() const { return rarity_; }

  // After the tile's bytes are in the rasters. `ground`: the vectors of its runs' pixels (ChangedGround). Thread-safe.
  void record(const Tile& tile, TileRecord record, std::span<const float> ground);

  // The runs of all finished tiles, moved out: whoever joins them is the last to need them. From then on ground()
  // finds the vectors of their pixels.
  std::vector<ChangeRun> take_runs();
  const ChangedGround& ground() const { return *ground_; }

  // Gives memory that holds pages of the files back to the system, which reads them again when they are asked for.
  // Thread-safe, also while others read and write them.
  void let_go() const;

  // The scan is complete: removes the folder.
  void remove();

 private:
  void open_files(bool resume, const std::string& key, const std::vector<Tile>& tiles);
  void reserve_rasters(bool held);  // held: the file has its size already
  void restore(const std::string& key, const std::vector<Tile>& tiles);
  std::uint32_t raster_checksum(const PixelWindow& core) const;
  void append(const std::string& bytes);

  std::filesystem::path folder_;
  Grid grid_;
  int lock_ = -1, journal_ = -1, rasters_ = -1;
  void* mapped_ = nullptr;
  std::size_t mapped_bytes_ = 0;
  kernels::View<std::uint8_t> score_, transition_, rarity_;
  std::optional<ChangedGround> ground_;
  std::vector<TileRecord> finished_;
  std::int64_t pixels_touched_ = 0;  // since pages were let go
  std::mutex mutex_;
};

}  // namespace plotwatch::pipeline
