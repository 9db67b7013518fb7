#include "pipeline/scene_reader.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "kernels/intersect/intersect.hpp"
#include "kernels/quality/quality.hpp"

namespace plotwatch::pipeline {
namespace {

using kernels::Backend;

constexpr int lattice_step_log2 = 4;
constexpr int lattice_step = 1 << lattice_step_log2;
constexpr double fixed = 256;  // lattice units a source pixel

int floor_to_step(int v) {
  return v >= 0 ? v / lattice_step * lattice_step : -((-v + lattice_step - 1) / lattice_step * lattice_step);
}

// Source pixels a working pixel, along either axis, at the grid's centre. Ratios near 1 count as 1: a kernel widened by
// a few percent would only blur.
void set_shrink(const Grid& working, const Grid& raster, const io::CoordinateTransform& to_scene, float& x, float& y) {
  const double cx = working.width / 2.0, cy = working.height / 2.0;
  const auto source = [&](double px, double py) { return raster.to_pixel(to_scene.apply(working.to_map({px, py}))); };
  const Point c = source(cx, cy), r = source(cx + 1, cy), d = source(cx, cy + 1);
  const auto widened = [](double ratio) {
    return ratio > 1.1 && std::isfinite(ratio) ? static_cast<float>(std::min(ratio, 64.0)) : 1.0f;
  };
  x = widened(std::max(std::abs(r.x - c.x), std::abs(d.x - c.x)));
  y = widened(std::max(std::abs(r.y - c.y), std::abs(d.y - c.y)));
}

// Usable by sample value, from those tests of a quality band that are of this kind and grow, or do not.
std::vector<std::uint8_t> usable_table(const QualityBand& band, SampleType type, QualityTest::Hides hides,
                                       bool dilate) {
  std::vector<std::uint8_t> table(type == SampleType::uint8 ? 256 : 65536, 1);
  for (std::size_t v = 0; v < table.size(); ++v)
    for (const QualityTest& t : band.unusable) {
      const auto bits = static_cast<std::uint32_t>((v >> t.first_bit) & ((1u << t.bit_count) - 1u));
      if (t.hides == hides && t.dilate == dilate && bits >= t.from && bits <= t.to) table[v] = 0;
    }
  return table;
}

template <class T>
std::optional<T> nodata_as(const std::optional<double>& nodata) {
  if (!nodata || std::isnan(*nodata)) return std::nullopt;
  const T value = static_cast<T>(*nodata);
  if (static_cast<double>(value) != *nodata) return std::nullopt;  // no sample can hold it
  return value;
}

// Source pixels under the window's pixels. Nodes reach up to a step beyond the window; taking them as they are would
// read blocks that no pixel needs. Bilinear positions have their extremes at the corners of the lattice's cells cut to
// the window, so looking there is enough.
PixelWindow touched_by(const std::vector<Point>& nodes, const kernels::CoordinateLattice& lattice,
                       const PixelWindow& window) {
  double min_x = 1e9, min_y = 1e9, max_x = -1e9, max_y = -1e9;
  const auto node = [&](int r, int c) { return nodes[static_cast<std::size_t>(r * lattice.columns + c)]; };
  for (int r = 0; r < lattice.rows; ++r)
    for (int c = 0; c < lattice.columns; ++c) {
      const double u = std::clamp(c * lattice_step, lattice.offset_x, lattice.offset_x + window.width - 1) /
                       static_cast<double>(lattice_step);
      const double v = std::clamp(r * lattice_step, lattice.offset_y, lattice.offset_y + window.height - 1) /
                       static_cast<double>(lattice_step);
      const int c0 = std::min(static_cast<int>(u), lattice.columns - 2),
                r0 = std::min(static_cast<int>(v), lattice.rows - 2);
      const double fu = u - c0, fv = v - r0;
      const Point a = node(r0, c0), b = node(r0, c0 + 1), d = node(r0 + 1, c0), e = node(r0 + 1, c0 + 1);
      const double x = (a.x * (1 - fu) + b.x * fu) * (1 - fv) + (d.x * (1 - fu) + e.x * fu) * fv;
      const double y = (a.y * (1 - fu) + b.y * fu) * (1 - fv) + (d.y * (1 - fu) + e.y * fu) * fv;
      min_x = std::min(min_x, x), max_x = std::max(max_x, x);
      min_y = std::min(min_y, y), max_y = std::max(max_y, y);
    }
  const int x0 = static_cast<int>(std::floor(min_x)), y0 = static_cast<int>(std::floor(min_y));
  return {x0, y0, static_cast<int>(std::floor(max_x)) - x0 + 1, static_cast<int>(std::floor(max_y)) - y0 + 1};
}

change::Samples samples_of(const io::PixelBuffer& buffer) {
  switch (buffer.type()) {
    case SampleType::uint8: return buffer.planes<std::uint8_t>();
    case SampleType::uint16: return buffer.planes<std::uint16_t>();
    case SampleType::int16: return buffer.planes<std::int16_t>();
    default: return buffer.planes<float>();
  }
}

}  // namespace

SceneReader::SceneReader(const Scene& scene, const std::vector<BandRole>& roles, const Grid& working,
                         io::BlockCache& cache, const MaskOptions& mask)
    : scene_crs_(scene.grid.crs), working_(working), cache_(cache) {
  const io::CoordinateTransform to_scene(working.crs, scene_crs_);
  for (std::size_t i = 0; i < roles.size();) {
    const SceneBand* first = scene.find(roles[i]);
    const SceneRaster& raster = scene.rasters[static_cast<std::size_t>(first->raster)];
    Part part;
    part.grid = raster.grid;
    part.first_plane = static_cast<int>(i);
    std::vector<int> bands;
    for (; i < roles.size(); ++i) {
      const SceneBand* band = scene.find(roles[i]);
      if (band->raster != first->raster) break;
      bands.push_back(band->band);
      part.scale.push_back(static_cast<float>(band->scale));
      part.offset.push_back(static_cast<float>(band->offset));
      part.nodata.push_back(band->nodata);
    }
    part.source = cache.add(raster.path, bands);
    set_shrink(working, raster.grid, to_scene, part.shrink_x, part.shrink_y);
    parts_.push_back(std::move(part));
  }
  for (const QualityBand& q : scene.quality) {
    const SceneRaster& raster = scene.rasters[static_cast<std::size_t>(q.raster)];
    Quality quality;
    quality.grid = raster.grid;
    quality.source = cache.add(raster.path, {q.band});
    const SampleType type = cache.type(quality.source);
    if (type != SampleType::uint8 && type != SampleType::uint16)
      throw Error(ExitCode::input, "a quality band must hold 8- or 16-bit unsigned integers", raster.path,
                  "Convert it with gdal_translate -ot UInt16.");
    for (std::size_t k = 0; k < quality.kinds.size(); ++k) {
      Quality::Kind& kind = quality.kinds[k];
      const auto hides = static_cast<QualityTest::Hides>(k);
      kind.steady = usable_table(q, type, hides, false);
      kind.growing = usable_table(q, type, hides, true);
      for (const QualityTest& t : q.unusable)
        if (t.hides == hides) kind.any = true, kind.grows |= t.dilate;
    }
    const double metres =
        std::sqrt(raster.grid.pixel_width * raster.grid.pixel_height) * io::metres_per_unit(raster.grid.crs);
    quality.dilate_px = static_cast<int>(std::clamp(std::lround(mask.dilate_m / metres), 0L, 255L));
    quality_.push_back(std::move(quality));
  }
  if (to_scene.identity() && !parts_.empty()) {
    const Point corner = working.to_pixel({parts_[0].grid.left, parts_[0].grid.top});
    block_corner_ = {std::round(corner.x), std::round(corner.y)};
  }
}

SceneReader::Worker::Worker(const SceneReader& reader) : to_scene(reader.working_.crs, reader.scene_crs_) {}

double SceneReader::samples_per_pixel() const {
  double sum = 0;
  for (const Part& p : parts_)
    sum += static_cast<double>(p.scale.size()) * (working_.pixel_width * working_.pixel_height) /
           (p.grid.pixel_width * p.grid.pixel_height);
  return sum;
}

std::size_t SceneReader::bytes_for(std::int64_t pixels) const {
  return static_cast<std::size_t>((samples_per_pixel() * 4 + 8) * static_cast<double>(pixels));
}

PixelWindow SceneReader::lay_lattice(const Grid& raster, const PixelWindow& window, const DisplacementField& field,
                                     int margin, Decoded& decoded, Worker& w) const {
  // Nodes lie on multiples of the step of the working grid, so a pixel's position does not depend on its tile.
  const int x0 = floor_to_step(window.x), y0 = floor_to_step(window.y);
  kernels::CoordinateLattice& lattice = decoded.lattice;
  lattice.step_log2 = lattice_step_log2;
  lattice.offset_x = window.x - x0;
  lattice.offset_y = window.y - y0;
  lattice.columns = (window.width - 1 + lattice.offset_x) / lattice_step + 2;
  lattice.rows = (window.height - 1 + lattice.offset_y) / lattice_step + 2;
  w.points.clear();
  for (int r = 0; r < lattice.rows; ++r)
    for (int c = 0; c < lattice.columns; ++c) {
      const double x = x0 + c * lattice_step + 0.5, y = y0 + r * lattice_step + 0.5;
      const Point d = field.at(x, y);
      w.points.push_back(working_.to_map({x + d.x, y + d.y}));
    }
  if (!w.to_scene.identity()) w.to_scene.apply(w.points);

  constexpr double far = -1e5;  // pixels: where a point has no place in the source
  for (Point& p : w.points) {
    p = raster.to_pixel(p);
    if (!std::isfinite(p.x) || !std::isfinite(p.y)) p = {far, far};
  }
  const PixelWindow touched =
      touched_by(w.points, lattice, window).expanded(margin).intersection(raster.window().expanded(margin));
  decoded.lattice_x.resize(w.points.size());
  decoded.lattice_y.resize(w.points.size());
  for (std::size_t i = 0; i < w.points.size(); ++i) {
    decoded.lattice_x[i] =
        static_cast<std::int32_t>(std::llround(w.points[i].x * fixed) - std::int64_t{touched.x} * 256);
    decoded.lattice_y[i] =
        static_cast<std::int32_t>(std::llround(w.points[i].y * fixed) - std::int64_t{touched.y} * 256);
  }
  lattice.x = decoded.lattice_x.data();
  lattice.y = decoded.lattice_y.data();
  return touched;
}

bool SceneReader::decode(int source, const Grid& raster, const PixelWindow& window, const DisplacementField& field,
                         int margin, Decoded& decoded, Worker& w) const {
  const PixelWindow touched = lay_lattice(raster, window, field, margin, decoded, w);
  if (touched.empty()) return false;
  const PixelWindow inside = cache_.read(source, touched, decoded.samples);
  decoded.inside = {inside.x - touched.x, inside.y - touched.y, inside.width, inside.height};
  return true;
}

int SceneReader::Part::margin() const { return static_cast<int>(std::ceil(2 * std::max(shrink_x, shrink_y))) + 1; }

void SceneReader::read_part(const Part& part, const PixelWindow& window, const DisplacementField& field,
                            const Target& target, Worker& w) const {
  const kernels::Planes<float> out{target.bands.data + part.first_plane * target.bands.plane_stride,
                                   target.bands.width,
                                   target.bands.height,
                                   static_cast<int>(part.scale.size()),
                                   target.bands.stride,
                                   target.bands.plane_stride};
  w.part_usable.resize(static_cast<std::size_t>(window.pixels()));
  const kernels::MutableMask part_usable{w.part_usable.data(), window.width, window.height, window.width};
  const Decoded& d = w.decoded;
  if (!decode(part.source, part.grid, window, field, part.margin(), w.decoded, w)) {
    for (int y = 0; y < window.height; ++y)
      std::memset(target.usable.row(y), 0, static_cast<std::size_t>(window.width));
    return;
  }
  const int source_width = d.samples.width(), source_height = d.samples.height();
  w.source_usable.assign(static_cast<std::size_t>(source_width) * static_cast<std::size_t>(source_height), 0);
  const kernels::MutableMask source_usable{w.source_usable.data(), source_width, source_height, source_width};
  for (int y = d.inside.y; y < d.inside.bottom(); ++y)
    std::memset(source_usable.row(y) + d.inside.x, 1, static_cast<std::size_t>(d.inside.width));

  const auto typed = [&]<class T>() {
    const kernels::Planes<const T> samples = d.samples.planes<T>();
    for (int b = 0; b < samples.bands; ++b) {
      const std::optional<T> nodata = nodata_as<T>(part.nodata[static_cast<std::size_t>(b)]);
      if (nodata || std::is_floating_point_v<T>)
        kernels::usable_from_nodata<T>(Backend::cpu, samples.band(b), nodata, source_usable);
    }
    kernels::resample<T>(Backend::cpu, samples, source_usable, d.lattice, part.scale, part.offset, out, part_usable,
                         part.how(), w.resample);
  };
  switch (d.samples.type()) {
    case SampleType::uint8: typed.operator()<std::uint8_t>(); break;
    case SampleType::uint16: typed.operator()<std::uint16_t>(); break;
    case SampleType::int16: typed.operator()<std::int16_t>(); break;
    default: typed.operator()<float>(); break;
  }
  kernels::intersect(Backend::cpu, part_usable, target.usable);
}

void SceneReader::read_quality(const Quality& q, const PixelWindow& window, const DisplacementField& field,
                               const Target& target, Worker& w) const {
  if (!decode(q.source, q.grid, window, field, q.dilate_px + 1, w.decoded, w)) return;  // the bands alone decide
  const io::PixelBuffer& samples = w.decoded.samples;
  if (samples.type() == SampleType::uint8)
    apply_quality<std::uint8_t>(q, samples.planes<std::uint8_t>().band(0), target, w);
  else
    apply_quality<std::uint16_t>(q, samples.planes<std::uint16_t>().band(0), target, w);
}

template <class T>
void SceneReader::apply_quality(const Quality& q, kernels::View<const T> samples, const Target& target,
                                Worker& w) const {
  const PixelWindow& inside = w.decoded.inside;
  const int width = samples.width, height = samples.height;
  const auto pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  for (auto* v : {&w.steady, &w.growing, &w.shrunk}) v->resize(pixels);
  const auto as_mask = [&](std::vector<std::uint8_t>& v) {
    return kernels::MutableMask{v.data(), width, height, width};
  };
  const kernels::MutableMask steady = as_mask(w.steady), growing = as_mask(w.growing), shrunk = as_mask(w.shrunk);
  // What the table says of a sample; the zeros that the cache gives outside the file say nothing.
  const auto look_up = [&](const std::vector<std::uint8_t>& table, kernels::MutableMask mask) {
    kernels::usable_from_quality<T>(Backend::cpu, samples, table, mask);
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x)
        if (x < inside.x || x >= inside.right() || y < inside.y || y >= inside.bottom()) mask(x, y) = 1;
  };
  const std::array<kernels::MutableMask, 3> shown{target.usable, target.cloudless, target.unshadowed};
  for (std::size_t k = 0; k < q.kinds.size(); ++k) {
    const Quality::Kind& kind = q.kinds[k];
    if (!kind.any) continue;
    look_up(kind.steady, steady);
    if (kind.grows) {  // cloud grows where clear ground shrinks
      look_up(kind.growing, growing);
      kernels::erode(Backend::cpu, growing, q.dilate_px, kernels::Element::disk, shrunk, w.morphology);
      kernels::intersect(Backend::cpu, shrunk, steady);
    }
    kernels::resample_mask(Backend::cpu, steady, w.decoded.lattice, shown[k]);
  }
}

