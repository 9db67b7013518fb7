#include "registration/held_out.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <tuple>

namespace plotwatch::registration {
namespace {

// Place to a sixteenth of a pixel, mixed (finaliser of A. Appleby's MurmurHash3).
std::uint64_t place_hash(const Sample& s) {
  const auto part = [](double v) { return static_cast<std::uint64_t>(static_cast<std::int64_t>(std::llround(v * 16))); };
  std::uint64_t h = part(s.x) * 0x9E3779B97F4A7C15u ^ (part(s.y) + 0x632BE59BD9B4E019u);
  h = (h ^ (h >> 33)) * 0xFF51AFD7ED558CCDu;
  h = (h ^ (h >> 33)) * 0xC4CEB9FE1A85EC53u;
  return h ^ (h >> 33);
}

}  // namespace

Split split(Samples samples, double share) {
  std::sort(samples.begin(), samples.end(), [](const Sample& p, const Sample& q) {
    return std::tuple(place_hash(p), p.y, p.x, p.dy, p.dx, p.weight) <
           std::tuple(place_hash(q), q.y, q.x, q.dy, q.dx, q.weight);
  });
  const auto n = samples.size();
  std::size_t held = std::size_t(std::llround(share * double(n)));
  if (n >= 2) held = std::clamp<std::size_t>(held, 1, n - 1);
  Split parts;
  parts.held_out.assign(samples.begin(), samples.begin() + std::ptrdiff_t(held));
  parts.fitted.assign(samples.begin() + std::ptrdiff_t(held), samples.end());
  return parts;
}

}  // namespace plotwatch::registration
