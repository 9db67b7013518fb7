#include "simulate/plot_sites.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/error.hpp"

namespace plotwatch::simulate {

namespace {

constexpr double smallest_m2 = 5000, largest_m2 = 80000;
constexpr double margin_px = 8;

bool in_scene(const Frame& frame, const Rect& rect, const DistrictOptions& o) {
  const double margin = margin_px * o.pixel_size;
  for (const Point& corner : ring_of(rect)) {
    const Point p = frame.to_xy(corner);
    if (p.x < margin || p.y < margin || p.x > o.width * o.pixel_size - margin || p.y > o.height * o.pixel_size - margin)
      return false;
  }
  return true;
}

bool on_river(const Layout& layout, const Rect& r) {
  for (double v = r.v0; v <= r.v1 + 10; v += 10) {
    const double middle = layout.river().middle(v), reach = layout.river().half_width + 15;
    if (middle + reach > r.u0 && middle - reach < r.u1) return true;
  }
  return false;
}

// How much likelier a lot of this use is to be in a register of construction land than open farmland.
double weight_of(Use use, double farmland) {
  switch (use) {
    case Use::vacant: return 8;
    case Use::factory: return 4;
    case Use::field: return farmland;
    case Use::orchard: return 0.6 * farmland;
    case Use::greenhouse: return 0.4 * farmland;
    case Use::village: return 0.3;
    default: return 0;
  }
}

std::string pick_status(Use use, Dice& dice) {
  static constexpr std::array vacant{"listed",      "listed", "survey_pending", "survey_pending", "use_change",
                                     "acquisition", "staged", "aftercare",      "cleared",        "unused"};
  static constexpr std::array factory{"priority_idle", "priority_idle",  "key_unit",
                                      "key_unit",      "survey_pending", "use_change"};
  static constexpr std::array farmland{"strict_farmland", "acquisition", "use_change", "unused"};
  const auto pick = [&dice](const auto& list) {
    return std::string(list[static_cast<std::size_t>(dice.below(static_cast<int>(list.size())))]);
  };
  if (use == Use::vacant) return pick(vacant);
  if (use == Use::factory) return pick(factory);
  return pick(farmland);
}

std::string_view word_for(Use use) {
  switch (use) {
    case Use::vacant: return "待开发地块";
    case Use::factory: return "工业用地地块";
    case Use::village: return "村庄用地地块";
    default: return "农用地块";
  }
}

// Mostly the whole lot; some plots have lost a corner to a road or a neighbour.
std::vector<Point> boundary(const Rect& lot, Dice& dice) {
  const Rect r = lot.inset(dice.between(2, 6));
  std::vector<Point> ring = ring_of(r);
  const double shape = dice.unit();
  const double cut_u = r.width() * dice.between(0.15, 0.4), cut_v = r.height() * dice.between(0.15, 0.4);
  if (shape < 0.2) {  // chamfered
    ring = {{r.u0 + cut_u, r.v0}, {r.u1, r.v0}, {r.u1, r.v1}, {r.u0, r.v1}, {r.u0, r.v0 + cut_v}};
  } else if (shape < 0.38) {  // L-shaped
    ring = {{r.u0, r.v0},         {r.u1 - cut_u, r.v0}, {r.u1 - cut_u, r.v0 + cut_v},
            {r.u1, r.v0 + cut_v}, {r.u1, r.v1},         {r.u0, r.v1}};
  }
  return ring;
}

}  // namespace

std::vector<PlotSite> choose_plots(const Frame& frame, const Layout& layout, const DistrictOptions& o,
                                   double farmland) {
  // Weighted choice without replacement by exponential keys (Efraimidis and Spirakis 2006).
  struct Key {
    double value;
    int lot;
  };
  std::vector<Key> keys;
  for (std::size_t i = 0; i < layout.lots().size(); ++i) {
    const Lot& lot = layout.lots()[i];
    const double weight = weight_of(lot.use, farmland);
    if (weight <= 0 || lot.rect.inset(6).area() < smallest_m2 || lot.rect.area() > largest_m2) continue;
    if (!in_scene(frame, lot.rect, o) || on_river(layout, lot.rect)) continue;
    keys.push_back({std::log(1 - to_unit(hash(lot.seed, 21))) / weight, static_cast<int>(i)});
  }
  if (static_cast<int>(keys.size()) < o.plots)
    throw Error(
        ExitCode::config,
        fmt::format("the district has room for {} plots of 0.5 to 8 ha, {} are asked for", keys.size(), o.plots),
        "plots", "ask for fewer plots, or for a larger district (width, height, pixel_size)");
  std::sort(keys.begin(), keys.end(),
            [](const Key& a, const Key& b) { return a.value != b.value ? a.value > b.value : a.lot < b.lot; });

  std::vector<PlotSite> plots;
  for (int i = 0; i < o.plots; ++i) {
    const Lot& lot = layout.lots()[static_cast<std::size_t>(keys[static_cast<std::size_t>(i)].lot)];
    Dice dice(hash(lot.seed, 22));
    static constexpr std::array towns{"示例一镇", "示例二镇", "示例三镇", "示例四镇", "示例五镇"};
    const std::string town = towns[static_cast<std::size_t>(dice.below(static_cast<int>(towns.size())))];
    PlotSite plot;
    plot.lot = keys[static_cast<std::size_t>(i)].lot;
    plot.ring = boundary(lot.rect.inset(lot.edge), dice);
    plot.code = fmt::format("SIM-{:04}", i + 1);
    plot.name = fmt::format("{}{}号{}", town, i + 1, word_for(lot.use));
    plot.status = pick_status(lot.use, dice);
    plot.unit = town + "人民政府";
    // Registers are renewed at the end of February and of August.
    plot.status_from = dice.chance(0.5) ? Date{o.before.year - 1 - dice.below(2), 2, 28}
                                        : Date{o.before.year - 1 - dice.below(2), 8, 31};
    plots.push_back(std::move(plot));
  }
  return plots;
}

}  // namespace plotwatch::simulate
