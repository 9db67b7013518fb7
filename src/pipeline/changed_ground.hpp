// What both dates show of changed pixels, kept while tiles pass, so that nothing is decoded and resampled again for it.
//
// A file of float vectors, one a changed pixel: the before scene's bands, then the after scene's; NaN where the pixel
// is not usable on both dates. A tile's vectors lie together, in the order of its runs. Written once and mapped when
// they are asked for; the system may write its pages back and drop them at any time.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "model/candidate.hpp"

namespace plotwatch::pipeline {

class ChangedGround {
 public:
  // Where a tile's vectors lie; goes into its record.
  struct Place {
    std::int64_t first = 0, count = 0;  // of floats
    std::uint32_t crc = 0;
  };

  // Opens or creates the file. What it holds counts where holds() found it, and is written over elsewhere. Throws
  // Error(output).
  explicit ChangedGround(const std::filesystem::path& path);
  ~ChangedGround();
  ChangedGround(const ChangedGround&) = delete;
  ChangedGround& operator=(const ChangedGround&) = delete;

  // Thread-safe. Throws Error(output) where the disk is full.
  Place append(std::span<const float> vectors);
  // Whether the file still holds what was appended there; what is appended later goes behind it.
  bool holds(const Place& place);

  // Tells where the vectors of a tile's runs are. Once a tile, before any is looked up; not thread-safe.
  void add(const std::vector<ChangeRun>& runs, const Place& place);
  // After the last add().
  void map();

  // Calls use(vector) for pixels x0 … x1 - 1 of row y, which all lie in runs that were added. Thread-safe.
  template <class Use>
  void each(int y, int x0, int x1, Use use) const {
    while (x0 < x1) {
      const Piece& piece = holding(y, x0);
      const int end = end_of(piece, x1);
      const float* vector = vectors_ + piece.first + std::int64_t{x0 - piece.x0} * vector_size_;
      for (; x0 < end; ++x0, vector += vector_size_) use(vector);
    }
  }

  // Gives memory that holds pages of the file back to the system, which reads them again when they are asked for.
  void let_go() const;

 private:
  struct Piece {
    int y, x0;
    std::int64_t first;  // float of the vector at x0
  };
  const Piece& holding(int y, int x) const;
  int end_of(const Piece& piece, int at_most) const;

  std::filesystem::path path_;
  int file_ = -1;
  std::atomic<std::int64_t> end_{0};  // floats
  std::vector<Piece> pieces_;         // by (y, x0) once mapped
  std::int64_t vector_size_ = 0;
  const float* vectors_ = nullptr;
  std::size_t mapped_bytes_ = 0;
};

}  // namespace plotwatch::pipeline
