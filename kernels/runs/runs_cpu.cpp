#include "kernels/runs/runs.hpp"

#include <cstring>

#include "kernels/base/check.hpp"
#include "kernels/device/round_trip.hpp"
#include "kernels/runs/runs_formula.hpp"

namespace plotwatch::kernels {
namespace {

// Not __restrict: weak may be the score itself, so a score is read before either output of its pixel is written.
PLOTWATCH_MULTIVERSION void threshold_row(const std::uint8_t* score, int width, std::uint8_t weak_cut,
                                          std::uint8_t strong_cut, std::uint8_t* weak, std::uint8_t* strong) {
  constexpr int chunk = 64;
  std::uint8_t w[chunk], s[chunk];
  int x = 0;
  for (; x + chunk <= width; x += chunk) {
    for (int i = 0; i < chunk; ++i) {
      w[i] = passes(score[x + i], weak_cut);
      s[i] = passes(score[x + i], strong_cut);
    }
    std::memcpy(weak + x, w, chunk);
    std::memcpy(strong + x, s, chunk);
  }
  for (; x < width; ++x) {
    const std::uint8_t value = score[x];
    weak[x] = passes(value, weak_cut);
    strong[x] = passes(value, strong_cut);
  }
}

// First x >= from that is not 0, or width. Most pixels are 0: they are skipped eight at a time.
inline int next_set(const std::uint8_t* row, int from, int width) {
  int x = from;
  for (; x + 8 <= width; x += 8) {
    std::uint64_t eight;
    std::memcpy(&eight, row + x, 8);
    if (eight != 0) break;
  }
  while (x < width && row[x] == 0) ++x;
  return x;
}

}  // namespace

void threshold(Backend backend, View<const std::uint8_t> score, std::uint8_t weak_cut, std::uint8_t strong_cut,
               MutableMask weak, MutableMask strong) {
  constexpr auto kernel = "threshold";
  require_view(score, kernel);
  require_view(weak, kernel);
  require_view(strong, kernel);
  require_same_size(score, weak, kernel);
  require_same_size(score, strong, kernel);
  require(weak_cut <= strong_cut, kernel, "the weak cut is above the strong cut");
  if (backend != Backend::cpu) {
    RoundTrip trip(backend);
    const auto there = trip.in(score);
    trip.queue().threshold(there, weak_cut, strong_cut, trip.out(weak), trip.out(strong));
    return trip.finish();
  }
  for (int y = 0; y < score.height; ++y)
    threshold_row(score.row(y), score.width, weak_cut, strong_cut, weak.row(y), strong.row(y));
}

void extract_runs(Backend backend, View<const std::uint8_t> weak, View<const std::uint8_t> strong, int origin_x,
                  int origin_y, std::vector<Run>& out) {
  constexpr auto kernel = "extract_runs";
  require_view(weak, kernel);
  require_view(strong, kernel);
  require_same_size(weak, strong, kernel);
  if (backend != Backend::cpu) {
    RoundTrip trip(backend);
    const std::size_t before = out.size();
    std::vector<Run> runs(most_runs(weak.width, weak.height));
    std::int32_t count = 0;
    const Mask weak_there = trip.in(weak), strong_there = trip.in(strong);
    trip.queue().extract_runs(weak_there, strong_there, origin_x, origin_y, trip.out(runs.data(), runs.size()),
                              trip.out(&count, 1));
    trip.finish();
    out.insert(out.begin() + static_cast<std::ptrdiff_t>(before), runs.begin(), runs.begin() + count);
    return;
  }
  const int width = weak.width;
  for (int y = 0; y < weak.height; ++y) {
    const std::uint8_t* w = weak.row(y);
    const std::uint8_t* s = strong.row(y);
    for (int begin = next_set(w, 0, width); begin < width;) {
      int end = begin;
      std::uint8_t any = 0;
      for (; end < width && w[end] != 0; ++end) any = static_cast<std::uint8_t>(any | s[end]);
      out.push_back({origin_y + y, origin_x + begin, origin_x + end, any != 0});
      begin = next_set(w, end, width);
    }
  }
}

}  // namespace plotwatch::kernels
