#include "io/wkb.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

#include "core/error.hpp"

namespace plotwatch::io {
namespace {

static_assert(std::endian::native == std::endian::little);

constexpr std::uint32_t polygon_type = 3, multipolygon_type = 6, srid_flag = 0x20000000;

template <class T>
void put(std::string& out, T value) {
  char bytes[sizeof(T)];
  std::memcpy(bytes, &value, sizeof(T));
  out.append(bytes, sizeof(T));
}

void put_ring(std::string& out, const Ring& ring) {
  put(out, static_cast<std::uint32_t>(ring.size()));
  for (const Point p : ring) put(out, p.x), put(out, p.y);
}

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  template <class T>
  T take() {
    if (bytes_.size() < sizeof(T)) throw damaged();
    T value;
    std::memcpy(&value, bytes_.data(), sizeof(T));
    bytes_.remove_prefix(sizeof(T));
    return value;
  }

  // Of things that take `least` bytes each: a damaged count must not reserve memory.
  std::uint32_t count(std::size_t least) {
    const auto n = take<std::uint32_t>();
    if (n > bytes_.size() / least) throw damaged();
    return n;
  }

  void skip(std::size_t bytes) {
    if (bytes_.size() < bytes) throw damaged();
    bytes_.remove_prefix(bytes);
  }

  Ring ring() {
    Ring points(count(2 * sizeof(double)));
    for (Point& p : points) p.x = take<double>(), p.y = take<double>();
    return points;
  }

  MultiPolygon multipolygon() {
    if (take<std::uint8_t>() != 1) throw damaged();
    const auto type = take<std::uint32_t>();
    if ((type & ~srid_flag) != multipolygon_type) throw damaged();
    if (type & srid_flag) take<std::uint32_t>();
    MultiPolygon polygons(count(9));
    for (Polygon& polygon : polygons) {
      if (take<std::uint8_t>() != 1 || take<std::uint32_t>() != polygon_type) throw damaged();
      const std::uint32_t rings = count(4);
      for (std::uint32_t i = 0; i < rings; ++i)
        if (i == 0)
          polygon.outer = ring();
        else
          polygon.holes.push_back(ring());
    }
    if (!bytes_.empty()) throw damaged();
    return polygons;
  }

  static Error damaged() {
    return Error(ExitCode::input, "a stored geometry is damaged", "", "Restore the file from a backup.");
  }

 private:
  std::string_view bytes_;
};

void put_multipolygon(std::string& out, const MultiPolygon& polygons, const int* srid) {
  put(out, std::uint8_t{1});
  put(out, srid ? multipolygon_type | srid_flag : multipolygon_type);
  if (srid) put(out, static_cast<std::uint32_t>(*srid));
  put(out, static_cast<std::uint32_t>(polygons.size()));
  for (const Polygon& polygon : polygons) {
    put(out, std::uint8_t{1});
    put(out, polygon_type);
    put(out, static_cast<std::uint32_t>(1 + polygon.holes.size()));
    put_ring(out, polygon.outer);
    for (const Ring& hole : polygon.holes) put_ring(out, hole);
  }
}

}  // namespace

std::string to_wkb(const MultiPolygon& polygons) {
  std::string out;
  put_multipolygon(out, polygons, nullptr);
  return out;
}

MultiPolygon from_wkb(std::string_view bytes) { return Reader(bytes).multipolygon(); }

std::string to_ewkb(const MultiPolygon& polygons, int srid) {
  std::string out;
  put_multipolygon(out, polygons, &srid);
  return out;
}

MultiPolygon from_ewkb(std::string_view bytes) { return Reader(bytes).multipolygon(); }

std::string to_gpkg(const MultiPolygon& polygons, int srid) {
  constexpr std::uint8_t little_endian = 1, with_envelope = 1 << 1, is_empty = 1 << 4;
  std::string out = "GP";
  put(out, std::uint8_t{0});
  put(out, static_cast<std::uint8_t>(little_endian | (polygons.empty() ? is_empty : with_envelope)));
  put(out, static_cast<std::int32_t>(srid));
  if (!polygons.empty()) {
    const Box box = bounds(polygons);
    put(out, box.min_x), put(out, box.max_x), put(out, box.min_y), put(out, box.max_y);
  }
  put_multipolygon(out, polygons, nullptr);
  return out;
}

MultiPolygon from_gpkg(std::string_view bytes) {
  Reader reader(bytes);
  if (reader.take<char>() != 'G' || reader.take<char>() != 'P' || reader.take<std::uint8_t>() != 0)
    throw Reader::damaged();
  const auto flags = reader.take<std::uint8_t>();
  reader.take<std::int32_t>();
  constexpr std::size_t doubles[] = {0, 4, 6, 6, 8, 0, 0, 0};
  reader.skip(doubles[(flags >> 1) & 7] * sizeof(double));
  return reader.multipolygon();
}

std::string to_hex(std::string_view bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const char c : bytes) {
    const auto b = static_cast<unsigned char>(c);
    text += digits[b >> 4];
    text += digits[b & 15];
  }
  return text;
}

std::string from_hex(std::string_view text) {
  const auto digit = [](char c) -> int {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    throw Reader::damaged();
  };
  if (text.size() % 2) throw Reader::damaged();
  std::string bytes(text.size() / 2, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<char>(digit(text[2 * i]) * 16 + digit(text[2 * i + 1]));
  return bytes;
}

}  // namespace plotwatch::io
