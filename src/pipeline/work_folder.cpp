#include "pipeline/work_folder.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <unordered_map>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>
#include "core/error.hpp"
#include "core/log.hpp"
#include "pipeline/work_file.hpp"

namespace plotwatch::pipeline {
namespace fs = std::filesystem;
namespace {

// Pages that tiles have written are given back to the system before they hold more pixels than these.
constexpr std::int64_t pixels_held = 16 << 20;
constexpr int page_pixels = 4096;  // a byte each

// Numbers as they lie in memory: the journal never leaves this machine.
template <class T>
void put(std::string& out, const T& value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

class Cursor {
 public:
  explicit Cursor(const std::string& bytes) : bytes_(bytes) {}
  template <class T>
  bool get(T& value) {
    if (bytes_.size() - at_ < sizeof value) return false;
    std::memcpy(&value, bytes_.data() + at_, sizeof value);
    at_ += sizeof value;
    return true;
  }
  bool take(std::size_t count, std::string& out) {
    if (bytes_.size() - at_ < count) return false;
    out = bytes_.substr(at_, count);
    at_ += count;
    return true;
  }
  std::size_t at() const { return at_; }

 private:
  const std::string& bytes_;
  std::size_t at_ = 0;
};

// [length][crc][payload]
std::string framed(const std::string& payload) {
  std::string out;
  put(out, static_cast<std::uint32_t>(payload.size()));
  put(out, checksum(payload.data(), payload.size()));
  return out + payload;
}

bool unframe(Cursor& in, std::string& payload) {
  std::uint32_t length = 0, crc = 0;
  return in.get(length) && in.get(crc) && in.take(length, payload) && checksum(payload.data(), payload.size()) == crc;
}

std::string encode(const TileRecord& r, std::uint32_t raster_crc) {
  std::string out;
  put(out, r.tile);
  put(out, raster_crc);
  put(out, r.ground.first), put(out, r.ground.count), put(out, r.ground.crc);
  put(out, static_cast<std::uint32_t>(r.runs.size()));
  for (const ChangeRun& run : r.runs) put(out, run.y), put(out, run.x0), put(out, run.x1), put(out, run.strong);
  put(out, static_cast<std::uint32_t>(r.tallies.size()));
  for (const PlotTally& t : r.tallies) {
    put(out, t.plot), put(out, t.pixels), put(out, t.clear), put(out, t.cloud), put(out, t.cloud_shadow);
    put(out, t.before_clear), put(out, t.after_clear), put(out, t.before_cover), put(out, t.after_cover);
  }
  return out;
}

bool decode(const std::string& payload, TileRecord& r, std::uint32_t& raster_crc) {
  Cursor in(payload);
  std::uint32_t runs = 0, tallies = 0;
  if (!in.get(r.tile) || !in.get(raster_crc)) return false;
  if (!in.get(r.ground.first) || !in.get(r.ground.count) || !in.get(r.ground.crc) || !in.get(runs)) return false;
  for (std::uint32_t i = 0; i < runs; ++i) {
    ChangeRun run;
    if (!in.get(run.y) || !in.get(run.x0) || !in.get(run.x1) || !in.get(run.strong)) return false;
    r.runs.push_back(run);
  }
  if (!in.get(tallies)) return false;
  for (std::uint32_t i = 0; i < tallies; ++i) {
    PlotTally t;
    if (!in.get(t.plot) || !in.get(t.pixels) || !in.get(t.clear) || !in.get(t.cloud) || !in.get(t.cloud_shadow) ||
        !in.get(t.before_clear) || !in.get(t.after_clear) || !in.get(t.before_cover) || !in.get(t.after_cover))
      return false;
    r.tallies.push_back(t);
  }
  return true;
}

std::string read_all(int fd) {
  std::string bytes(static_cast<std::size_t>(std::max<off_t>(::lseek(fd, 0, SEEK_END), 0)), '\0');
  std::size_t at = 0;
  while (at < bytes.size()) {
    const ssize_t n = ::pread(fd, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
    if (n <= 0) break;
    at += static_cast<std::size_t>(n);
  }
  bytes.resize(at);
  return bytes;
}

}  // namespace

WorkFolder::WorkFolder(const fs::path& out, const Grid& grid, const std::vector<Tile>& tiles, const std::string& key,
                       bool resume)
    : folder_(out / ".plotwatch"), grid_(grid) {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error)
    throw Error(ExitCode::output, "cannot be created: " + error.message(), folder_.string(),
                "Check the path and its permissions.");
  lock_ = open_work_file(folder_ / "lock", O_RDWR | O_CREAT);
  if (::flock(lock_, LOCK_EX | LOCK_NB) != 0)
    throw Error(ExitCode::output, "another scan is writing here", out.string(),
                "Wait for it to end, or choose another --out.");
  open_files(resume, key, tiles);
}

void WorkFolder::open_files(bool resume, const std::string& key, const std::vector<Tile>& tiles) {
  const int fresh = resume ? 0 : O_TRUNC;
  journal_ = open_work_file(folder_ / "journal", O_RDWR | O_CREAT | fresh);
  rasters_ = open_work_file(folder_ / "rasters.raw", O_RDWR | O_CREAT | fresh);
  ground_.emplace(folder_ / "ground.raw");
  const auto pixels = static_cast<std::size_t>(grid_.window().pixels());
  mapped_bytes_ = rasters * pixels;
  struct stat status {};
  const bool same_size = ::fstat(rasters_, &status) == 0 && static_cast<std::size_t>(status.st_size) == mapped_bytes_;
  if (!same_size && ::ftruncate(rasters_, 0) != 0) throw work_file_error(folder_ / "rasters.raw", "cannot be emptied");
  reserve_rasters(same_size);
  if (::ftruncate(rasters_, static_cast<off_t>(mapped_bytes_)) != 0)
    throw work_file_error(folder_ / "rasters.raw", "cannot be sized");
  mapped_ = ::mmap(nullptr, mapped_bytes_, PROT_READ | PROT_WRITE, MAP_SHARED, rasters_, 0);
  if (mapped_ == MAP_FAILED) {
    mapped_ = nullptr;
    throw work_file_error(folder_ / "rasters.raw", "cannot be mapped");
  }
  auto* bytes = static_cast<std::uint8_t*>(mapped_);
  score_ = {bytes, grid_.width, grid_.height, grid_.width};
  transition_ = {bytes + pixels, grid_.width, grid_.height, grid_.width};
  rarity_ = {bytes + 2 * pixels, grid_.width, grid_.height, grid_.width};
  if (resume && same_size) restore(key, tiles);
  if (!finished_.empty()) return;
  // Nothing kept: a clean slate, not observable everywhere.
  if (::ftruncate(journal_, 0) != 0 || ::lseek(journal_, 0, SEEK_SET) != 0)
    throw work_file_error(folder_ / "journal", "cannot be emptied");
  std::memset(mapped_, 255, mapped_bytes_);
  let_go();
  append(framed(key));
}

void WorkFolder::reserve_rasters(bool held) {
  // Asked first: a reservation that fails half way would fill the disk under every other program.
  std::error_code unknown;
  const fs::space_info space = fs::space(folder_, unknown);
  int failure = !held && !unknown && space.available < mapped_bytes_ ? ENOSPC : 0;
  if (failure == 0) failure = ::posix_fallocate(rasters_, 0, static_cast<off_t>(mapped_bytes_));
  if (failure == 0) return;
  if (!held && ::ftruncate(rasters_, 0) != 0) failure = errno;
  errno = failure;
  throw work_file_error(folder_ / "rasters.raw", fmt::format("{} bytes cannot be reserved", mapped_bytes_));
}

void WorkFolder::restore(const std::string& key, const std::vector<Tile>& tiles) {
  const std::string bytes = read_all(journal_);
  Cursor in(bytes);
  std::string payload;
  if (!unframe(in, payload)) return;
  if (payload != key) {
    log::warning("inputs or options differ from the interrupted scan in {}: starting anew", folder_.string());
    return;
  }
  std::unordered_map<int, const Tile*> by_index;
  for (const Tile& t : tiles) by_index[t.index] = &t;
  std::size_t good_end = in.at();
  while (unframe(in, payload)) {
    good_end = in.at();
    TileRecord record;
    std::uint32_t crc = 0;
    if (!decode(payload, record, crc)) break;
    const auto tile = by_index.find(record.tile);
    if (tile == by_index.end() || raster_checksum(tile->second->core) != crc || !ground_->holds(record.ground))
      continue;
    by_index.erase(tile);  // a tile counts once
    finished_.push_back(std::move(record));
  }
  if (::ftruncate(journal_, static_cast<off_t>(good_end)) != 0 || ::lseek(journal_, 0, SEEK_END) < 0)
    throw work_file_error(folder_ / "journal", "cannot be cut to its good part");
  // Cores of unfinished tiles may hold half a tile; outside all cores nothing was ever written.
  for (const auto& [index, tile] : by_index)
    for (int y = tile->core.y; y < tile->core.bottom(); ++y)
      for (const auto& raster : {score_, transition_, rarity_})
        std::memset(raster.row(y) + tile->core.x, 255, static_cast<std::size_t>(tile->core.width));
}

std::uint32_t WorkFolder::raster_checksum(const PixelWindow& core) const {
  std::uint32_t crc = 0;
  for (int y = core.y; y < core.bottom(); ++y)
    for (const auto& raster : {score_, transition_, rarity_})
      crc = checksum(raster.row(y) + core.x, static_cast<std::size_t>(core.width), crc);
  return crc;
}

void WorkFolder::append(const std::string& bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    const ssize_t n = ::write(journal_, bytes.data() + at, bytes.size() - at);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) throw work_file_error(folder_ / "journal", "cannot be written");
    at += static_cast<std::size_t>(n);
  }
}

