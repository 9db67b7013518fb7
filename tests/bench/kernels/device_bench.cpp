// Bandwidth of every kernel on a device, its memory already filled: declared bytes a second, beside a copy on the
// device.
//   bench_kernels_device [cuda:N]     prints "skipped" and the reason where there is no device
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "kernels/device/device.hpp"
#include "kernels/device/queue.hpp"
#include "kernels/rarity/rarity.hpp"
#include "model/device.hpp"

namespace plotwatch::bench {
namespace {

using namespace kernels;

constexpr int side = 2048;  // px: past the caches of every device
constexpr int bands = 4;
constexpr std::ptrdiff_t pixels = std::ptrdiff_t{side} * side;

// Samples on the device that every kernel may read, and room for what they put out.
class Ground {
 public:
  explicit Ground(Queue& queue) : queue_(queue) {
    std::mt19937 random(7);
    std::normal_distribution<float> normal(0.2f, 0.1f);
    std::vector<float> samples(2 * bands * pixels);
    for (float& s : samples) s = normal(random);
    std::vector<std::uint8_t> bytes(pixels);
    for (auto& b : bytes) b = static_cast<std::uint8_t>(random() % 10 != 0);
    before = planes(filled(samples.data(), samples.size()), bands);
    after = planes(before.data + bands * pixels, bands);
    usable = {filled(bytes.data(), bytes.size()), side, side, side};
    for (auto& b : bytes) b = static_cast<std::uint8_t>(random() % 50 == 0);
    sparse = {filled(bytes.data(), bytes.size()), side, side, side};
    for (auto& b : bytes) b = static_cast<std::uint8_t>(random());
    score = {filled(bytes.data(), bytes.size()), side, side, side};
    std::vector<std::uint16_t> digital(bands * pixels);
    for (auto& d : digital) d = static_cast<std::uint16_t>(random() % 4000);
    raw = {filled(digital.data(), digital.size()), side, side, bands, side, pixels};
    out = planes(room<float>(bands * pixels), bands);
    mask_out = {room<std::uint8_t>(pixels), side, side, side};
    mask_out2 = {room<std::uint8_t>(pixels), side, side, side};
    labels = {room<std::int32_t>(pixels), side, side, side};
    runs = room<Run>(most_runs(side, side));
    run_count = room<std::int32_t>(1);
    sums = room<MomentSums>(1);
    table = filled(std::vector<std::uint8_t>(65536, 1).data(), 65536);
    lattice();
    queue.wait();
  }
  ~Ground() {
    for (void* m : memory_) queue_.release(m);
  }
  Ground(const Ground&) = delete;
  Ground& operator=(const Ground&) = delete;

  Planes<float> before, after, out;
  Planes<std::uint16_t> raw;
  View<std::uint8_t> usable, sparse, score, mask_out, mask_out2;
  View<std::int32_t> labels;
  std::uint8_t* table = nullptr;
  Run* runs = nullptr;
  std::int32_t* run_count = nullptr;
  MomentSums* sums = nullptr;
  DeviceResample how;

 private:
  template <class T>
  T* room(std::size_t count) {
    memory_.push_back(queue_.allocate(count * sizeof(T)));
    return static_cast<T*>(memory_.back());
  }
  template <class T>
  T* filled(const T* host, std::size_t count) {
    T* device = room<T>(count);
    queue_.upload(device, count * sizeof(T), host, count * sizeof(T), count * sizeof(T), 1);
    queue_.wait();  // the host's side goes
    return device;
  }
  static Planes<float> planes(float* data, int count) { return {data, side, side, count, side, pixels}; }

  // Cubic, a quarter pixel off, with a bend: what the scene that moves goes through.
  void lattice() {
    constexpr int nodes = side / 16 + 1;
    std::vector<std::int32_t> x, y;
    for (int r = 0; r < nodes; ++r)
      for (int c = 0; c < nodes; ++c) {
        x.push_back(256 * c * 16 + 128 + 64 + (r + c) % 7);
        y.push_back(256 * r * 16 + 128 + 64 - (r + c) % 5);
      }
    how.lattice = {filled(x.data(), x.size()), filled(y.data(), y.size()), nodes, nodes, 4, 0, 0};
    std::vector<float> weights, positive(256, 1.125f);
    for (int p = 0; p < 256; ++p) weights.insert(weights.end(), {-0.0625f, 0.5625f, 0.5625f, -0.0625f});
    how.axis_x = how.axis_y = {filled(weights.data(), weights.size()), filled(positive.data(), positive.size()), 4, 1};
  }

