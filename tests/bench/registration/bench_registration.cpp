// Accuracy and speed of registration on pairs with known displacement made from real scenes.
// Usage: bench_registration [folder with the imagery [folder for the pairs as files]]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <limits>
#include <string>

#include "support/read_band.hpp"
#include "support/register_pair.hpp"

namespace {

using namespace plotwatch;
using namespace plotwatch::support;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

std::vector<KnownDisplacement> cases(int size) {
  std::vector<KnownDisplacement> c;
  c.push_back({.name = "pure shift .25, .5", .shift_x = 0.25, .shift_y = 0.5});
  c.push_back({.name = "pure shift -1.5, 2.25", .shift_x = -1.5, .shift_y = 2.25});
  c.push_back(slightly_affine("shift, affine, gain, noise 5 %"));
  c.push_back(distorted("+ local 1.5 px, 10 % changed"));
  c.push_back(clouded("+ cloud 25 %, noise 10 %, 20 % ch."));
  c.push_back(clouded("  the same, clouds not masked"));
  c.back().cloud_masked = false;
  c.push_back(
      {.name = "shift 19, -14; cloud, 10 % changed", .shift_x = 19.5, .shift_y = -14.25, .changed = 0.1, .cloud = 0.1});
  c.push_back(turned("  the same, rotation, scale"));
  c.push_back(
      {.name = "shift of 10 % of the scene", .shift_x = 0.1008 * size, .shift_y = -0.0915 * size, .changed = 0.1});
  c.push_back({.name = "no shift, 20 % changed", .changed = 0.2});
  c.push_back({.name = "no shift, 20 % changed, noise 5 %", .noise = 0.05, .changed = 0.2});
  return c;
}

const char* name(RegistrationQuality::Model model) {
  constexpr const char* names[] = {"identity", "shift", "affine", "local"};
  return names[int(model)];
}

struct Scene {
  std::string name;
  std::vector<Image> fine;  // bands
  int factor = 2, size = 520, margin = 38;
};

// The pair as files, for programs to compare with: float32, NaN where not usable; and the truth at pixel centres.
void write(const std::string& path, int size, const std::vector<const std::vector<float>*>& bands,
           const std::vector<std::uint8_t>* usable) {
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
  const GDALDatasetUniquePtr file(driver->Create(path.c_str(), size, size, int(bands.size()), GDT_Float32, nullptr));
  for (std::size_t b = 0; b < bands.size(); ++b) {
    std::vector<float> samples = *bands[b];
    if (usable)
      for (std::size_t i = 0; i < samples.size(); ++i)
        if (!(*usable)[i]) samples[i] = std::numeric_limits<float>::quiet_NaN();
    if (file->GetRasterBand(int(b) + 1)
            ->RasterIO(GF_Write, 0, 0, size, size, samples.data(), size, size, GDT_Float32, 0, 0) != CE_None)
      std::exit(6);
  }
}

void write_pair(const std::string& stem, const Image& before, const Image& after, const KnownDisplacement& k) {
  std::vector<float> dx, dy;
  for (int y = 0; y < before.height; ++y)
    for (int x = 0; x < before.width; ++x) {
      const Point d = k.at(x + 0.5, y + 0.5, before.width);
      dx.push_back(float(d.x));
      dy.push_back(float(d.y));
    }
  write(stem + "_before.tif", before.width, {&before.samples}, &before.usable);
  write(stem + "_after.tif", before.width, {&after.samples}, &after.usable);
  write(stem + "_truth.tif", before.width, {&dx, &dy}, nullptr);
}

// `folder`: where the pairs go for other programs; empty: nowhere.
void table(const Scene& scene, const std::string& folder, std::FILE* index) {
  static int pairs = 0;
  std::printf("\n%s: %d x %d px, each the mean of %d x %d finer ones, %zu band(s)\n", scene.name.c_str(), scene.size,
              scene.size, scene.factor, scene.factor, scene.fine.size());
  std::printf("%-36s %8s %-9s %8s %8s %5s %5s %8s %8s\n", "case", "RMSE px", "model", "held-out", "residual", "used",
              "bad", "CPU s", "coarse");
  for (const KnownDisplacement& k : cases(scene.size)) {
    std::vector<Image> before, after;
    for (std::size_t b = 0; b < scene.fine.size(); ++b) {
      KnownDisplacement of_band = k;
      of_band.band = std::uint32_t(b);
      ScenePair pair = make_pair(scene.fine[b], scene.factor, scene.size, scene.margin, of_band);
      before.push_back(std::move(pair.before));
      after.push_back(std::move(pair.after));
    }
    const std::clock_t start = std::clock();
    const PairRegistration r = register_pair(before, after, {}, 2);
    const double s = double(std::clock() - start) / CLOCKS_PER_SEC;
    const RegistrationQuality& q = r.registration.quality;
    const double rmse = field_rmse(r.registration.field, k, before.front());
    std::printf("%-36s %8.4f %-9s %8.4f %8.4f %5d %5d %8.3f %8.3f\n", k.name.c_str(), rmse, name(q.model),
                q.held_out_rmse_after.value_or(-1), q.residual_px, q.used + q.held_out,
                q.outliers + q.inconsistent + q.unreliable, s, r.coarse.reliability);
    if (!q.applied) std::printf("    %s\n", q.reason.c_str());
    if (index) {
      const std::string stem = folder + "/" + std::to_string(++pairs);
      write_pair(stem, before.front(), after.front(), k);
      if (std::FILE* points = std::fopen((stem + "_points.tsv").c_str(), "w")) {
        for (const TiePoint& p : r.registration.tie_points) {
          const Point t = k.at(p.x, p.y, scene.size), f = r.registration.field.at(p.x, p.y);
          std::fprintf(points, "%.2f\t%.2f\t%.4f\t%.4f\t%.4f\t%.3f\t%d\t%.4f\t%.4f\t%.4f\t%.4f\t%g\t%g\t%g\n", p.x, p.y,
                       p.dx, p.dy, p.sigma, p.reliability, int(p.fate), t.x, t.y, f.x, f.y, p.var_x, p.cov_xy, p.var_y);
        }
        std::fclose(points);
      }
      std::fprintf(index, "%s\t%s\t%s\t%.5f\t%s\t%.3f\n", stem.c_str(), scene.name.c_str(), k.name.c_str(), rmse,
                   name(q.model), s);
    }
  }
}

void speed(const Image& fine) {
  const ScenePair pair = make_pair(fine, 2, 512, 8, {.name = "", .shift_x = 0.5, .shift_y = 0.5});
  RegistrationOptions options;
  for (const int workers : {1, 2}) {
    constexpr int cells = 64;
    std::vector<std::size_t> points(std::size_t(workers), 0);
    const Image b = cut(pair.before, 0, 0, 256, 256), a = cut(pair.after, 0, 0, 256, 256);
    const auto start = Clock::now();
    const std::clock_t cpu = std::clock();
    std::vector<std::thread> threads;
    for (int w = 0; w < workers; ++w)
      threads.emplace_back([&, w] {
        for (int i = w; i < cells; i += workers)
          points[std::size_t(w)] += registration::match(window_pair(b, a), options).size();
      });
    for (auto& t : threads) t.join();
    const double s = seconds_since(start);
    std::size_t total = 0;
    for (const std::size_t n : points) total += n;
    const double cpu_s = double(std::clock() - cpu) / CLOCKS_PER_SEC;
    std::printf(
        "match: %d cells of 256 x 256, 1 band, %d threads: %.3f s, %.0f tie points a second, %.0f a CPU second\n",
        cells, workers, s, double(total) / s, double(total) / cpu_s);
  }
  const ScenePair big = make_pair(fine, 1, 1024, 50, {.name = "", .shift_x = 5, .shift_y = -3});
  const auto start = Clock::now();
  registration::coarse_shift(window_pair(big.before, big.after), options);
  std::printf("coarse shift: 1024 x 1024, 1 band: %.3f s\n", seconds_since(start));
}

std::vector<Image> bands(const std::vector<std::string>& paths, int band = 1) {
  std::vector<Image> images;
  for (const std::string& path : paths)
    if (auto b = read_band(path, band, 0.0f)) images.push_back(std::move(b->image));
  return images;
}

std::vector<Scene> scenes(const std::string& data) {
  std::vector<Scene> all;
  const auto add = [&](Scene scene) {
    if (!scene.fine.empty()) all.push_back(std::move(scene));
  };
  const auto reference = bands({data + "/sentinel2-pair/ref_S2A_20160608T153121_T33UUU_sub.jp2"});
  auto target = bands({data + "/sentinel2-pair/tgt_S2A_20160529T153631_T33UUU_sub.jp2"});
  add({"Sentinel-2, 40 m", reference, 4, 520, 40});
  // The middle of the same scene at half the block: no nodata wedge.
  if (!reference.empty()) add({"Sentinel-2, 20 m", {cut(reference.front(), 1200, 1200, 1200, 1200)}, 2, 520, 40});
  // Its clouds masked on both dates, as a quality band does it: what is brighter than any ground of the scene.
  for (Image& image : target)
    for (std::size_t i = 0; i < image.samples.size(); ++i)
      if (image.samples[i] > 1800) image.usable[i] = 0;
  add({"Sentinel-2, clouds, 40 m", target, 4, 500, 9});
  add({"Landsat 8 pan, 30 m", bands({data + "/landsat8-cloudy/l8_B8.tif"}), 2, 520, 38});
  add({"Sentinel-2 B05 + B11, 40 m", bands({data + "/sentinel2-20m/s2_B05.jp2", data + "/sentinel2-20m/s2_B11.jp2"}), 2,
       480, 1});
  add({"Landsat 8 B4 + B6, 60 m", bands({data + "/landsat8-cloudy/l8_B4.tif", data + "/landsat8-cloudy/l8_B6.tif"}), 2,
       300, 0});
  add({"Landsat 8 C2 B4 + B6",
       bands({data + "/landsat8-c2-l2/LC08_L2SP_008059_20191201_20200825_02_T1_SR_B4.TIF",
              data + "/landsat8-c2-l2/LC08_L2SP_008059_20191201_20200825_02_T1_SR_B6.TIF"}),
       2, 256, 0});
  std::vector<Image> taizhou = bands({data + "/landsat-taizhou/2000TM"}, 3);
  for (Image& image : bands({data + "/landsat-taizhou/2000TM"}, 5)) taizhou.push_back(std::move(image));
  add({"Landsat 7 Taizhou red + swir, 60 m", taizhou, 2, 200, 0});
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string data = argc > 1 ? argv[1] : std::string(PLOTWATCH_SOURCE_DIR) + "/../shared/data";
  const std::string folder = argc > 2 ? argv[2] : "";
  const std::vector<Scene> all = scenes(data);
  if (all.empty()) {
    std::fprintf(stderr, "%s: the imagery is not there; give its folder\n", data.c_str());
    return 4;
  }
  std::FILE* index = folder.empty() ? nullptr : std::fopen((folder + "/index.tsv").c_str(), "w");
  for (const Scene& scene : all) table(scene, folder, index);
  if (index) std::fclose(index);
  std::printf("\n");
  const auto pan = bands({data + "/landsat8-cloudy/l8_B8.tif"});
  if (!pan.empty()) speed(pan.front());
}
