#include "io/block_cache.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <exception>
#include <future>
#include <list>
#include <mutex>
#include <optional>
#include <utility>

#include "io/cell_reader.hpp"

namespace plotwatch::io {
namespace {

struct Cell {
  PixelWindow window;
  PixelBuffer samples;
};
using CellPointer = std::shared_ptr<Cell>;

struct Key {
  int source = 0, index = 0;
};

// A cell's place in the cache. Nothing: never asked for, or evicted. Pending: some thread decodes it.
struct Slot {
  CellPointer cell;
  std::shared_future<CellPointer> pending;
  std::list<Key>::iterator age;  // valid while `cell` is set
  bool decoded_before = false;
};

struct Source {
  CellReader reader;
  std::vector<Slot> slots;
  Source(const std::string& path, const std::vector<int>& bands)
      : reader(path, bands),
        slots(static_cast<std::size_t>(reader.columns()) * static_cast<std::size_t>(reader.rows())) {}
};

// Rows of `part`, which lies in both windows, from one buffer to the other.
void copy_part(const PixelBuffer& from, const PixelWindow& from_window, PixelBuffer& to, const PixelWindow& to_window,
               const PixelWindow& part) {
  const std::size_t size = bytes_per_sample(from.type());
  const auto place = [&](const PixelBuffer& buffer, const PixelWindow& window, int band, int y) {
    const auto row = static_cast<std::size_t>(band) * static_cast<std::size_t>(buffer.height()) +
                     static_cast<std::size_t>(y - window.y);
    return (row * static_cast<std::size_t>(buffer.width()) + static_cast<std::size_t>(part.x - window.x)) * size;
  };
  for (int band = 0; band < from.bands(); ++band)
    for (int y = part.y; y < part.bottom(); ++y)
      std::memcpy(to.data() + place(to, to_window, band, y), from.data() + place(from, from_window, band, y),
                  static_cast<std::size_t>(part.width) * size);
}

// The pixel that holds the centre of each of `count` equal parts of `length` pixels.
std::vector<int> centres(int count, int length) {
  std::vector<int> pixels;
  for (int i = 0; i < count; ++i) pixels.push_back(static_cast<int>((i + 0.5) * length / count));
  return pixels;
}

// out(x, y) = the sample at (columns[x], rows[y]), where the cell holds it.
void copy_centres(const Cell& cell, const std::vector<int>& columns, const std::vector<int>& rows, PixelBuffer& out) {
  const auto inside = [](const std::vector<int>& pixels, int from, int to) {
    const auto first = std::lower_bound(pixels.begin(), pixels.end(), from),
               last = std::lower_bound(first, pixels.end(), to);
    return std::pair(static_cast<int>(first - pixels.begin()), static_cast<int>(last - pixels.begin()));
  };
  const auto [x0, x1] = inside(columns, cell.window.x, cell.window.right());
  const auto [y0, y1] = inside(rows, cell.window.y, cell.window.bottom());
  for (int y = y0; y < y1; ++y)
    for (int x = x0; x < x1; ++x) {
      const int from_x = columns[static_cast<std::size_t>(x)], from_y = rows[static_cast<std::size_t>(y)];
      copy_part(cell.samples, cell.window, out, {from_x - x, from_y - y, out.width(), out.height()},
                {from_x, from_y, 1, 1});
    }
}

}  // namespace

struct BlockCache::Impl {
  // What a thread that wants a cell finds: the cell, another thread's promise of it, or the duty to decode it.
  struct Found {
    CellPointer cell;
    std::shared_future<CellPointer> pending;
    std::optional<std::promise<CellPointer>> duty;
  };

  const std::size_t budget;
  std::vector<std::unique_ptr<Source>> sources;

  mutable std::mutex mutex;  // guards everything below, and all slots; never held while decoding or copying
  std::list<Key> by_age;     // least recently used first
  std::size_t bytes = 0;     // of cells kept and of cells being decoded
  BlockCacheStats stats;

  explicit Impl(std::size_t budget_bytes) : budget(budget_bytes) {}

  Source& source(int number) { return *sources.at(static_cast<std::size_t>(number)); }
  Slot& slot(Key key) { return source(key.source).slots[static_cast<std::size_t>(key.index)]; }

  static std::size_t bytes_of(const CellReader& reader, int index) {
    return static_cast<std::size_t>(reader.cell(index).pixels()) * static_cast<std::size_t>(reader.bands()) *
           bytes_per_sample(reader.type());
  }

  // Drops the oldest cells that nobody uses until `needed` fits. Gives back one of the same size, if there was one:
  // its memory is warm.
  CellPointer make_room(std::size_t needed) {
    CellPointer same_size;
    for (auto it = by_age.begin(); it != by_age.end() && bytes + needed > budget;) {
      Slot& oldest = slot(*it);
      if (oldest.cell.use_count() > 1) {
        ++it;
        continue;
      }
      bytes -= oldest.cell->samples.bytes();
      if (!same_size && oldest.cell->samples.bytes() == needed) same_size = std::move(oldest.cell);
      oldest.cell.reset();
      it = by_age.erase(it);
    }
    return same_size;
  }