  Queue& queue_;
  std::vector<void*> memory_;
};

struct Row {
  const char* name;
  double bytes;  // read and written for a pixel, each sample once
  std::function<void()> work;
};

// Matching windows of two bands. A sample of a transform is gathered (8 bytes written), transformed (16) and, once a
// pair, multiplied (32), then transformed back (16); spread over the pixels of the ground, in which the table counts.
constexpr CorrelationShape matching{96, 96, 96, 96, 25, most_windows};
constexpr double correlate_bytes = (2 * (2 * (8 + 16) + 32) + 16) * (96.0 * 96 * most_windows) / pixels;

std::vector<Row> rows(Queue& q, const Ground& g, bool transforms) {
  std::vector<Corner> corners;
  for (int i = 0; i < most_windows; ++i) corners.push_back({(i % 8) * 200, (i / 8) * 200});
  static const std::vector<float> matrix(2 * bands * bands, 0.3f), constant(bands, 0.1f), one(bands, 1.0f),
      zero(bands, 0.0f), axes(std::size_t{rarity_axes} * (bands + 1), 4.0f);
  static const std::array<NullModel, 3> nulls{NullModel{0.1f, 2}, NullModel{0.2f, 1}, NullModel{0, 1}};
  const std::array<View<const float>, 3> scores{g.before.band(0), g.before.band(1), g.before.band(2)};
  const View<float> out = g.out.band(0);
  const View<const float> in = g.before.band(0);
  CoverParams cover;
  cover.blue = 0, cover.green = 1, cover.red = 2, cover.nir = 3;
  std::vector<Row> all = {
      {"copy", 8, [&q, &g] { q.copy(g.out.data, g.before.data, pixels * sizeof(float)); }},
      {"quality", 3,
       [&q, &g] { q.usable_from_quality(View<const std::uint16_t>(g.raw.band(0)), g.table, g.mask_out); }},
      {"affine", 8, [&q, in, out] { q.affine(in, 1.1f, 0.2f, out); }},
      {"logarithm", 8, [&q, in, out] { q.logarithm(in, 1e-3f, out); }},
      {"stretch", 6,
       [&q, &g, in] {
         q.to_byte(in, g.usable, {-1, 1}, g.mask_out);
       }},
      {"resample uint16", bands * 6 + 2,
       [&q, &g] { q.resample(g.raw, g.usable, g.how, one, zero, g.out, g.mask_out); }},
      {"resample_mask", 3, [&q, &g] { q.resample_mask(g.usable, g.how.lattice, g.mask_out2); }},
      {"variates", 8 * bands + 5,
       [&q, &g, out] {
         q.variates_norm(g.before, g.after, g.usable, {bands, matrix, constant, false}, out);
       }},
      {"change_vector radius 0", 8 * bands + 5,
       [&q, &g, out] { q.change_vector(g.before, g.after, g.usable, 0, out, true); }},
      {"change_vector radius 1", 8 * bands + 5,
       [&q, &g, out] { q.change_vector(g.before, g.after, g.usable, 1, out, true); }},
      {"spectral_angle radius 1", 8 * bands + 5,
       [&q, &g, out] { q.spectral_angle(g.before, g.after, g.usable, 1, out); }},
      {"static_edges", 8 * bands + 5, [&q, &g, out] { q.static_edges(g.before, g.after, g.usable, one, one, out); }},
      {"rarity", 8 * bands + 2,
       [&q, &g] { q.rarity(g.before, g.after, g.usable, axes, axes, g.table, g.table, g.mask_out); }},
      {"gaussian sigma 1", 9, [&q, &g, in, out] { q.gaussian(in, g.usable, 1, out); }},
      {"gaussian sigma 4", 9, [&q, &g, in, out] { q.gaussian(in, g.usable, 4, out); }},
      {"fuse_minimum", 17, [&q, &g, scores, out] { q.fuse_minimum(scores, nulls, g.usable, out); }},
      {"standardise_along", 12,
       [&q, in, out] {
         q.standardise_along(out, in, NullCurve{0, 1, {NullModel{}}});
       }},
      {"to_score", 6,
       [&q, &g, in] {
         q.to_score(in, {0.1f, 1.1f}, g.usable, g.mask_out);
       }},
      {"threshold", 3, [&q, &g] { q.threshold(g.score, 150, 170, g.mask_out, g.mask_out2); }},
      {"close radius 1", 4, [&q, &g] { q.close(g.sparse, 1, Element::disk, g.mask_out); }},
      {"close radius 16", 4, [&q, &g] { q.close(g.sparse, 16, Element::disk, g.mask_out); }},
      {"extract_runs", 2, [&q, &g] { q.extract_runs(g.sparse, g.usable, 0, 0, g.runs, g.run_count); }},
      {"label_components", 5, [&q, &g] { q.label_components(g.sparse, g.labels); }},
      {"intersect", 3, [&q, &g] { q.intersect(g.usable, g.mask_out); }},
      {"correlate 64 x 96 x 96", correlate_bytes,
       [&q, &g, corners] {
         const FieldPair pairs[] = {{g.before.band(0), g.before.band(1), g.after.band(0), g.after.band(1)},
                                    {g.before.band(2), g.before.band(3), g.after.band(2), g.after.band(3)}};
         q.correlate(pairs, {}, corners, matching, g.out.band(0));
       }},
      {"keep_supported", 3, [&q, &g] { q.keep_supported(g.sparse, g.usable, g.mask_out); }},
      {"transition", 8 * bands + 2,
       [&q, &g, cover] { q.transition(g.before, g.after, g.usable, cover, cover, g.mask_out); }},
      {"moments", 4 * bands + 1, [&q, &g] { q.moments(g.before, g.usable, {}, g.sums); }},
  };
  if (!transforms) std::erase_if(all, [](const Row& r) { return r.bytes == correlate_bytes; });
  return all;
}

// Median of several times, each of enough calls that giving the work costs little of it.
double seconds_a_call(Queue& queue, const std::function<void()>& work) {
  using Clock = std::chrono::steady_clock;
  constexpr int calls = 20, times = 7;
  for (int i = 0; i < 3; ++i) work();
  queue.wait();
  std::array<double, times> taken{};
  for (double& t : taken) {
    const auto start = Clock::now();
    for (int i = 0; i < calls; ++i) work();
    queue.wait();
    t = std::chrono::duration<double>(Clock::now() - start).count() / calls;
  }
  std::nth_element(taken.begin(), taken.begin() + times / 2, taken.end());
  return taken[times / 2];
}

int measure(std::optional<int> index) {
  const DeviceList list = list_devices(Backend::cuda);
  if (list.devices.empty()) {
    std::printf("skipped: %s\n", list.why_none.c_str());
    return 0;
  }
  const DeviceInfo* found = index ? list.find(*index) : &list.devices.front();
  if (!found) {
    std::puts("skipped: there is no such device");
    return 0;
  }
  const DeviceInfo& device = *found;
  std::printf("%s, compute capability %d.%d; %d x %d pixels\n", device.name.c_str(), device.major, device.minor, side,
              side);
  const auto queue = make_queue(Backend::cuda, device.index);
  const Ground ground(*queue);
  double copy = 0;
  std::printf("%-24s %10s %10s %14s\n", "kernel", "us", "GB/s", "of the copy");
  if (!device.why_no_transforms.empty()) std::printf("correlate: skipped: %s\n", device.why_no_transforms.c_str());
  for (const Row& row : rows(*queue, ground, device.why_no_transforms.empty())) {
    const double seconds = seconds_a_call(*queue, row.work);
    const double rate = row.bytes * static_cast<double>(pixels) / seconds / 1e9;
    if (copy == 0) copy = rate;
    std::printf("%-24s %10.1f %10.1f %12.0f %%\n", row.name, seconds * 1e6, rate, 100 * rate / copy);
  }
  return 0;
}

}  // namespace
}  // namespace plotwatch::bench

int main(int argc, char** argv) {
  const auto request = plotwatch::parse_device(argc > 1 ? argv[1] : "cuda");
  if (argc > 2 || !request || request->kind != plotwatch::DeviceRequest::Kind::cuda) {
    std::fputs("usage: bench_kernels_device [cuda:N]\n", stderr);
    return 2;
  }
  return plotwatch::bench::measure(request->index);
}
