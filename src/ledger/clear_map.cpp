#include "ledger/clear_map.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/error.hpp"

namespace plotwatch::ledger {
namespace {

constexpr int smallest_cell_m = 20, most_cells = 36;
constexpr std::uint8_t whole = 250, no_plot = 255;

// One pass of Sutherland & Hodgman, "Reentrant polygon clipping", CACM 17(1), 1974: keeps sign * (coordinate - limit)
// >= 0.
Ring clip_side(const Ring& ring, double Point::*axis, double limit, double sign) {
  Ring out;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    const Point a = ring[i], b = ring[i + 1];
    const double da = sign * (a.*axis - limit), db = sign * (b.*axis - limit);
    if (da >= 0) out.push_back(a);
    if ((da > 0 && db < 0) || (da < 0 && db > 0)) {
      const double t = da / (da - db);
      Point p{a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
      p.*axis = limit;
      out.push_back(p);
    }
  }
  if (!out.empty()) out.push_back(out.front());
  return out;
}

Ring clip_ring(const Ring& ring, const Box& box) {
  Ring r = clip_side(ring, &Point::x, box.min_x, 1);
  r = clip_side(r, &Point::x, box.max_x, -1);
  r = clip_side(r, &Point::y, box.min_y, 1);
  return clip_side(r, &Point::y, box.max_y, -1);
}

bool encloses(const Ring& ring) { return ring.size() >= 4 && signed_area(ring) != 0; }

Box cell_box(const ClearMap& map, int column, int row) {
  const double x = (static_cast<double>(map.first_x) + column) * map.cell_m,
               y = (static_cast<double>(map.first_y) + row) * map.cell_m;
  return {x, y, x + map.cell_m, y + map.cell_m};
}

std::size_t index(const ClearMap& map, int column, int row) {
  return static_cast<std::size_t>(row) * static_cast<std::size_t>(map.columns) + static_cast<std::size_t>(column);
}

template <class T>
void put(std::string& out, T value) {
  char bytes[sizeof(T)];
  std::memcpy(bytes, &value, sizeof(T));
  out.append(bytes, sizeof(T));
}

}  // namespace

MultiPolygon clip(const MultiPolygon& polygons, const Box& box) {
  MultiPolygon out;
  for (const Polygon& polygon : polygons) {
    Polygon part{clip_ring(polygon.outer, box), {}};
    if (!encloses(part.outer)) continue;
    for (const Ring& hole : polygon.holes) {
      Ring inside = clip_ring(hole, box);
      if (encloses(inside)) part.holes.push_back(std::move(inside));
    }
    out.push_back(std::move(part));
  }
  return out;
}

ClearMap make_clear_map(const MultiPolygon& plot, const std::function<double(const MultiPolygon&)>& clear_share) {
  ClearMap map;
  const Box box = bounds(plot);
  for (map.cell_m = smallest_cell_m;; map.cell_m *= 2) {
    const auto cell = [&](double v) { return static_cast<std::int32_t>(std::floor(v / map.cell_m)); };
    map.first_x = cell(box.min_x);
    map.first_y = cell(box.min_y);
    map.columns = cell(box.max_x) - map.first_x + 1;
    map.rows = cell(box.max_y) - map.first_y + 1;
    if (map.columns <= most_cells && map.rows <= most_cells && map.columns * map.rows <= most_cells) break;
  }
  map.shares.assign(static_cast<std::size_t>(map.columns) * static_cast<std::size_t>(map.rows), no_plot);
  for (int row = 0; row < map.rows; ++row)
    for (int column = 0; column < map.columns; ++column) {
      const MultiPolygon part = clip(plot, cell_box(map, column, row));
      if (part.empty()) continue;
      const double share = std::clamp(clear_share(part), 0.0, 1.0);
      map.shares[index(map, column, row)] = static_cast<std::uint8_t>(std::lround(share * whole));
    }
  return map;
}

std::optional<double> clear_share(const ClearMap& map, const MultiPolygon& ground) {
  double known = 0, clear = 0;
  for (int row = 0; row < map.rows; ++row)
    for (int column = 0; column < map.columns; ++column) {
      const std::uint8_t share = map.shares[index(map, column, row)];
      if (share == no_plot) continue;
      const double here = area(clip(ground, cell_box(map, column, row)));
      known += here;
      clear += here * share / whole;
    }
  if (!(known > 0)) return std::nullopt;
  return clear / known;
}

std::string to_bytes(const ClearMap& map) {
  std::string out;
  put(out, static_cast<std::int32_t>(map.cell_m));
  put(out, map.first_x);
  put(out, map.first_y);
  put(out, static_cast<std::uint8_t>(map.columns));
  out.append(map.shares.begin(), map.shares.end());
  return out;
}

ClearMap clear_map_from(const std::string& bytes) {
  constexpr std::size_t head = 13;
  ClearMap map;
  const auto damaged = [] {
    return Error(ExitCode::input, "what was clear of a plot is stored damaged", "",
                 "Restore the ledger from a backup.");
  };
  if (bytes.size() <= head) throw damaged();
  std::int32_t cell = 0;
  std::memcpy(&cell, bytes.data(), 4);
  std::memcpy(&map.first_x, bytes.data() + 4, 4);
  std::memcpy(&map.first_y, bytes.data() + 8, 4);
  map.cell_m = cell;
  map.columns = static_cast<unsigned char>(bytes[12]);
  const std::size_t cells = bytes.size() - head;
  if (cell <= 0 || map.columns == 0 || cells % static_cast<std::size_t>(map.columns) != 0) throw damaged();
  map.rows = static_cast<int>(cells / static_cast<std::size_t>(map.columns));
  map.shares.assign(bytes.begin() + head, bytes.end());
  return map;
}

}  // namespace plotwatch::ledger
