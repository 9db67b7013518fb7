#include "pipeline/candidates.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <functional>
#include <iterator>
#include <limits>
#include <map>
#include <numbers>
#include <numeric>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include "io/crs.hpp"
#include "io/geometry_ops.hpp"
#include "kernels/rarity/rarity_formula.hpp"
#include "kernels/significance/significance_formula.hpp"
#include "pipeline/ground_seen.hpp"
#include "pipeline/working_grid.hpp"
#include "plots/plot_register.hpp"
#include "rules/priority.hpp"
#include "rules/rules.hpp"
#include "vectorise/distinctness.hpp"
#include "vectorise/shape.hpp"
#include "vectorise/stage.hpp"
#include "vectorise/vectorise.hpp"

namespace plotwatch::pipeline {
namespace {

constexpr std::size_t let_go_after = 8192;  // components: their ground is some ten MiB

// What the rules are told of a change.
rules::Case case_of(const Candidate& c, int plot, const Inputs& in) {
  rules::Case facts{c.plot_status, c.transition, in.after_date};
  facts.area_m2 = c.area_m2;
  facts.stage = c.stage;
  facts.plot_code = c.plot_code;
  if (plot >= 0) facts.due = in.plots.plots[static_cast<std::size_t>(plot)].due;
  in.surroundings.tell(c.geometry, facts);
  return facts;
}

// What a map's coordinates mean; worked out once, because asking a definition is slow.
struct MapUnits {
  explicit MapUnits(const Grid& grid)
      : metres(io::metres_per_unit(grid.crs)), geographic(io::is_geographic(grid.crs)) {}
  // Metres of a map unit along x and y.
  Point metres_at(double latitude) const {
    return {geographic ? metres * std::cos(latitude * std::numbers::pi / 180) : metres, metres};
  }
  int place_decimals() const { return geographic ? 5 : 0; }  // about a metre

