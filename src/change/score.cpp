#include "change/score.hpp"

#include <algorithm>
#include <array>

#include "kernels/affine/affine.hpp"
#include "kernels/change_vector/change_vector.hpp"
#include "kernels/logarithm/logarithm.hpp"
#include "kernels/morphology/morphology.hpp"
#include "kernels/rarity/rarity.hpp"
#include "kernels/static_edges/static_edges.hpp"
#include "kernels/variates/variates.hpp"

namespace plotwatch::change {
namespace {

using kernels::Backend;
using kernels::View;

// Cuts views of one size out of a worker's storage.
template <class T>
class Carver {
 public:
  Carver(std::vector<T>& storage, int width, int height, int count) : width_(width), height_(height) {
    stride_ = (width + 15) / 16 * 16;
    const std::size_t needed =
        static_cast<std::size_t>(count) * static_cast<std::size_t>(stride_) * static_cast<std::size_t>(height);
    if (storage.size() < needed) storage.resize(needed);
    next_ = storage.data();
  }
  View<T> view() {
    const View<T> v{next_, width_, height_, stride_};
    next_ += stride_ * height_;
    return v;
  }
  kernels::Planes<T> planes(int bands) {
    const kernels::Planes<T> p{next_, width_, height_, bands, stride_, stride_ * height_};
    next_ += stride_ * height_ * bands;
    return p;
  }

 private:
  T* next_ = nullptr;
  int width_, height_;
  std::ptrdiff_t stride_;
};

void variates_score(const LinearVariates& model, const TileInput& input, View<float> out) {
  kernels::variates_norm(Backend::cpu, input.before, input.after, input.usable,
                         {model.variates, model.matrix, model.constant, false}, out);
}

void searched_difference(const ChangeModel& model, const TileInput& input, kernels::Planes<float> before,
                         kernels::Planes<float> after, View<float> out) {
  const Standardisation& s = model.standardisation;
  for (int b = 0; b < input.before.bands; ++b) {
    const auto i = static_cast<std::size_t>(b);
    kernels::affine(Backend::cpu, input.before.band(b), 1 / s.before_sd[i], -s.before_mean[i] / s.before_sd[i],
                    before.band(b));
    kernels::affine(Backend::cpu, input.after.band(b), 1 / s.after_sd[i], -s.after_mean[i] / s.after_sd[i],
                    after.band(b));
  }
  kernels::change_vector(Backend::cpu, before, after, input.usable, model.search_radius, out, true);
}

}  // namespace

std::vector<float> edge_weights(const std::vector<float>& sd) {
  std::vector<float> weight(sd.size());
  std::transform(sd.begin(), sd.end(), weight.begin(), [](float s) { return 0.5f / s; });
  return weight;
}

int ChangeModel::halo() const {
  constexpr int edge_radius = 1;
  return kernels::gaussian_radius(smoothing_px) + std::max(search_radius, edge_radius) + 2 * closing_px;
}

ScorePlanes score_planes(const ChangeModel& model, const TileInput& input, Workspace& workspace) {
  const int bands = input.before.bands;
  Carver<float> carve(workspace.planes, input.usable.width, input.usable.height,
                      6 + (model.search_radius > 0 ? 2 * bands : 0));
  const View<float> raw = carve.view();
  const ScorePlanes scores{carve.view(), carve.view(), carve.view(), carve.view()};
  carve.view();  // for detect()

  const auto smooth = [&](View<float> out) {
    kernels::gaussian(Backend::cpu, raw, input.usable, model.smoothing_px, out, workspace.gaussian);
    kernels::logarithm(Backend::cpu, out, log_floor, out);
  };
  variates_score(model.irmad, input, raw);
  smooth(scores.irmad);
  variates_score(model.slow_features, input, raw);
  smooth(scores.slow_features);
  if (model.search_radius > 0)
    searched_difference(model, input, carve.planes(bands), carve.planes(bands), raw);
  else
    variates_score(model.difference, input, raw);
  smooth(scores.difference);
  kernels::static_edges(Backend::cpu, input.before, input.after, input.usable,
                        edge_weights(model.standardisation.before_sd), edge_weights(model.standardisation.after_sd),
                        raw);
  smooth(scores.edges);
  return scores;
}

void detect(const ChangeModel& model, const TileInput& input, const PixelWindow& core, int origin_x, int origin_y,
            Workspace& workspace, TileOutput& output) {
  const int width = input.usable.width, height = input.usable.height;
  const ScorePlanes scores = score_planes(model, input, workspace);
  const std::array<View<const float>, 3> all{scores.irmad, scores.slow_features, scores.difference};
  const std::array<kernels::NullModel, 3> nulls{model.irmad_null, model.slow_features_null, model.difference_null};
  const View<float> z = scores.irmad;  // the fused z may overwrite one of its scores
  kernels::fuse_minimum(Backend::cpu, all, nulls, input.usable, z);

  Carver<std::uint8_t> carve(workspace.masks, width, height, 4);
  const View<std::uint8_t> score = carve.view(), weak = carve.view(), strong = carve.view(), closed = carve.view();
  kernels::standardise_along(Backend::cpu, z, scores.edges, model.fused_along_edges);
  kernels::to_score(Backend::cpu, z, {0, 1}, input.usable, score);
  kernels::threshold(Backend::cpu, score, model.weak_cut, model.strong_cut, weak, strong);
  View<std::uint8_t> mask = weak;
  if (model.closing_px > 0) {
    kernels::close(Backend::cpu, weak, model.closing_px, kernels::Element::disk, closed, workspace.morphology);
    mask = closed;
  }

  output.runs.clear();
  const auto changed = mask.sub(core.x, core.y, core.width, core.height);
  const auto sure = strong.sub(core.x, core.y, core.width, core.height);
  kernels::keep_supported(Backend::cpu, changed, sure, changed, workspace.components);
  kernels::extract_runs(Backend::cpu, changed, sure, origin_x + core.x, origin_y + core.y, output.runs);

  const std::size_t pixels = static_cast<std::size_t>(core.pixels());
  output.score.resize(pixels);
  output.transition.resize(pixels);
  output.rarity.resize(pixels);
  const auto cored = [&](const auto& views) { return views.sub(core.x, core.y, core.width, core.height); };
  const auto of_core = [&](std::vector<std::uint8_t>& bytes) {
    return View<std::uint8_t>{bytes.data(), core.width, core.height, core.width};
  };
  kernels::transition(Backend::cpu, cored(input.before), cored(input.after), cored(input.usable), model.before_cover,
                      model.after_cover, of_core(output.transition));
  kernels::rarity(Backend::cpu, cored(input.before), cored(input.after), cored(input.usable), model.rarity.params(),
                  of_core(output.rarity));
  for (int y = 0; y < core.height; ++y)
    std::copy_n(score.row(core.y + y) + core.x, core.width, output.score.data() + std::ptrdiff_t{y} * core.width);
}

}  // namespace plotwatch::change
