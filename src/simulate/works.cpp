#include "simulate/works.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

#include "simulate/calendar.hpp"
#include "simulate/ground.hpp"
#include "simulate/outline.hpp"
#include "simulate/weather.hpp"

namespace plotwatch::simulate {

namespace {

constexpr double smallest_px = 6;
constexpr double faintest = 0.03;   // reflectance
constexpr double first_size = 0.3;  // of its surface, on the day on which a stage begins

Date after(const Date& date, double days) {
  return Date::from_days(date.days() + std::chrono::days{static_cast<int>(std::lround(days))});
}

Part shrunk(const Part& part, double size) {
  Part out = part;
  const Point middle{(part.box.u0 + part.box.u1) / 2, (part.box.v0 + part.box.v1) / 2};
  const double side = std::sqrt(size);
  for (Point& p : out.ring) p = {middle.x + side * (p.x - middle.x), middle.y + side * (p.y - middle.y)};
  out.box = bounds_of(out.ring);
  out.height *= static_cast<float>(size);
  return out;
}

WorkKind pick_kind(const Lot& lot, const PlotSite& plot, Dice& dice) {
  if (lot.buildings > 0 && dice.chance(0.6)) return WorkKind::demolition;
  if ((plot.status == "listed" || plot.status == "staged") && dice.chance(0.7)) return WorkKind::remediation;
  const double r = dice.unit();
  if (r < 0.60) return WorkKind::building;
  if (r < 0.78) return WorkKind::hard_surface;
  return r < 0.90 ? WorkKind::earthwork : WorkKind::stockpile;
}

class Planner {
 public:
  Planner(Work& work, const Date& start, Dice& dice) : work_(work), day_(start), dice_(dice) {}

  void stage(Step step, std::vector<Part> parts) { work_.stages.push_back({step, day_, std::move(parts)}); }
  void wait(double least, double most) { day_ = after(day_, dice_.between(least, most)); }
  bool chance(double probability) { return dice_.chance(probability); }