  double metres;
  bool geographic;
};

// Of the outline, and of where it lies in the whole change and on the plot.
OutlineShape shape_of(const vectorise::PatchOnPlot& part, const ChangeComponent& whole, Point metres,
                      const Inputs& in) {
  OutlineShape shape = vectorise::outline_shape(part.geometry, metres);
  if (part.plot < 0) return shape;
  const double whole_area = static_cast<double>(whole.pixels) * in.grid.pixel_width * in.grid.pixel_height;
  shape.inside_share = std::min(1.0, area(part.geometry) / whole_area);
  shape.boundary_m = std::sqrt(metres.x * metres.y) *
                     io::boundary_distance(part.geometry, in.shapes[static_cast<std::size_t>(part.plot)].geometry);
  return shape;
}

Candidate as_candidate(const ChangeEvidence& seen, const vectorise::PatchOnPlot& part, const ChangeComponent& whole,
                       std::pair<GroundSeen, GroundSeen> ground, const Inputs& in, const Registration& registration,
                       const io::CoordinateTransform& to_lonlat, const MapUnits& units, double outline_weight) {
  Candidate c;
  if (part.plot >= 0) {
    const Plot& plot = in.plots.plots[static_cast<std::size_t>(part.plot)];
    c.plot_code = plot.code;
    c.plot_name = plot.name;
    c.plot_status = plot.status;
    c.plot_unit = plot.unit;
  }
  c.geometry = part.geometry;
  c.representative = part.representative;
  c.representative_lonlat = to_lonlat.apply(part.representative);
  c.id = fmt::format("{0}-E{2:.{1}f}N{3:.{1}f}", c.plot_code.empty() ? "outside" : c.plot_code, units.place_decimals(),
                     part.representative.x, part.representative.y);
  c.transition = seen.transition;
  c.transition_share = seen.transition_share;
  c.first_date = in.before_date;
  c.last_date = in.after_date;
  c.area_m2 = part.area_m2;
  c.plot_share = part.plot_share;
  c.mean_score = seen.mean_score;
  c.peak_score = seen.peak_score;
  c.pixels = seen.pixels;
  c.before = std::move(ground.first);
  c.after = std::move(ground.second);
  c.before.cover = seen.before_cover;
  c.after.cover = seen.after_cover;
  c.outline = shape_of(part, whole, units.metres_at(c.representative_lonlat.y), in);
  c.stage = vectorise::stage_of(c.transition, c.before, c.after, c.outline);
  c.rarity = seen.rarity;
  c.core_share = seen.core_share;
  c.distinctness = vectorise::distinctness(seen, c.stage, c.outline, outline_weight);
  c.confidence = confidence(c.distinctness, registration.quality.residual_px);
  c.verdict = rules::judge(in.rules, case_of(c, part.plot, in));
  c.before_scene = in.before.id;
  c.after_scene = in.after.id;
  c.registration_residual_px = registration.quality.residual_px;
  c.registration_applied = registration.quality.applied;
  c.window = in.grid.covering(bounds(part.geometry));
  return c;
}

// Two pieces of one patch on one plot may share a metre: the later in grid order gets a letter.
void make_ids_unique(std::vector<Candidate>& candidates) {
  std::unordered_map<std::string, int> seen;
  seen.reserve(candidates.size());
  for (Candidate& c : candidates)
    if (const int n = seen[c.id]++; n > 0) c.id += fmt::format("-{}", n + 1);
}

// What the rasters say of changed pixels that lie under `window`.
ChangeEvidence look_at(const ChangeComponent& pixels, const PixelWindow& w, const WorkFolder& work) {
  const auto under = [&](const kernels::View<std::uint8_t>& raster) { return raster.sub(w.x, w.y, w.width, w.height); };
  ChangeEvidence seen =
      vectorise::evidence(pixels, under(work.score()), under(work.transition()), kernels::score_of_byte);
  vectorise::add_core_evidence(pixels, under(work.rarity()), kernels::rarity_of_byte, seen);
  return seen;
}

// Of changes on plots and, with `everywhere`, of those outside: what is as distinct as `least`.
std::vector<Candidate> candidates_of(const std::vector<ChangeComponent>& components, const Inputs& in,
                                     const ScanOptions& options, const Registration& registration,
                                     const change::ChangeModel& model, const WorkFolder& work, double least,
                                     bool everywhere) {
  const vectorise::PlotIndex index(in.shapes);
  const double pixel_m2 = std::pow(pixel_metres(in.grid), 2);
  // A corner of a patch that just touches a plot is no finding on it.
  const double min_area_m2 = std::max(options.run.min_area_m2, 0.5 * options.change.min_pixels * pixel_m2);
  const MapUnits units(in.grid);
  tbb::enumerable_thread_specific<io::CoordinateTransform> lonlat(
      [&] { return io::CoordinateTransform(in.grid.crs, io::lonlat_crs()); });
  tbb::enumerable_thread_specific<GroundWorker> workers;
  const auto pixels_of = [&](const vectorise::PlotShape& plot, const PixelWindow& window) {
    return plots::rasterise(plot.geometry, in.grid, window);
  };
  std::vector<std::vector<Candidate>> found(components.size());
  std::atomic<std::size_t> looked_at{0};
  tbb::parallel_for(std::size_t{0}, components.size(), [&](std::size_t i) {
    if (++looked_at % let_go_after == 0) work.let_go();
    const PixelWindow& w = components[i].window;
    // A large change can cover many plots and turn into different things: each part speaks for itself.
    for (const vectorise::PatchOnPlot& part :
         vectorise::split_by_plots(components[i], in.grid, index, pixels_of, min_area_m2, everywhere)) {
      const ChangeComponent& seen = part.pixels.pixels > 0 ? part.pixels : components[i];
      const ChangeEvidence evidence = look_at(seen, w, work);
      if (vectorise::greatest_distinctness(evidence, options.change.outline_weight) < least ||
          !stands_alone(part, evidence, options.change.min_pixels * pixel_m2, kernels::score_of_byte(model.strong_cut)))
        continue;
      Candidate c =
          as_candidate(evidence, part, components[i], ground_seen(seen, model, work.ground(), workers.local()), in,
                       registration, lonlat.local(), units, options.change.outline_weight);
      if (c.distinctness >= least) found[i].push_back(std::move(c));
    }
  });
  std::vector<Candidate> all;
  all.reserve(std::accumulate(found.begin(), found.end(), std::size_t{0},
                              [](std::size_t sum, const auto& f) { return sum + f.size(); }));
  for (auto& f : found) {
    std::move(f.begin(), f.end(), std::back_inserter(all));
    std::vector<Candidate>().swap(f);
  }
  return all;
}

double observed_km2(const Grid& grid, const WorkFolder& work) {
  const kernels::View<const std::uint8_t> score = work.score();
  std::int64_t pixels = 0;
  for (int y = 0; y < score.height; ++y)
    pixels += score.width - std::count(score.row(y), score.row(y) + score.width, kernels::score_nodata);
  return static_cast<double>(pixels) * std::pow(pixel_metres(grid), 2) * 1e-6;
}

// Leaves as many of the most distinct changes as were asked for on a km2, and of them what lies on plots unless the
// whole scene is looked at.
void keep_density(std::vector<Candidate>& changes, const Inputs& in, const ScanOptions& options,
                  const WorkFolder& work) {
  std::vector<double> distinct;
  for (const Candidate& c : changes) distinct.push_back(c.distinctness);
  const double least =
      distinctness_at_density(std::move(distinct), observed_km2(in.grid, work), *options.change.false_alarms_per_km2);
  std::erase_if(changes, [&](const Candidate& c) {
    return c.distinctness < least || (c.plot_code.empty() && !options.run.whole_scene);
  });
}

// What each date showed of a plot, and when it was last seen.
void look_at_dates(const Inputs& in, const PlotTally& sum, double whole, PlotObservation& o) {
  constexpr double seen_share = 0.5;
  const auto share = [](std::int64_t part, double of) { return of > 0 ? static_cast<double>(part) / of : 0; };
  o.before_clear_share = share(sum.before_clear, whole);
  o.after_clear_share = share(sum.after_clear, whole);
  if (o.after_clear_share >= seen_share)
    o.last_clear = in.after_date;
  else if (o.before_clear_share >= seen_share)
    o.last_clear = in.before_date;
  const std::optional<Date> earlier = in.surroundings.last_clear(o.code);
  if (earlier && *earlier <= in.after_date && (!o.last_clear || *o.last_clear < *earlier)) o.last_clear = earlier;
  if (o.last_clear) o.days_since_clear = static_cast<int>((in.after_date.days() - o.last_clear->days()).count());
  for (std::size_t k = 0; k < o.before_cover.size(); ++k) {
    o.before_cover[k] = share(sum.before_cover[k], static_cast<double>(sum.clear));
    o.after_cover[k] = share(sum.after_cover[k], static_cast<double>(sum.clear));
  }
}

PlotObservation::Cause why_unseen(const PlotTally& sum, bool on_the_scenes, bool registration_failed) {
  using Cause = PlotObservation::Cause;
  if (!on_the_scenes || sum.pixels == 0) return Cause::outside_scene;
  if (2 * (sum.cloud + sum.cloud_shadow) >= sum.pixels)
    return sum.cloud >= sum.cloud_shadow ? Cause::cloud : Cause::cloud_shadow;
  if (registration_failed && sum.before_clear > 0 && sum.after_clear > 0) return Cause::registration;
  return Cause::nodata;
}

std::vector<PlotObservation> observe(const Inputs& in, const WorkFolder& work, const std::vector<Candidate>& candidates,
                                     bool registration_failed) {
  std::vector<PlotTally> sums(in.shapes.size());
  for (const TileRecord& r : work.finished())
    for (const PlotTally& t : r.tallies) {
      PlotTally& s = sums[static_cast<std::size_t>(t.plot)];
      s.pixels += t.pixels, s.clear += t.clear, s.cloud += t.cloud, s.cloud_shadow += t.cloud_shadow;
      s.before_clear += t.before_clear, s.after_clear += t.after_clear;
      for (std::size_t k = 0; k < s.before_cover.size(); ++k)
        s.before_cover[k] += t.before_cover[k], s.after_cover[k] += t.after_cover[k];
    }
  struct OnPlot {
    int count = 0;
    double area_m2 = 0;
  };
  std::map<std::string, OnPlot> changed;
  for (const Candidate& c : candidates) ++changed[c.plot_code].count, changed[c.plot_code].area_m2 += c.area_m2;

  const Box ground = in.grid.box();
  const double pixel_m2 = std::pow(pixel_metres(in.grid), 2);
  std::vector<PlotObservation> observations;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    PlotObservation o;
    o.code = in.plots.plots[i].code;
    o.pixels = sums[i].pixels;
    // A plot that reaches over the edge of the scenes is seen in part.
    const double whole = std::max(static_cast<double>(o.pixels), std::round(in.shapes[i].area_m2 / pixel_m2));
    const auto clear = static_cast<double>(sums[i].clear);
    o.clear_share = whole > 0 ? clear / whole : 0;
    o.observable = sums[i].clear > 0;
    if (!o.observable) o.cause = why_unseen(sums[i], in.shapes[i].box.intersects(ground), registration_failed);
    look_at_dates(in, sums[i], whole, o);
    const OnPlot& on = changed[o.code];
    o.candidates = on.count;
    o.changed_share = clear > 0 ? std::min(1.0, on.area_m2 / (clear * pixel_m2)) : 0;
    observations.push_back(o);
  }
  return observations;
}

}  // namespace

