#include "registration/held_out.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <tuple>

namespace plotwatch::registration {
namespace {

constexpr std::size_t fewest_blocks = 12;
constexpr double point_block = 1.0 / 16;  // px

// Two integers mixed (finaliser of A. Appleby's MurmurHash3).
std::uint64_t mix(std::int64_t x, std::int64_t y) {
  std::uint64_t h = static_cast<std::uint64_t>(x) * 0x9E3779B97F4A7C15u ^ (static_cast<std::uint64_t>(y) + 0x632BE59BD9B4E019u);
  h = (h ^ (h >> 33)) * 0xFF51AFD7ED558CCDu;
  h = (h ^ (h >> 33)) * 0xC4CEB9FE1A85EC53u;
  return h ^ (h >> 33);
}

struct Placed {
  std::uint64_t hash;
  Sample sample;
};

// Sorted by block hash, groups numbered; returns the number of groups.
std::size_t group_by_block(std::vector<Placed>& placed, double block) {
  for (Placed& p : placed)
    p.hash = mix(std::int64_t(std::floor(p.sample.x / block)), std::int64_t(std::floor(p.sample.y / block)));
  std::sort(placed.begin(), placed.end(), [](const Placed& p, const Placed& q) {
    const Sample &s = p.sample, &t = q.sample;
    return std::tuple(p.hash, s.y, s.x, s.dy, s.dx, s.weight) < std::tuple(q.hash, t.y, t.x, t.dy, t.dx, t.weight);
  });
  std::size_t groups = 0;
  for (std::size_t i = 0; i < placed.size(); ++i) {
    groups += i == 0 || placed[i].hash != placed[i - 1].hash;
    placed[i].sample.group = groups - 1;
  }
  return groups;
}

}  // namespace

Split split(Samples samples, double share, int block) {
  std::vector<Placed> placed;
  for (const Sample& s : samples) placed.push_back({0, s});
  if (group_by_block(placed, block) < fewest_blocks) group_by_block(placed, point_block);
  const std::size_t n = placed.size();
  std::size_t held = std::size_t(std::llround(share * double(n)));
  if (n >= 2) held = std::clamp<std::size_t>(held, 1, n - 1);
  Split parts;
  for (const Placed& p : placed) {
    const bool begun = !parts.held_out.empty() && parts.held_out.back().group == p.sample.group;
    const bool more = parts.fitted.empty() && (parts.held_out.size() < held || begun);
    (more ? parts.held_out : parts.fitted).push_back(p.sample);
  }
  return parts;
}

}  // namespace plotwatch::registration
