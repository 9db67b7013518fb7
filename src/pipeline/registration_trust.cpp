#include "pipeline/registration_trust.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include <fmt/format.h>

namespace plotwatch::pipeline {
namespace {

constexpr double least_matching_share = 0.1;

struct Measured {
  std::size_t could_match = 0;  // neither masked nor flat
  std::vector<double> lengths;  // px, displacements of the reliable points
};

Measured measured(const Registration& registration) {
  using Refusal = TiePoint::Refusal;
  Measured m;
  for (const TiePoint& p : registration.tie_points) {
    if (p.refusal == Refusal::masked || p.refusal == Refusal::no_texture) continue;
    ++m.could_match;
    if (p.fate != TiePoint::Fate::unreliable && p.fate != TiePoint::Fate::inconsistent)
      m.lengths.push_back(std::hypot(p.dx, p.dy));
  }
  return m;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

std::optional<std::string> why_not_comparable(const Registration& registration, const RegistrationOptions& options,
                                              const ChangeOptions& change) {
  const RegistrationQuality& q = registration.quality;
  if (!options.enabled || q.applied) return std::nullopt;
  const double bears = change.bearable_px();
  if (q.held_out_rmse_before) {
    if (q.residual_px <= bears) return std::nullopt;
    return fmt::format("the scenes lie {:.1f} px apart and no field brings them together; detection bears {:.1f} px",
                       q.residual_px, bears);
  }
  const Measured m = measured(registration);
  const auto fewest = static_cast<std::size_t>(std::max(options.min_tie_points, 1));
  if (m.lengths.size() >= fewest) {
    const double off = median(m.lengths);
    if (off <= bears) return std::nullopt;
    return fmt::format("tie points that contradict each other lie {:.1f} px apart; detection bears {:.1f} px", off,
                       bears);
  }
  if (q.coarse_px > bears)
    return fmt::format("the scenes lie about {:.0f} px apart, with too few tie points for a field", q.coarse_px);
  if (m.could_match >= 2 * fewest &&
      static_cast<double>(m.lengths.size()) < least_matching_share * static_cast<double>(m.could_match))
    return fmt::format(
        "the scenes do not show the same ground where their coordinates say so: {} of {} windows with texture found "
        "their place within {} px",
        m.lengths.size(), m.could_match, options.max_shift);
  return std::nullopt;
}

}  // namespace plotwatch::pipeline