bool stands_alone(const vectorise::PatchOnPlot& part, const ChangeEvidence& evidence, double min_change_m2,
                  double strong_score) {
  // The ellipsoidal area of a pixel differs by parts in a thousand from its side's square.
  const bool large_enough = part.area_m2 >= 0.99 * min_change_m2 || part.plot_share >= 0.5;
  return large_enough && evidence.peak_score >= strong_score;
}

double distinctness_at_density(std::vector<double> distinctness, double observed_km2, double per_km2) {
  const double allowed = std::floor(observed_km2 * per_km2);
  if (allowed >= static_cast<double>(distinctness.size())) return std::numeric_limits<double>::lowest();
  const auto first_too_many = distinctness.begin() + static_cast<std::ptrdiff_t>(allowed);
  std::nth_element(distinctness.begin(), first_too_many, distinctness.end(), std::greater<>());
  return std::nextafter(*first_too_many, std::numeric_limits<double>::max());
}

double confidence(double distinctness, double registration_residual_px) {
  constexpr double beyond_doubt = 3;
  return std::clamp(distinctness / beyond_doubt, 0.0, 1.0) / (1 + registration_residual_px * registration_residual_px);
}

void rank(std::vector<Candidate>& candidates) {
  // Candidates are large: each is moved to its place once.
  std::vector<std::size_t> order(candidates.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return rules::comes_first(candidates[a], candidates[b]); });
  for (std::size_t i = 0; i < order.size(); ++i) {
    std::size_t from = order[i];
    while (from < i) from = order[from];  // where what lay there was put
    std::swap(candidates[i], candidates[from]);
    order[i] = from;
    candidates[i].rank = static_cast<int>(i) + 1;
  }
}

Findings find_candidates(const Inputs& in, const ScanOptions& options, const Registration& registration,
                         const change::ChangeModel& model, WorkFolder& work) {
  Findings f;
  f.components = vectorise::join(work.take_runs(), options.change.min_pixels);
  // Where a rate is asked for, changes outside plots count towards it too.
  const bool by_rate = options.change.false_alarms_per_km2.has_value();
  const double least = by_rate ? std::numeric_limits<double>::lowest() : options.change.min_distinctness;
  f.candidates =
      candidates_of(f.components, in, options, registration, model, work, least, options.run.whole_scene || by_rate);
  if (by_rate) keep_density(f.candidates, in, options, work);
  make_ids_unique(f.candidates);
  f.observations = observe(in, work, f.candidates, registration.quality.failed);
  rank(f.candidates);
  return f;
}

}  // namespace plotwatch::pipeline
