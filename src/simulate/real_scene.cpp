#include "simulate/real_scene.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "io/block_cache.hpp"
#include "io/raster.hpp"
#include "io/raster_writer.hpp"

namespace plotwatch::simulate {

namespace {

constexpr std::int64_t most_samples = 500'000'000;
constexpr std::size_t cache_bytes = std::size_t{64} << 20;

template <class T>
void take(const io::PixelBuffer& buffer, int band, const PixelWindow& window, RealScene& scene) {
  const auto in = buffer.planes<T>().band(band);
  float* out = scene.bands[static_cast<std::size_t>(band)].data() + scene.index(0, window.y);
  for (int y = 0; y < window.height; ++y)
    for (int x = 0; x < window.width; ++x) *out++ = static_cast<float>(in(x, y));
}

void take(const io::PixelBuffer& buffer, int band, const PixelWindow& window, RealScene& scene) {
  switch (buffer.type()) {
    case SampleType::uint8: return take<std::uint8_t>(buffer, band, window, scene);
    case SampleType::uint16: return take<std::uint16_t>(buffer, band, window, scene);
    case SampleType::int16: return take<std::int16_t>(buffer, band, window, scene);
    default: return take<float>(buffer, band, window, scene);
  }
}

template <class T>
void write_as(const RealScene& scene, const std::string& path) {
  const std::size_t size = scene.valid.size();
  std::vector<T> samples;
  samples.reserve(size * scene.bands.size());
  for (std::size_t b = 0; b < scene.bands.size(); ++b)
    for (std::size_t i = 0; i < size; ++i) {
      const float value = scene.bands[b][i];
      if constexpr (std::is_integral_v<T>) {
        constexpr float most = std::numeric_limits<T>::max();
        float whole = std::clamp(std::round(value), 0.0F, most);
        // A valid sample must not become nodata by chance.
        if (scene.valid[i] && scene.nodata && static_cast<double>(whole) == *scene.nodata)
          whole += whole < most ? 1.0F : -1.0F;
        samples.push_back(static_cast<T>(whole));
      } else {
        samples.push_back(value);
      }
    }
  io::GeoTiffOptions options;
  options.descriptions = scene.descriptions;
  options.wavelengths_um = scene.wavelengths_um;
  options.nodata = scene.nodata;
  options.scale = scene.scale;
  options.offset = scene.offset;
  const kernels::Planes<const T> planes{samples.data(),    scene.grid.width,
                                        scene.grid.height, static_cast<int>(scene.bands.size()),
                                        scene.grid.width,  static_cast<std::ptrdiff_t>(size)};
  io::write_geotiff(path, scene.grid, planes, options);
}

// Weights of the samples at -1, 0, 1 and 2 for a place t in [0, 1) after sample 0.
std::array<double, 4> cubic(double t) {
  const double t2 = t * t, t3 = t2 * t;
  return {-0.5 * t3 + t2 - 0.5 * t, 1.5 * t3 - 2.5 * t2 + 1, -1.5 * t3 + 2 * t2 + 0.5 * t, 0.5 * t3 - 0.5 * t2};
}

}  // namespace

const std::vector<float>* RealScene::band(BandRole role) const {
  for (std::size_t b = 0; b < roles.size(); ++b)
    if (roles[b] == role) return &bands[b];
  return nullptr;
}

bool RealScene::valid_within(int x, int y, int radius) const {
  if (x < radius || y < radius || x + radius >= grid.width || y + radius >= grid.height) return false;
  for (int j = y - radius; j <= y + radius; ++j)
    for (int i = x - radius; i <= x + radius; ++i)
      if (!valid[index(i, j)]) return false;
  return true;
}

RealScene read_real_scene(const std::string& path) {
  const io::RasterInfo info = io::describe_raster(path);
  const auto count = static_cast<int>(info.bands.size());
  const std::int64_t pixels = info.grid.window().pixels();
  if (count < 2)
    throw Error(ExitCode::input, "implants need a scene with several bands in one file", path,
                "stack the bands first, for example with gdalbuildvrt -separate");
  if (pixels * count > most_samples)
    throw Error(ExitCode::input,
                fmt::format("the scene has {} x {} pixels in {} bands, too many to plant into at once", info.grid.width,
                            info.grid.height, count),
                path, "cut a part out first, for example with gdal_translate -srcwin");
  RealScene scene;
  scene.grid = info.grid;
  scene.type = info.bands.front().type;
  scene.nodata = info.bands.front().nodata;
  scene.scale = info.bands.front().scale;
  scene.offset = info.bands.front().offset;
  for (const io::RasterBandInfo& band : info.bands) {
    std::optional<BandRole> role = parse_band_role(band.description);
    if (!role && band.wavelength_um) role = role_of_wavelength(*band.wavelength_um);
    scene.roles.push_back(role);
    scene.descriptions.push_back(band.description.empty() && role ? std::string(name(*role)) : band.description);
    if (band.wavelength_um) scene.wavelengths_um.push_back(*band.wavelength_um);
  }
  if (scene.wavelengths_um.size() != info.bands.size()) scene.wavelengths_um.clear();

  std::vector<int> numbers;
  for (int b = 1; b <= count; ++b) numbers.push_back(b);
  scene.bands.assign(info.bands.size(), std::vector<float>(static_cast<std::size_t>(pixels)));
  io::BlockCache cache(cache_bytes);
  const int source = cache.add(path, numbers);
  io::PixelBuffer buffer;
  const int step = std::max(64, cache.cell_height(source));
  for (int y = 0; y < scene.grid.height; y += step) {
    const PixelWindow window{0, y, scene.grid.width, std::min(step, scene.grid.height - y)};
    cache.read(source, window, buffer);
    for (int b = 0; b < count; ++b) take(buffer, b, window, scene);
  }
  scene.valid.assign(static_cast<std::size_t>(pixels), 1);
  for (std::size_t b = 0; b < scene.bands.size(); ++b)
    for (std::size_t i = 0; i < scene.valid.size(); ++i) {
      const float sample = scene.bands[b][i];
      if (std::isnan(sample) || (info.bands[b].nodata && sample == static_cast<float>(*info.bands[b].nodata)))
        scene.valid[i] = 0;
    }
  return scene;
}

void write_like(const RealScene& scene, const std::string& path) {
  switch (scene.type) {
    case SampleType::uint8: return write_as<std::uint8_t>(scene, path);
    case SampleType::uint16: return write_as<std::uint16_t>(scene, path);
    default: return write_as<float>(scene, path);
  }
}

RealScene moved(const RealScene& scene, double dx, double dy) {
  RealScene out = scene;
  const double whole_x = std::floor(-dx), whole_y = std::floor(-dy);
  const int step_x = static_cast<int>(whole_x), step_y = static_cast<int>(whole_y);
  const std::array<double, 4> wx = cubic(-dx - whole_x), wy = cubic(-dy - whole_y);
  std::vector<std::pair<std::size_t, double>> from;  // samples and weights of one pixel
  for (int y = 0; y < scene.grid.height; ++y)
    for (int x = 0; x < scene.grid.width; ++x) {
      const std::size_t at = scene.index(x, y);
      from.clear();
      for (std::size_t j = 0; j < 4; ++j)
        for (std::size_t i = 0; i < 4; ++i) {
          if (wx[i] == 0 || wy[j] == 0) continue;
          const int sx = x + step_x + static_cast<int>(i) - 1, sy = y + step_y + static_cast<int>(j) - 1;
          if (sx < 0 || sy < 0 || sx >= scene.grid.width || sy >= scene.grid.height ||
              !scene.valid[scene.index(sx, sy)]) {
            out.valid[at] = 0;
            continue;
          }
          from.emplace_back(scene.index(sx, sy), wx[i] * wy[j]);
        }
      if (!out.valid[at]) continue;
      for (std::size_t b = 0; b < scene.bands.size(); ++b) {
        double sum = 0;
        for (const auto& [index, weight] : from) sum += weight * static_cast<double>(scene.bands[b][index]);
        out.bands[b][at] = static_cast<float>(sum);
      }
    }
  return out;
}

}  // namespace plotwatch::simulate
