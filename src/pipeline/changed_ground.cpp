#include "pipeline/changed_ground.hpp"

#include <algorithm>
#include <cerrno>
#include <tuple>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <tbb/parallel_sort.h>

#include "core/error.hpp"
#include "pipeline/work_file.hpp"

namespace plotwatch::pipeline {

ChangedGround::ChangedGround(const std::filesystem::path& path)
    : path_(path), file_(open_work_file(path, O_RDWR | O_CREAT)) {}

ChangedGround::~ChangedGround() {
  if (vectors_) ::munmap(const_cast<float*>(vectors_), mapped_bytes_);
  ::close(file_);
}

ChangedGround::Place ChangedGround::append(std::span<const float> vectors) {
  const auto count = static_cast<std::int64_t>(vectors.size());
  const Place place{end_.fetch_add(count), count, checksum(vectors.data(), vectors.size_bytes())};
  const char* bytes = reinterpret_cast<const char*>(vectors.data());
  std::size_t left = vectors.size_bytes();
  for (auto at = static_cast<off_t>(place.first * std::int64_t{sizeof(float)}); left > 0;) {
    const ssize_t n = ::pwrite(file_, bytes, left, at);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) throw work_file_error(path_, "cannot be written");
    bytes += n, at += n, left -= static_cast<std::size_t>(n);
  }
  return place;
}

bool ChangedGround::holds(const Place& place) {
  if (place.first < 0 || place.count < 0) return false;
  std::vector<float> vectors(static_cast<std::size_t>(place.count));
  char* bytes = reinterpret_cast<char*>(vectors.data());
  std::size_t left = vectors.size() * sizeof(float);
  for (auto at = static_cast<off_t>(place.first * std::int64_t{sizeof(float)}); left > 0;) {
    const ssize_t n = ::pread(file_, bytes, left, at);
    if (n <= 0) return false;
    bytes += n, at += n, left -= static_cast<std::size_t>(n);
  }
  if (checksum(vectors.data(), vectors.size() * sizeof(float)) != place.crc) return false;
  end_ = std::max(end_.load(), place.first + place.count);
  return true;
}

void ChangedGround::add(const std::vector<ChangeRun>& runs, const Place& place) {
  std::int64_t pixels = 0;
  for (const ChangeRun& run : runs) pixels += run.x1 - run.x0;
  if (pixels == 0) return;
  const std::int64_t size = place.count / pixels;
  if (size == 0 || size * pixels != place.count || (vector_size_ != 0 && size != vector_size_))
    throw Error(ExitCode::internal, "samples and changed pixels of a tile differ in number", path_.string(), "");
  vector_size_ = size;
  std::int64_t first = place.first;
  for (const ChangeRun& run : runs) {
    pieces_.push_back({run.y, run.x0, first});
    first += size * (run.x1 - run.x0);
  }
}

void ChangedGround::map() {
  tbb::parallel_sort(pieces_.begin(), pieces_.end(),
                     [](const Piece& a, const Piece& b) { return std::tie(a.y, a.x0) < std::tie(b.y, b.x0); });
  if (pieces_.empty()) return;
  mapped_bytes_ = static_cast<std::size_t>(end_.load()) * sizeof(float);
  void* bytes = ::mmap(nullptr, mapped_bytes_, PROT_READ, MAP_SHARED, file_, 0);
  if (bytes == MAP_FAILED) throw work_file_error(path_, "cannot be mapped");
  vectors_ = static_cast<const float*>(bytes);
}

const ChangedGround::Piece& ChangedGround::holding(int y, int x) const {
  const auto after = std::upper_bound(pieces_.begin(), pieces_.end(), std::pair(y, x),
                                      [](const auto& at, const Piece& p) { return at < std::pair(p.y, p.x0); });
  return *std::prev(after);
}

// Runs of neighbouring tiles meet at the seam, so what goes on beyond the next piece's start lies in that one.
int ChangedGround::end_of(const Piece& piece, int at_most) const {
  const Piece* next = &piece + 1;
  return next != pieces_.data() + pieces_.size() && next->y == piece.y ? std::min(next->x0, at_most) : at_most;
}

void ChangedGround::let_go() const {
  if (vectors_) ::madvise(const_cast<float*>(vectors_), mapped_bytes_, MADV_DONTNEED);
}

}  // namespace plotwatch::pipeline
