#include "pipeline/nightly/gate.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

namespace plotwatch::pipeline::nightly {
namespace {

constexpr int season_days = 45;

bool of_season(const Date& a, const Date& b) {
  const auto gap = std::labs((a.days() - b.days()).count());
  const double phase = std::fmod(static_cast<double>(gap), 365.25);
  return std::min(phase, 365.25 - phase) <= season_days;
}

double middle(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  return n % 2 == 1 ? values[n / 2] : 0.5 * (values[n / 2 - 1] + values[n / 2]);
}

std::string brightness(const SceneLook& look, std::span<const SceneLook> past, const GateOptions& o) {
  int bands = 0, out = 0;
  double worst = 1;
  for (const auto& [role, value] : look.median) {
    std::vector<double> usual;
    for (const SceneLook& scene : past) {
      const auto band = scene.median.find(role);
      if (scene.sensor == look.sensor && band != scene.median.end() && scene.id != look.id &&
          of_season(scene.date, look.date))
        usual.push_back(band->second);
    }
    if (std::ssize(usual) < o.brightness_scenes) continue;
    const double centre = middle(usual);
    if (!(centre > 0)) continue;
    const double ratio = value / centre;
    ++bands;
    if (std::fabs(ratio - 1) > o.max_brightness_change) ++out;
    if (std::fabs(ratio - 1) > std::fabs(worst - 1)) worst = ratio;
  }
  if (bands == 0 || 2 * out <= bands) return "";
  return fmt::format(
      "brightness: {} of {} bands are far from earlier scenes of this season, the worst {:.2f} times as bright", out,
      bands, worst);
}

}  // namespace

std::string refusal(const SceneLook& look, std::span<const SceneLook> past, const GateOptions& o) {
  if (look.clear.empty()) return "outside: no plot lies on it";
  if (look.plots_clear_share < o.min_clear_share)
    return fmt::format("cloud: {:.1f} % of the plots' ground is clear, and {:.1f} % are needed",
                       100 * look.plots_clear_share, 100 * o.min_clear_share);
  return brightness(look, past, o);
}

}  // namespace plotwatch::pipeline::nightly