void WorkFolder::record(const Tile& tile, TileRecord r, std::span<const float> ground) {
  r.ground = ground_->append(ground);
  const std::string bytes = framed(encode(r, raster_checksum(tile.core)));
  const std::lock_guard hold(mutex_);
  append(bytes);
  finished_.push_back(std::move(r));
  pixels_touched_ += std::int64_t{tile.core.height} * std::max(tile.core.width, page_pixels);
  if (pixels_touched_ < pixels_held) return;
  pixels_touched_ = 0;
  let_go();
}

void WorkFolder::let_go() const {
  ::madvise(mapped_, mapped_bytes_,
            MADV_DONTNEED);  // of a file's pages: they stay where they are, but for this process
  ground_->let_go();
}

std::vector<ChangeRun> WorkFolder::take_runs() {
  std::vector<ChangeRun> all;
  std::size_t count = 0;
  for (const TileRecord& r : finished_) count += r.runs.size();
  all.reserve(count);
  for (TileRecord& r : finished_) {
    all.insert(all.end(), r.runs.begin(), r.runs.end());
    ground_->add(r.runs, r.ground);
    std::vector<ChangeRun>().swap(r.runs);
  }
  ground_->map();
  return all;
}

void WorkFolder::remove() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

WorkFolder::~WorkFolder() {
  if (mapped_) ::munmap(mapped_, mapped_bytes_);
  for (const int fd : {rasters_, journal_, lock_})
    if (fd >= 0) ::close(fd);
}

}  // namespace plotwatch::pipeline
