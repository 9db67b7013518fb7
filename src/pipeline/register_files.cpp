#include "pipeline/register_files.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include "io/raster_writer.hpp"
#include "pipeline/scene_reader.hpp"

namespace plotwatch::pipeline {
namespace {

constexpr int rows_at_once = 256;  // the height of a block of the files that are written
constexpr int columns_at_once = 512;

// A strip of the aligned image that one worker reads.
struct Strip {
  explicit Strip(const SceneReader& r) : reader(r) {}
  SceneReader::Worker reader;
  std::vector<float> samples;
  std::vector<std::uint8_t> masks;
};

void read_strip(const SceneReader& scene, const PixelWindow& window, const DisplacementField& field,
                kernels::Planes<float> out, Strip& strip) {
  const auto pixels = static_cast<std::size_t>(window.pixels());
  strip.samples.resize(pixels * static_cast<std::size_t>(out.bands));
  strip.masks.resize(3 * pixels);
  const kernels::Planes<float> planes{
      strip.samples.data(), window.width, window.height, out.bands, window.width, static_cast<std::ptrdiff_t>(pixels)};
  const auto mask = [&](std::size_t i) {
    return kernels::MutableMask{strip.masks.data() + i * pixels, window.width, window.height, window.width};
  };
  scene.read(window, field, {planes, mask(0), mask(1), mask(2)}, strip.reader);
  for (int b = 0; b < out.bands; ++b)
    for (int y = 0; y < window.height; ++y)
      std::copy_n(planes.band(b).row(y), window.width, out.band(b).row(y) + window.x);
}

}  // namespace

DisplacementField carried_to(const DisplacementField& field, const Grid& from, const Grid& to) {
  if (from == to) return field;
  const double sx = from.pixel_width / to.pixel_width, sy = from.pixel_height / to.pixel_height;
  const double ox = (from.left - to.left) / to.pixel_width, oy = (to.top - from.top) / to.pixel_height;
  DisplacementField out;
  out.centre_x = field.centre_x * sx + ox;
  out.centre_y = field.centre_y * sy + oy;
  out.a[0] = field.a[0] * sx, out.a[1] = field.a[1], out.a[2] = field.a[2] * sx / sy;
  out.b[0] = field.b[0] * sy, out.b[1] = field.b[1] * sy / sx, out.b[2] = field.b[2];
  if (field.node_spacing == 0) return out;
  DisplacementField local = field;  // alone: its affine part is carried over above
  std::fill(local.a, local.a + 3, 0.0);
  std::fill(local.b, local.b + 3, 0.0);
  // Nodes fall between the old ones, whose kinks they cut: twice as many cut them half as deep.
  out.node_spacing = std::max(1, static_cast<int>(std::floor(field.node_spacing * std::min(sx, sy) / 2)));
  out.node_columns = (to.width + out.node_spacing - 1) / out.node_spacing + 1;
  out.node_rows = (to.height + out.node_spacing - 1) / out.node_spacing + 1;
  for (int r = 0; r < out.node_rows; ++r)
    for (int c = 0; c < out.node_columns; ++c) {
      const Point d = local.at((c * out.node_spacing - ox) / sx, (r * out.node_spacing - oy) / sy);
      out.local_dx.push_back(static_cast<float>(d.x * sx));
      out.local_dy.push_back(static_cast<float>(d.y * sy));
    }
  return out;
}

void write_field(const std::string& path, const Grid& grid, const DisplacementField& field) {
  io::GeoTiffOptions options;
  options.descriptions = {"dx: pixels to the right", "dy: pixels down"};
  io::GeoTiffWriter writer(path, grid, 2, options);
  std::vector<float> rows(std::size_t{2} * static_cast<std::size_t>(grid.width) * rows_at_once);
  const std::ptrdiff_t plane = std::ptrdiff_t{grid.width} * rows_at_once;
  for (int y0 = 0; y0 < grid.height; y0 += rows_at_once) {
    const int count = std::min(rows_at_once, grid.height - y0);
    tbb::parallel_for(0, count, [&](int y) {
      float* dx = rows.data() + std::ptrdiff_t{y} * grid.width;
      for (int x = 0; x < grid.width; ++x) {
        const Point d = field.at(x + 0.5, y0 + y + 0.5);
        dx[x] = static_cast<float>(d.x);
        dx[plane + x] = static_cast<float>(d.y);
      }
    });
    writer.write_rows({rows.data(), grid.width, count, 2, grid.width, plane});
  }
  writer.finish();
}

void write_aligned(const std::string& path, const Scene& target, const Grid& grid, const DisplacementField& field,
                   io::BlockCache& cache) {
  Scene raw = target;
  raw.quality.clear();
  std::vector<BandRole> roles;
  io::GeoTiffOptions options;
  options.nodata = std::numeric_limits<double>::quiet_NaN();
  bool same = true;
  for (SceneBand& band : raw.bands) {
    roles.push_back(band.role);
    options.descriptions.emplace_back(name(band.role));
    same = same && band.scale == raw.bands.front().scale && band.offset == raw.bands.front().offset;
  }
  if (same) options.scale = raw.bands.front().scale, options.offset = raw.bands.front().offset;
  // Bands of different scales have no common one to be written: those get physical values.
  if (same)
    for (SceneBand& band : raw.bands) band.scale = 1, band.offset = 0;

  const SceneReader reader(raw, roles, grid, cache, {});
  tbb::enumerable_thread_specific<Strip> strips([&] { return Strip(reader); });
  const int bands = static_cast<int>(roles.size());
  io::GeoTiffWriter writer(path, grid, bands, options);
  const std::ptrdiff_t plane = std::ptrdiff_t{grid.width} * rows_at_once;
  std::vector<float> rows(static_cast<std::size_t>(plane) * roles.size());
  for (int y0 = 0; y0 < grid.height; y0 += rows_at_once) {
    const int count = std::min(rows_at_once, grid.height - y0);
    const kernels::Planes<float> out{rows.data(), grid.width, count, bands, grid.width, plane};
    tbb::parallel_for(0, (grid.width + columns_at_once - 1) / columns_at_once, [&](int i) {
      const int x = i * columns_at_once;
      read_strip(reader, {x, y0, std::min(columns_at_once, grid.width - x), count}, field, out, strips.local());
    });
    writer.write_rows({rows.data(), grid.width, count, bands, grid.width, plane});
  }
  writer.finish();
}

}  // namespace plotwatch::pipeline
