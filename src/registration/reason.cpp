#include "registration/reason.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

namespace plotwatch::registration {
namespace {

std::string_view name(RegistrationQuality::Model model) {
  switch (model) {
    case RegistrationQuality::Model::identity: return "no displacement";
    case RegistrationQuality::Model::shift: return "one shift";
    case RegistrationQuality::Model::affine: return "an affine model";
    case RegistrationQuality::Model::local: return "a smooth local field";
  }
  return "";
}

}  // namespace

std::string reason_too_few(const std::vector<TiePoint>& points, std::size_t reliable) {
  if (points.empty()) return "no matching window lies on both scenes";
  const auto refused = [&](TiePoint::Refusal why) {
    return std::count_if(points.begin(), points.end(), [&](const TiePoint& p) { return p.refusal == why; });
  };
  const auto inconsistent = std::count_if(points.begin(), points.end(), [](const TiePoint& p) {
    return p.fate == TiePoint::Fate::inconsistent;
  });
  std::string causes;
  const auto add = [&](std::ptrdiff_t n, std::string_view cause) {
    if (n > 0) causes += fmt::format("; {} {}", n, cause);
  };
  add(refused(TiePoint::Refusal::masked), "masked by cloud or nodata");
  add(refused(TiePoint::Refusal::no_texture), "without texture");
  add(refused(TiePoint::Refusal::no_match), "did not match");
  add(inconsistent, "gave no stable displacement");
  return fmt::format("too few tie points ({} of {} windows reliable{})", reliable, points.size(), causes);
}

std::string reason_no_consensus(std::size_t agreeing, std::size_t reliable) {
  return fmt::format("the tie points contradict each other: only {} of {} agree on one displacement", agreeing, reliable);
}

std::string reason_aligned(const RegistrationQuality& q) {
  return fmt::format("already aligned: no displacement explains the held-out tie points better (error {:.3f} px over {} points)",
                     *q.held_out_rmse_before, q.held_out);
}

std::string reason_no_gain(double before_px, double after_px, double min_improvement) {
  return fmt::format("the fitted field does not help: held-out error {:.3f} px without it, {:.3f} px with it, and {:.0f} % less is asked for",
                     before_px, after_px, 100 * min_improvement);
}

std::string reason_applied(const RegistrationQuality& q) {
  return fmt::format("{} lowers the held-out error from {:.3f} to {:.3f} px over {} points", name(q.model),
                     *q.held_out_rmse_before, *q.held_out_rmse_after, q.held_out);
}

}  // namespace plotwatch::registration
