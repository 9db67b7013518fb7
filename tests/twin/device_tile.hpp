// The pair, and what the processor makes of it.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "change/device_lane.hpp"
#include "change/device_scorer.hpp"
#include "support/changed_pair.hpp"
#include "twin/twin.hpp"

namespace plotwatch::test {

inline constexpr std::size_t plenty_of_memory = std::size_t{1} << 30;

class DeviceTile : public Twin {
 protected:
  void SetUp() override {
    Twin::SetUp();
    pair_ = make_pair();
    for (int x = 0; x < side; ++x) pair_.usable[static_cast<std::size_t>(11 * side + x)] = 0;
    for (int y = 40; y < 60; ++y) pair_.usable[static_cast<std::size_t>(y * side + 90)] = 0;
  }
  change::TileOutput expected(const change::ChangeModel& model, const PixelWindow& core) {
    change::Workspace workspace;
    change::TileOutput out;
    change::detect(model, pair_.input(), core, left, top, workspace, out);
    return out;
  }
  static change::DeviceScorerOptions options(int lanes = 1, std::size_t memory = plenty_of_memory) {
    return {twin_backend(), 0, lanes, memory};
  }
  // The pair as it would be decoded: the samples under the window as they are, pixel on pixel, at column -7 and row
  // 1000 of the grid. Windows may reach beyond it.
  change::DeviceScorer::Fetch fetch() {
    return [this, d = std::make_shared<Decoded>()](const PixelWindow& window) -> const change::PairSource& {
      const PixelWindow wanted{window.x - left, window.y - top, window.width, window.height};
      const PixelWindow there = wanted.intersection({0, 0, side, side});
      d->lay_nodes(wanted, there);
      d->scanned.assign(static_cast<std::size_t>(window.pixels()), 0);
      for (int y = there.y; y < there.bottom(); ++y)
        for (int x = there.x; x < there.right(); ++x)
          d->scanned[static_cast<std::size_t>((y - wanted.y) * window.width + x - wanted.x)] =
              pair_.usable[static_cast<std::size_t>(y * side + x)];
      const auto date = [&](const std::vector<float>& all, std::vector<float>& part) {
        part.clear();
        for (int b = 0; b < bands; ++b)
          for (int y = there.y; y < there.bottom(); ++y)
            part.insert(part.end(), all.begin() + (b * side + y) * side + there.x,
                        all.begin() + (b * side + y) * side + there.right());
        const kernels::Planes<const float> planes{part.data(), there.width, there.height,
                                                  bands,       there.width, there.pixels()};
        const PixelWindow inside{0, 0, there.width, there.height};
        return change::DateSource{{{planes, inside, d->lattice, ones_, zeros_, no_nodata_, {}, 0}}, {}, true};
      };
      d->source = {window,
                   bands,
                   date(pair_.before, d->before),
                   date(pair_.after, d->after),
                   {d->scanned.data(), window.width, window.height, window.width}};
      return d->source;
    };
  }
  static PixelWindow on_grid(const PixelWindow& core) { return {core.x + left, core.y + top, core.width, core.height}; }
  change::TileMasks masks_;

  // Every byte and run. Where bytes differ it tells how many and how far: one step is a score that lay between two.
  static void expect_same(const change::TileOutput& got, const change::TileOutput& want) {
    ASSERT_EQ(got.score.size(), want.score.size());
    std::size_t differ = 0;
    int farthest = 0;
    for (std::size_t i = 0; i < want.score.size(); ++i) {
      differ += got.score[i] != want.score[i];
      farthest = std::max(farthest, std::abs(int{got.score[i]} - int{want.score[i]}));
    }
    EXPECT_EQ(differ, 0u) << "of " << want.score.size() << " scores, by " << farthest << " of 250 at most";
    EXPECT_EQ(got.transition, want.transition);
    EXPECT_EQ(got.rarity, want.rarity);
    EXPECT_EQ(got.runs, want.runs);
  }

  static constexpr int left = -7, top = 1000;  // of the pair on the grid
  Pair pair_;

 private:
  struct Decoded {
    std::vector<float> before, after;
    std::vector<std::uint8_t> scanned;
    std::vector<std::int32_t> x, y;
    kernels::CoordinateLattice lattice;
    change::PairSource source;

    // Output pixel on sample, from a lattice of steps of 16.
    void lay_nodes(const PixelWindow& wanted, const PixelWindow& there) {
      const int columns = (wanted.width + 14) / 16 + 2, rows = (wanted.height + 14) / 16 + 2;
      x.clear();
      y.clear();
      for (int r = 0; r < rows; ++r)
        for (int c = 0; c < columns; ++c) {
          x.push_back(256 * (wanted.x - there.x + 16 * c) + 128);
          y.push_back(256 * (wanted.y - there.y + 16 * r) + 128);
        }
      lattice = {x.data(), y.data(), columns, rows, 4, 0, 0};
    }
  };
  const std::vector<float> ones_ = std::vector<float>(bands, 1.0f), zeros_ = std::vector<float>(bands, 0.0f);
  const std::vector<std::optional<double>> no_nodata_{bands, std::nullopt};
};

// Device memory that a tile of the pair takes.
inline std::size_t bytes_of_tile(const change::ChangeModel& model, const change::DeviceScorer::Fetch& fetch,
                                 const PixelWindow& core) {
  kernels::ResampleScratch scratch;
  return change::device_bytes(model, fetch(core.expanded(model.halo())), core, scratch);
}

}  // namespace plotwatch::test
