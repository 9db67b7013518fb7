#include "kernels/cover/cover_formula.hpp"
#include "kernels/device/stream_queue.cuh"

namespace plotwatch::kernels::PLOTWATCH_BACKEND {
namespace {

__device__ std::int32_t cover_at(Planes<const float> date, const CoverPlan& plan, int x, int y) {
  return cover_of(plan, [&](const CoverBand& band) { return above_dark(date.band(band.plane)(x, y), band.dark); });
}

__global__ void transition_kernel(Planes<const float> before, Planes<const float> after, Mask usable,
                                  CoverPlan before_plan, CoverPlan after_plan, MutableMask code) {
  const auto [x, y] = this_pixel();
  if (x >= code.width || y >= code.height) return;
  code(x, y) =
      transition_code(cover_at(before, before_plan, x, y), cover_at(after, after_plan, x, y), usable(x, y) != 0);
}

}  // namespace

void StreamQueue::transition(Planes<const float> before, Planes<const float> after, Mask usable,
                             const CoverParams& before_params, const CoverParams& after_params, MutableMask code) {
  launch("transition", transition_kernel, over_pixels(code.width, code.height), before, after, usable,
         plan_cover(before_params), plan_cover(after_params), code);
}

}  // namespace plotwatch::kernels::PLOTWATCH_BACKEND
