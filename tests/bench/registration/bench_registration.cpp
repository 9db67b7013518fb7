// Accuracy and speed of registration on pairs with known displacement made from real scenes.
// Usage: bench_registration [folder with the imagery]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>

#include "support/read_band.hpp"
#include "support/register_pair.hpp"

namespace {

using namespace plotwatch;
using namespace plotwatch::support;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

std::vector<KnownDisplacement> cases() {
  std::vector<KnownDisplacement> c;
  c.push_back({.name = "pure shift .25, .5", .shift_x = 0.25, .shift_y = 0.5});
  c.push_back({.name = "pure shift -1.5, 2.25", .shift_x = -1.5, .shift_y = 2.25});
  c.push_back({.name = "shift, affine, gain, noise 5 %", .shift_x = 1.3, .shift_y = -0.6, .stretch = 0.001, .shear = 0.0007, .gain = 0.8, .offset = 0.1, .noise = 0.05});
  c.push_back({.name = "+ local 1.5 px, 10 % changed", .shift_x = 1.3, .shift_y = -0.6, .stretch = 0.001, .shear = 0.0007, .local = 1.1, .gain = 0.8, .offset = 0.1, .noise = 0.05, .changed = 0.1});
  c.push_back({.name = "+ cloud 25 %, noise 10 %, 20 % ch.", .shift_x = 4.3, .shift_y = -4.1, .stretch = 0.001, .shear = 0.0007, .local = 1.1, .gain = 0.6, .offset = 0.1, .noise = 0.1, .changed = 0.2, .cloud = 0.25});
  c.push_back({.name = "  the same, clouds not masked", .shift_x = 4.3, .shift_y = -4.1, .stretch = 0.001, .shear = 0.0007, .local = 1.1, .gain = 0.6, .offset = 0.1, .noise = 0.1, .changed = 0.2, .cloud = 0.25, .cloud_masked = false});
  c.push_back({.name = "shift 19, -14; cloud, 10 % changed", .shift_x = 19.5, .shift_y = -14.25, .changed = 0.1, .cloud = 0.1});
  c.push_back({.name = "no shift, 20 % changed", .changed = 0.2});
  c.push_back({.name = "no shift, 20 % changed, noise 5 %", .noise = 0.05, .changed = 0.2});
  return c;
}

const char* name(RegistrationQuality::Model model) {
  constexpr const char* names[] = {"identity", "shift", "affine", "local"};
  return names[int(model)];
}

void table(const std::string& scene, const Image& fine, int factor, int size, int margin) {
  std::printf("\n%s: %d x %d px, each the mean of %d x %d finer ones\n", scene.c_str(), size, size, factor, factor);
  std::printf("%-36s %8s %-9s %8s %8s %5s %5s %8s %8s\n", "case", "RMSE px", "model", "held-out", "residual", "used",
              "bad", "s", "coarse");
  for (const KnownDisplacement& k : cases()) {
    const ScenePair pair = make_pair(fine, factor, size, margin, k);
    const auto start = Clock::now();
    const PairRegistration r = register_pair(pair.before, pair.after, {}, 2);
    const double s = seconds_since(start);
    const RegistrationQuality& q = r.registration.quality;
    std::printf("%-36s %8.4f %-9s %8.4f %8.4f %5d %5d %8.3f %8.3f\n", k.name.c_str(),
                field_rmse(r.registration.field, k, pair.before), name(q.model), q.held_out_rmse_after.value_or(-1),
                q.residual_px, q.used + q.held_out, q.outliers + q.inconsistent + q.unreliable, s,
                r.coarse.reliability);
    if (!q.applied) std::printf("    %s\n", q.reason.c_str());
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
    std::printf("match: %d cells of 256 x 256, 1 band, %d threads: %.3f s, %.0f tie points a second\n", cells, workers, s,
                double(total) / s);
  }
  const ScenePair big = make_pair(fine, 1, 1024, 50, {.name = "", .shift_x = 5, .shift_y = -3});
  const auto start = Clock::now();
  registration::coarse_shift(window_pair(big.before, big.after), options);
  std::printf("coarse shift: 1024 x 1024, 1 band: %.3f s\n", seconds_since(start));
}

}  // namespace

int main(int argc, char** argv) {
  const std::string data = argc > 1 ? argv[1] : std::string(PLOTWATCH_SOURCE_DIR) + "/../shared/data";
  const auto s2 = read_band(data + "/sentinel2-pair/ref_S2A_20160608T153121_T33UUU_sub.jp2", 1, 0.0f);
  const auto pan = read_band(data + "/landsat8-cloudy/l8_B8.tif", 1, 0.0f);
  if (!s2 || !pan) {
    std::fprintf(stderr, "%s: the imagery is not there; give its folder\n", data.c_str());
    return 4;
  }
  table("Sentinel-2, 40 m", s2->image, 4, 520, 40);
  table("Landsat 8 pan, 30 m", pan->image, 2, 520, 38);
  std::printf("\n");
  speed(pan->image);
}