 private:
  Work& work_;
  Date day_;
  Dice& dice_;
};

// The outline and a box inside it that rectangles may fill, on plots of any shape.
struct Footprint {
  std::vector<Point> ring;
  Rect yard;
};

Footprint footprint(const PlotSite& plot, double area, bool built, Dice& dice) {
  Footprint f;
  f.ring = place(plot, area, built, dice);
  const Rect box = bounds_of(f.ring);
  const bool odd_shape = f.ring == plot.ring && plot.ring.size() > 4;
  f.yard = odd_shape ? box.inset(0.42 * std::min(box.width(), box.height())) : box;
  return f;
}

// The ways in which work goes on are those of building sites around Beijing, where bare soil has to be covered with
// nets and where sites rest when the ground is frozen or money is short.
void plan_building(Planner& plan, const Footprint& f, Dice& dice) {
  const bool sandy = dice.chance(0.4);
  plan.stage(Step::clearing, {part(f.ring, sandy ? Material::excavated_soil : Material::dry_soil)});
  plan.wait(8, 25);
  if (plan.chance(0.6)) {
    plan.stage(Step::cover_net, {part(f.ring, Material::cover_net)});
    plan.wait(15, 60);
  }
  const Rect pit = f.yard.inset(0.06 * std::min(f.yard.width(), f.yard.height()));
  plan.stage(Step::earthwork, {part(ring_of(pit), Material::excavated_soil)});
  plan.wait(12, 40);
  plan.stage(Step::foundation, {part(ring_of(pit), Material::fresh_concrete)});
  if (plan.chance(0.15)) return;
  plan.wait(20, 60);
  std::vector<Part> roofs;
  add_roofs(roofs, f.yard, dice);
  plan.stage(Step::building, roofs);
  if (plan.chance(0.2)) return;
  plan.wait(30, 80);
  std::vector<Part> finished{part(f.ring, dice.chance(0.6) ? Material::concrete : Material::asphalt)};
  finished.insert(finished.end(), roofs.begin(), roofs.end());
  plan.stage(Step::hard_surface, std::move(finished));
}

void plan_others(Planner& plan, WorkKind kind, const Footprint& f, Dice& dice) {
  switch (kind) {
    case WorkKind::hard_surface:
      plan.stage(Step::clearing, {part(f.ring, Material::dry_soil)});
      plan.wait(6, 25);
      plan.stage(Step::hard_surface, {part(f.ring, dice.chance(0.5) ? Material::asphalt : Material::concrete)});
      return;
    case WorkKind::earthwork:
      plan.stage(Step::earthwork, {part(f.ring, Material::excavated_soil)});
      if (!plan.chance(0.5)) return;
      plan.wait(15, 60);
      plan.stage(Step::cover_net, {part(f.ring, Material::cover_net)});
      return;
    case WorkKind::stockpile:
      plan.stage(Step::stockpile, {part(f.ring, dice.chance(0.6) ? Material::excavated_soil : Material::rubble)});
      return;
    default: {
      plan.stage(Step::earthwork, {part(f.ring, Material::excavated_soil)});
      plan.wait(10, 30);
      const Rect tent = f.yard.inset(0.15 * std::min(f.yard.width(), f.yard.height()));
      plan.stage(Step::tent, {part(ring_of(tent), Material::white_roof, 9)});
      plan.wait(60, 150);
      plan.stage(Step::backfill, {part(f.ring, Material::dry_soil)});
    }
  }
}

bool plan_demolition(Work& work, Planner& plan, const District& d, double least_m2, Dice& dice) {
  const PlotSite& plot = d.plots[static_cast<std::size_t>(work.plot)];
  const auto buildings = d.layout.buildings(d.layout.lots()[static_cast<std::size_t>(plot.lot)]);
  const auto target = std::max_element(buildings.begin(), buildings.end(), [](const Building& a, const Building& b) {
    return a.rect.area() < b.rect.area();
  });
  if (target == buildings.end() || target->rect.area() < least_m2) return false;
  std::vector<Point> ring = ring_of(target->rect.inset(-2.5));
  if (!lies_in(ring, [&plot](Point p) { return inside_ring(plot.ring, p.x, p.y); })) return false;
  work.building = static_cast<int>(target - buildings.begin());
  plan.stage(Step::demolition, {part(ring, Material::rubble)});
  plan.wait(20, 60);
  if (plan.chance(0.6))
    plan.stage(Step::cover_net, {part(ring, Material::cover_net)});
  else
    plan.stage(Step::clearing, {part(ring, dice.chance(0.5) ? Material::dry_soil : Material::excavated_soil)});
  return true;
}

Work draw_work(int plot_index, const District& d, const SeasonOptions& o, Dice& dice) {
  const PlotSite& plot = d.plots[static_cast<std::size_t>(plot_index)];
  const Lot& lot = d.layout.lots()[static_cast<std::size_t>(plot.lot)];
  const double whole = ring_area(plot.ring);
  const double least = std::min(smallest_px * o.pixel_size * o.pixel_size, 0.6 * whole);
  Work work;
  work.plot = plot_index;
  work.kind = pick_kind(lot, plot, dice);
  work.growth_days = 4 + dice.below(14);
  work.strength = static_cast<float>(dice.between(0.75, 1));
  const double lead = 0.1 * o.days, tail = std::min(45.0, 0.2 * o.days);
  Planner plan(work, after(o.from, dice.between(lead, o.days - tail)), dice);
  if (work.kind == WorkKind::demolition && !plan_demolition(work, plan, d, least, dice)) work.kind = WorkKind::building;
  if (work.kind != WorkKind::demolition) {
    const double area = least * std::pow(1.1 * whole / least, dice.unit());  // log-uniform up to the whole plot
    const bool built = work.kind == WorkKind::building || work.kind == WorkKind::hard_surface;
    const Footprint f = footprint(plot, area, built, dice);
    if (work.kind == WorkKind::building)
      plan_building(plan, f, dice);
    else
      plan_others(plan, work.kind, f, dice);
  }
  const bool may_be_permitted = work.kind != WorkKind::earthwork && work.kind != WorkKind::stockpile;
  const double share = work.kind == WorkKind::remediation ? 0.7 : o.permitted_share;
  work.permitted = may_be_permitted && dice.chance(share);
  work.area_m2 = ring_area(work.stages.front().parts.front().ring);
  return work;
}

// Bare ground cleared of nothing starts nothing that an eye could tell: drawn again, on another day, until it shows.
Work draw_visible_work(int plot_index, const District& d, const SeasonOptions& o) {
  const PlotSite& plot = d.plots[static_cast<std::size_t>(plot_index)];
  const Lot& lot = d.layout.lots()[static_cast<std::size_t>(plot.lot)];
  Work best;
  for (std::uint64_t attempt = 0; attempt < 12; ++attempt) {
    Dice dice(hash(hash(lot.seed, 132), attempt));
    Work work = draw_work(plot_index, d, o, dice);
    const Date grown = after(work.start(), work.growth_days);
    const FieldCalendar calendar(o.seed, grown, soil_wetness(o.seed, grown));
    Ground without(d, Occasion{true, grown, 0, o.seed, calendar});
    work.contrast = contrast_of(*as_of(work, grown), without, d.frame, o.bands);
    if (best.stages.empty() || work.contrast > best.contrast) best = std::move(work);
    if (best.contrast >= faintest) break;
  }
  return best;
}

}  // namespace

std::string_view name(WorkKind kind) {
  static constexpr std::array<std::string_view, 6> names{"building",  "hard surface", "earthwork",
                                                         "stockpile", "demolition",   "remediation"};
  return names[static_cast<std::size_t>(kind)];
}

std::string_view name(Step step) {
  static constexpr std::array<std::string_view, 10> names{"clearing", "cover net",    "earthwork", "foundation",
                                                          "building", "hard surface", "stockpile", "demolition",
                                                          "tent",     "backfill"};
  return names[static_cast<std::size_t>(step)];
}

std::optional<ConstructionSite> as_of(const Work& work, const Date& date) {
  if (date < work.start()) return std::nullopt;
  ConstructionSite site;
  site.plot = work.plot;
  site.strength = work.strength;
  site.building = work.building;
  site.area_m2 = work.area_m2;
  for (const WorkStage& stage : work.stages) {
    if (date < stage.from) break;
    const double age = static_cast<double>((date.days() - stage.from.days()).count());
    const double size = std::min(1.0, first_size + (1 - first_size) * age / work.growth_days);
    for (const Part& part : stage.parts) site.parts.push_back(size < 1 ? shrunk(part, size) : part);
  }
  return site;
}

std::vector<Work> plan_works(const District& d, const SeasonOptions& o) {
  const int count = static_cast<int>(std::lround(o.site_share * static_cast<double>(d.plots.size())));
  std::vector<int> order(d.plots.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int>(i);
  std::sort(order.begin(), order.end(), [&o](int a, int b) { return hash(o.seed, 131, a) < hash(o.seed, 131, b); });
  order.resize(static_cast<std::size_t>(count));
  std::sort(order.begin(), order.end());
  std::vector<Work> works;
  for (const int plot : order) works.push_back(draw_visible_work(plot, d, o));
  return works;
}

}  // namespace plotwatch::simulate