  Found find(Key key) {
    const std::lock_guard lock(mutex);
    Slot& s = slot(key);
    Found found;
    if (s.cell) {
      by_age.splice(by_age.end(), by_age, s.age);
      found.cell = s.cell;
    } else if (s.pending.valid()) {
      found.pending = s.pending;
    } else {
      const std::size_t needed = bytes_of(source(key.source).reader, key.index);
      found.cell = make_room(needed);
      if (!found.cell) found.cell = std::make_shared<Cell>();
      bytes += needed;
      stats.peak_bytes = std::max(stats.peak_bytes, bytes);
      s.pending = found.duty.emplace().get_future().share();
    }
    return found;
  }

  void keep(Key key, const CellPointer& cell, double seconds) {
    const std::lock_guard lock(mutex);
    Slot& s = slot(key);
    s.cell = cell;
    s.pending = {};
    s.age = by_age.insert(by_age.end(), key);
    ++stats.cells_decoded;
    stats.cells_decoded_again += s.decoded_before ? 1 : 0;
    s.decoded_before = true;
    stats.samples_decoded += cell->window.pixels() * cell->samples.bands();
    stats.decode_seconds += seconds;
  }

  // The next reader tries anew, and fails with the same message.
  void give_up(Key key) {
    const std::lock_guard lock(mutex);
    bytes -= bytes_of(source(key.source).reader, key.index);
    slot(key).pending = {};
  }

  CellPointer decode(Key key, Found found) {
    CellReader& reader = source(key.source).reader;
    const auto start = std::chrono::steady_clock::now();
    try {
      found.cell->window = reader.cell(key.index);
      reader.decode(key.index, found.cell->samples);
    } catch (...) {
      give_up(key);
      found.duty->set_exception(std::current_exception());
      throw;
    }
    keep(key, found.cell, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    found.duty->set_value(found.cell);
    return std::move(found.cell);
  }

  // Calls visit(cell) for every cell that meets the window. Cells that other threads are decoding come last, so that
  // no thread sleeps while it has something to decode.
  template <class Visit>
  void for_each_cell(int number, const PixelWindow& visible, Visit visit) {
    const CellReader& reader = source(number).reader;
    const auto [w, h] = reader.shape();
    std::vector<std::shared_future<CellPointer>> awaited;
    for (int row = visible.y / h; row * h < visible.bottom(); ++row)
      for (int column = visible.x / w; column * w < visible.right(); ++column) {
        const Key key{number, row * reader.columns() + column};
        Found found = find(key);
        if (found.pending.valid())
          awaited.push_back(std::move(found.pending));
        else
          visit(*(found.duty ? decode(key, std::move(found)) : found.cell));
      }
    for (auto& cell : awaited) visit(*cell.get());
  }
};

BlockCache::BlockCache(std::size_t budget_bytes) : impl_(std::make_unique<Impl>(budget_bytes)) {}
BlockCache::~BlockCache() = default;

int BlockCache::add(const std::string& path, const std::vector<int>& bands) {
  impl_->sources.push_back(std::make_unique<Source>(path, bands));
  return static_cast<int>(impl_->sources.size()) - 1;
}

SampleType BlockCache::type(int source) const { return impl_->source(source).reader.type(); }
PixelWindow BlockCache::extent(int source) const { return impl_->source(source).reader.extent(); }
int BlockCache::cell_width(int source) const { return impl_->source(source).reader.shape().width; }
int BlockCache::cell_height(int source) const { return impl_->source(source).reader.shape().height; }

PixelWindow BlockCache::read(int source, const PixelWindow& window, PixelBuffer& out) {
  const CellReader& reader = impl_->source(source).reader;
  out.reset(reader.type(), std::max(window.width, 0), std::max(window.height, 0), reader.bands());
  const PixelWindow visible = window.intersection(reader.extent());
  if (visible != window && out.bytes() > 0) std::memset(out.data(), 0, out.bytes());
  if (visible.empty()) return visible;
  impl_->for_each_cell(source, visible, [&](const Cell& cell) {
    copy_part(cell.samples, cell.window, out, window, cell.window.intersection(visible));
  });
  return visible;
}

void BlockCache::read_overview(int source, int max_side, PixelBuffer& out) {
  CellReader& reader = impl_->source(source).reader;
  const PixelWindow whole = reader.extent();
  const double step = std::max(1.0, double(std::max(whole.width, whole.height)) / std::max(max_side, 1));
  const int width = std::max(1, static_cast<int>(whole.width / step)),
            height = std::max(1, static_cast<int>(whole.height / step));
  if ((width < whole.width || height < whole.height) && reader.read_overview(width, height, out)) return;

  // From cells, which the scan will want again.
  out.reset(reader.type(), width, height, reader.bands());
  const std::vector<int> columns = centres(width, whole.width), rows = centres(height, whole.height);
  impl_->for_each_cell(source, whole, [&](const Cell& cell) { copy_centres(cell, columns, rows, out); });
}

BlockCacheStats BlockCache::stats() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->stats;
}

}  // namespace plotwatch::io