void SceneReader::read(const PixelWindow& window, const DisplacementField& field, const Target& target,
                       Worker& worker) const {
  for (int y = 0; y < window.height; ++y) {
    std::memset(target.usable.row(y), 1, static_cast<std::size_t>(window.width));
    std::memset(target.cloudless.row(y), 1, static_cast<std::size_t>(window.width));
    std::memset(target.unshadowed.row(y), 1, static_cast<std::size_t>(window.width));
  }
  for (const Part& part : parts_) read_part(part, window, field, target, worker);
  for (const Quality& quality : quality_) read_quality(quality, window, field, target, worker);
  kernels::intersect(Backend::cpu, target.cloudless, target.usable);
  kernels::intersect(Backend::cpu, target.unshadowed, target.usable);
}

void SceneReader::fetch(const PixelWindow& window, const DisplacementField& field, Fetched& fetched,
                        Worker& worker) const {
  fetched.files.resize(parts_.size() + quality_.size());
  fetched.source = {};
  std::size_t file = 0;
  for (const Part& p : parts_) {
    Decoded& d = fetched.files[file++];
    if (decode(p.source, p.grid, window, field, p.margin(), d, worker))
      fetched.source.bands.push_back(
          {samples_of(d.samples), d.inside, d.lattice, p.scale, p.offset, p.nodata, p.how(), p.first_plane});
    else
      fetched.source.covered = false;
  }
  for (const Quality& q : quality_) {
    Decoded& d = fetched.files[file++];
    if (!decode(q.source, q.grid, window, field, q.dilate_px + 1, d, worker)) continue;
    change::QualitySource quality{samples_of(d.samples), d.inside, d.lattice, {}, q.dilate_px};
    for (std::size_t k = 0; k < q.kinds.size(); ++k)
      if (q.kinds[k].any) {
        quality.kinds[k].steady = q.kinds[k].steady;
        if (q.kinds[k].grows) quality.kinds[k].growing = q.kinds[k].growing;
      }
    fetched.source.quality.push_back(quality);
  }
}

}  // namespace plotwatch::pipeline
