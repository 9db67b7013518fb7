#include "model/evidence.hpp"

namespace plotwatch {
namespace {

constexpr std::array<std::string_view, 6> names{"ndvi", "ndbi", "water", "greenness", "brightness", "contrast"};

}  // namespace

std::string_view name(GroundIndex index) { return names[static_cast<std::size_t>(index)]; }

const std::vector<GroundIndex>& all_ground_indices() {
  using enum GroundIndex;
  static const std::vector<GroundIndex> all{ndvi, ndbi, water, greenness, brightness, contrast};
  return all;
}

}  // namespace plotwatch
