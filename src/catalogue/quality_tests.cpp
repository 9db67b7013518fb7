#include "catalogue/quality_tests.hpp"

namespace plotwatch::catalogue {
namespace {

constexpr bool grows = true;
constexpr bool stays = false;
constexpr auto cloud = QualityTest::Hides::cloud;
constexpr auto shadow = QualityTest::Hides::cloud_shadow;

}  // namespace

std::vector<QualityTest> landsat_qa_pixel_tests() {
  return {{0, 1, 1, 1, "fill", stays},
          {1, 1, 1, 1, "dilated cloud", stays, cloud},
          {2, 1, 1, 1, "cirrus", grows, cloud},
          {3, 1, 1, 1, "cloud", grows, cloud},
          {4, 1, 1, 1, "cloud shadow", grows, shadow},
          {5, 1, 1, 1, "snow", stays}};
}

std::vector<QualityTest> landsat_collection1_bqa_tests() {
  // Two-bit confidences: 3 is high.
  return {{0, 1, 1, 1, "fill", stays},
          {5, 2, 3, 3, "cloud", grows, cloud},
          {7, 2, 3, 3, "cloud shadow", grows, shadow},
          {9, 2, 3, 3, "snow", stays},
          {11, 2, 3, 3, "cirrus", grows, cloud}};
}

std::vector<QualityTest> landsat_precollection_bqa_tests() {
  // Medium confidence counts as cloud here: nothing else in this band finds cloud edges and shadow.
  return {{0, 1, 1, 1, "fill", stays},
          {1, 1, 1, 1, "dropped frame", stays},
          {10, 2, 3, 3, "snow", stays},
          {14, 2, 2, 3, "cloud", grows, cloud}};
}

std::vector<QualityTest> sentinel2_scl_tests() {
  return {{0, 8, 0, 0, "no data", stays},
          {0, 8, 1, 1, "saturated or defective", stays},
          {0, 8, 3, 3, "cloud shadow", grows, shadow},
          {0, 8, 8, 10, "cloud", grows, cloud},
          {0, 8, 11, 11, "snow", stays}};
}

std::vector<QualityTest> zero_is_unusable() { return {{0, 16, 0, 0, "masked", stays}}; }

}  // namespace plotwatch::catalogue
