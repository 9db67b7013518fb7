#include "pipeline/nightly/scene_look.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <regex>
#include <vector>

#include "core/error.hpp"
#include "io/crs.hpp"
#include "pipeline/inputs.hpp"
#include "pipeline/scene_reader.hpp"
#include "plots/plot_register.hpp"

namespace plotwatch::pipeline::nightly {
namespace {

constexpr int chunk = 512;  // px: a large plot is read in parts
constexpr std::size_t cache_bytes = 256u << 20;
constexpr int sample_step = 5;                   // of pixels along both diagonals, for the medians
constexpr std::size_t most_samples = 2'000'000;  // a band

struct ShapeOnGrid {
  std::string code;
  MultiPolygon geometry;
  PixelWindow window;  // may reach outside the grid
};

PixelWindow window_of(const Grid& grid, const MultiPolygon& geometry) {
  const Box box = bounds(geometry);
  const Point a = grid.to_pixel({box.min_x, box.max_y}), b = grid.to_pixel({box.max_x, box.min_y});
  const int x = static_cast<int>(std::floor(a.x)), y = static_cast<int>(std::floor(a.y));
  return {x, y, static_cast<int>(std::ceil(b.x)) - x, static_cast<int>(std::ceil(b.y)) - y};
}

// In the order of the file's blocks, so that each is decoded once.
std::vector<ShapeOnGrid> shapes_on(const Grid& grid, const PlotRegister& plots) {
  const io::CoordinateTransform to_grid(plots.crs, grid.crs);
  std::vector<ShapeOnGrid> shapes;
  for (const Plot& plot : plots.plots) {
    ShapeOnGrid shape{plot.code, to_grid.apply(plot.geometry), {}};
    shape.window = window_of(grid, shape.geometry);
    if (!shape.window.intersection(grid.window()).empty()) shapes.push_back(std::move(shape));
  }
  std::sort(shapes.begin(), shapes.end(), [](const ShapeOnGrid& a, const ShapeOnGrid& b) {
    const auto key = [](const ShapeOnGrid& s) { return std::tuple(s.window.y / chunk, s.window.x, s.code); };
    return key(a) < key(b);
  });
  return shapes;
}

double median(std::vector<float>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return static_cast<double>(*middle);
}

class PlotReader {
 public:
  PlotReader(const Scene& scene, const std::vector<BandRole>& roles, const Grid& grid, const MaskOptions& mask)
      : grid_(grid),
        cache_(cache_bytes),
        reader_(scene, roles, grid, cache_, mask),
        worker_(reader_),
        samples_(roles.size()) {}

  // Adds the pixels of one plot; gives back how many there are and how many are clear.
  std::pair<std::int64_t, std::int64_t> add(const ShapeOnGrid& shape) {
    std::int64_t pixels = 0, clear = 0;
    for (int y = shape.window.y; y < shape.window.bottom(); y += chunk)
      for (int x = shape.window.x; x < shape.window.right(); x += chunk) {
        const PixelWindow part{x, y, std::min(chunk, shape.window.right() - x),
                               std::min(chunk, shape.window.bottom() - y)};
        const std::vector<PixelRun> runs = plots::rasterise(shape.geometry, grid_, part);
        if (runs.empty()) continue;
        read(part);
        for (const PixelRun& run : runs)
          for (int px = run.x0; px < run.x1; ++px) {
            ++pixels;
            const auto at = static_cast<std::size_t>(run.y - part.y) * static_cast<std::size_t>(part.width) +
                            static_cast<std::size_t>(px - part.x);
            if (usable_[at] == 0) continue;
            ++clear;
            if ((px + 3 * run.y) % sample_step == 0) sample(at, static_cast<std::size_t>(part.pixels()));
          }
      }
    return {pixels, clear};
  }

  std::vector<std::vector<float>>& samples() { return samples_; }

 private:
  void read(const PixelWindow& window) {
    const auto pixels = static_cast<std::size_t>(window.pixels());
    values_.resize(pixels * samples_.size());
    usable_.assign(pixels, 0);
    cloudless_.assign(pixels, 0);
    unshadowed_.assign(pixels, 0);
    const auto mask = [&](std::vector<std::uint8_t>& samples) {
      return kernels::MutableMask{samples.data(), window.width, window.height, window.width};
    };
    const SceneReader::Target target{{values_.data(), window.width, window.height, static_cast<int>(samples_.size()),
                                      window.width, static_cast<std::ptrdiff_t>(pixels)},
                                     mask(usable_),
                                     mask(cloudless_),
                                     mask(unshadowed_)};
    reader_.read(window, {}, target, worker_);
  }

  void sample(std::size_t at, std::size_t plane) {
    for (std::size_t b = 0; b < samples_.size(); ++b)
      if (samples_[b].size() < most_samples) samples_[b].push_back(values_[b * plane + at]);
  }

  Grid grid_;
  io::BlockCache cache_;
  SceneReader reader_;
  SceneReader::Worker worker_;
  std::vector<std::vector<float>> samples_;
  std::vector<float> values_;
  std::vector<std::uint8_t> usable_, cloudless_, unshadowed_;
};

}  // namespace

SceneLook look_at(const Scene& scene, const PlotRegister& plots, const MaskOptions& mask) {
  if (!scene.date)
    throw Error(ExitCode::input, "nothing tells when this scene was taken", scene.source,
                "Name the file with its date, or put a STAC item beside it.");
  std::vector<BandRole> roles;
  for (const SceneBand& band : scene.bands) roles.push_back(band.role);
  if (roles.size() > 1) std::erase(roles, BandRole::pan);
  const Grid grid = finest_grid(scene, roles);
  PlotReader reader(scene, roles, grid, mask);
  SceneLook look;
  look.date = *scene.date;
  look.sensor = scene.sensor;
  look.orbit = orbit_of(scene.id);
  std::int64_t all_pixels = 0, all_clear = 0;
  for (const ShapeOnGrid& shape : shapes_on(grid, plots)) {
    const auto [pixels, clear] = reader.add(shape);
    if (pixels == 0) continue;
    look.clear[shape.code] = static_cast<float>(static_cast<double>(clear) / static_cast<double>(pixels));
    all_pixels += pixels, all_clear += clear;
  }
  if (all_pixels > 0) look.plots_clear_share = static_cast<double>(all_clear) / static_cast<double>(all_pixels);
  for (std::size_t b = 0; b < roles.size(); ++b)
    if (!reader.samples()[b].empty()) look.median[std::string(name(roles[b]))] = median(reader.samples()[b]);
  return look;
}

std::string orbit_of(const std::string& product) {
  std::smatch match;
  static const std::regex sentinel2("S2[A-D]_.*_(R\\d{3})_.*"), landsat("L[CETO]0[4-9]_L\\w{3}_(\\d{6})_.*");
  if (std::regex_match(product, match, sentinel2) || std::regex_match(product, match, landsat)) return match[1];
  return "";
}

}  // namespace plotwatch::pipeline::nightly
