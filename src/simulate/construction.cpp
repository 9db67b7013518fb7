#include "simulate/construction.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "simulate/ground.hpp"
#include "simulate/outline.hpp"
#include "simulate/plot_sites.hpp"

namespace plotwatch::simulate {

namespace {

constexpr double smallest_px = 9;
constexpr double faintest = 0.025;  // reflectance

}  // namespace

std::vector<Point> place(const PlotSite& plot, double wanted_m2, bool built, Dice& dice) {
  const Rect room = bounds_of(plot.ring).inset(2);
  const auto in_plot = [&plot](Point p) { return inside_ring(plot.ring, p.x, p.y); };
  const double whole = ring_area(plot.ring);
  if (wanted_m2 > 0.8 * whole) return plot.ring;
  double area = built ? wanted_m2 : 1.14 * wanted_m2;  // a wavy outline fills less than its box
  const double aspect = dice.between(1, 2.2);
  const bool turned = dice.chance(0.5);
  for (int attempt = 0; attempt < 60; ++attempt, area *= attempt % 6 == 0 ? 0.85 : 1) {
    double w = std::sqrt(area * (turned ? 1 / aspect : aspect)), h = area / w;
    if (w > room.width()) w = room.width(), h = area / w;
    if (h > room.height()) h = room.height(), w = std::min(area / h, room.width());
    const double u = room.u0 + dice.unit() * (room.width() - w), v = room.v0 + dice.unit() * (room.height() - h);
    std::vector<Point> ring = outline_in({u, v, u + w, v + h}, built, dice);
    if (lies_in(ring, in_plot)) return ring;
  }
  return plot.ring;
}

namespace {

Construction pick_kind(const Lot& lot, bool has_buildings, Dice& dice) {
  const double r = dice.unit();
  if (has_buildings && lot.use == Use::factory && r < 0.6) return Construction::demolition;
  const double q = dice.unit();
  if (q < 0.16) return Construction::clearing;
  if (q < 0.32) return Construction::excavation;
  if (q < 0.48) return Construction::foundation;
  if (q < 0.70) return Construction::building;
  if (q < 0.84) return Construction::hard_surface;
  if (q < 0.92) return Construction::stockpile;
  return Construction::cover_net;
}

}  // namespace

Part part(std::vector<Point> ring, Material material, float height) {
  const Rect box = bounds_of(ring);
  return {std::move(ring), box, material, height};
}

void add_roofs(std::vector<Part>& parts, const Rect& ground, Dice& dice) {
  static constexpr Material roofs[] = {Material::blue_roof, Material::grey_roof, Material::white_roof,
                                       Material::red_roof, Material::fresh_concrete};
  const Material roof = roofs[dice.below(5)];
  const auto height = static_cast<float>(dice.between(6, 15));
  const Rect yard = ground.inset(std::min(6.0, 0.12 * std::min(ground.width(), ground.height())));
  const bool two = std::max(yard.width(), yard.height()) > 70;
  const double gap = 5;
  if (!two) {
    parts.push_back(part(ring_of(yard), roof, height));
  } else if (yard.width() > yard.height()) {
    const double middle = (yard.u0 + yard.u1) / 2;
    parts.push_back(part(ring_of({yard.u0, yard.v0, middle - gap, yard.v1}), roof, height));
    parts.push_back(part(ring_of({middle + gap, yard.v0, yard.u1, yard.v1}), roof, height));
  } else {
    const double middle = (yard.v0 + yard.v1) / 2;
    parts.push_back(part(ring_of({yard.u0, yard.v0, yard.u1, middle - gap}), roof, height));
    parts.push_back(part(ring_of({yard.u0, middle + gap, yard.u1, yard.v1}), roof, height));
  }
}

namespace {

// The building comes down with its surroundings: rubble in the middle, bare ground around it.
std::optional<ConstructionSite> demolish(const Lot& lot, const Layout& layout, const PlotSite& plot, double least_m2,
                                         Dice& dice) {
  const auto buildings = layout.buildings(lot);
  auto target = std::max_element(buildings.begin(), buildings.end(),
                                 [](const Building& a, const Building& b) { return a.rect.area() < b.rect.area(); });
  if (target == buildings.end() || target->rect.area() < least_m2) return std::nullopt;
  std::vector<Point> ring = ring_of(target->rect.inset(-2.5));
  if (!lies_in(ring, [&plot](Point p) { return inside_ring(plot.ring, p.x, p.y); })) return std::nullopt;
  ConstructionSite site;
  site.kind = Construction::demolition;
  site.building = static_cast<int>(target - buildings.begin());
  site.parts.push_back(part(std::move(ring), dice.chance(0.5) ? Material::rubble : Material::dry_soil));
  return site;
}

ConstructionSite start(const Lot& lot, const Layout& layout, const PlotSite& plot, const DistrictOptions& o,
                       Dice& dice) {
  const double whole = ring_area(plot.ring);
  const double least = std::min(smallest_px * o.pixel_size * o.pixel_size, 0.6 * whole);
  const double area =
      least * std::pow(1.1 * whole / least, dice.unit());  // log-uniform; the last tenth means the whole plot
  Construction kind = pick_kind(lot, lot.buildings > 0, dice);
  if (kind == Construction::demolition) {
    if (auto site = demolish(lot, layout, plot, least, dice)) return *site;
    kind = Construction::building;
  }
  ConstructionSite site;
  site.kind = kind;
  const bool built =
      kind == Construction::foundation || kind == Construction::building || kind == Construction::hard_surface;
  std::vector<Point> ring = place(plot, area, built, dice);
  const bool whole_plot = ring == plot.ring;
  const Rect box = bounds_of(ring);
  switch (kind) {
    case Construction::clearing: site.parts.push_back(part(std::move(ring), Material::dry_soil)); break;
    case Construction::excavation: site.parts.push_back(part(std::move(ring), Material::excavated_soil)); break;
    case Construction::foundation: site.parts.push_back(part(std::move(ring), Material::fresh_concrete)); break;
    case Construction::hard_surface:
      site.parts.push_back(part(std::move(ring), dice.chance(0.5) ? Material::asphalt : Material::concrete));
      break;
    case Construction::stockpile:
      site.parts.push_back(part(std::move(ring), dice.chance(0.6) ? Material::excavated_soil : Material::rubble));
      break;
    case Construction::cover_net: site.parts.push_back(part(std::move(ring), Material::cover_net)); break;
    case Construction::building:
      site.parts.push_back(part(std::move(ring), dice.chance(0.5) ? Material::dry_soil : Material::concrete));
      // On an L-shaped or chamfered plot the roofs keep to the middle.
      add_roofs(site.parts,
                whole_plot && plot.ring.size() > 4 ? box.inset(0.42 * std::min(box.width(), box.height())) : box, dice);
      break;
    case Construction::demolition: break;
  }
  return site;
}

}  // namespace

double contrast_of(const ConstructionSite& site, Ground& without, const Frame& frame, int bands) {
  constexpr int side = 6;
  const Part& first = site.parts.front();
  double sum = 0, n = 0;
  for (int j = 0; j < side; ++j)
    for (int i = 0; i < side; ++i) {
      const double u = first.box.u0 + (i + 0.5) / side * first.box.width(),
                   v = first.box.v0 + (j + 0.5) / side * first.box.height();
      if (!inside_ring(first.ring, u, v)) continue;
      const Part* top = &first;
      for (const Part& part : site.parts)
        if (inside_ring(part.ring, u, v)) top = &part;
      const Point p = frame.to_xy({u, v});
      const Spectrum old = without.at(p.x, p.y), now = spectrum_of(top->material);
      for (std::size_t b = 0; b < static_cast<std::size_t>(bands); ++b)
        sum += std::pow(site.strength * (now[b] - old[b]), 2), ++n;
    }
  return n > 0 ? std::sqrt(sum / n) : 0;
}

namespace {

// Bare ground cleared of nothing is no construction that an eye, or truth, could tell: drawn again until it shows.
ConstructionSite start_visibly(const Lot& lot, const District& d, const PlotSite& plot, Ground& without,
                               const DistrictOptions& o) {
  ConstructionSite best;
  for (std::uint64_t attempt = 0; attempt < 12; ++attempt) {
    Dice dice(hash(hash(lot.seed, 32), attempt));
    ConstructionSite site = start(lot, d.layout, plot, o, dice);
    site.strength = static_cast<float>(dice.between(0.35, 1.0));
    site.contrast = contrast_of(site, without, d.frame, o.bands);
    if (best.parts.empty() || site.contrast > best.contrast) best = std::move(site);
    if (best.contrast >= faintest) break;
  }
  return best;
}

}  // namespace

std::string_view name(Construction kind) {
  switch (kind) {
    case Construction::clearing: return "clearing";
    case Construction::excavation: return "excavation";
    case Construction::foundation: return "foundation";
    case Construction::building: return "building";
    case Construction::hard_surface: return "hard surface";
    case Construction::stockpile: return "stockpile";
    case Construction::demolition: return "demolition";
    case Construction::cover_net: return "cover net";
  }
  return "";
}

District build_district(const DistrictOptions& o) {
  const Frame frame(o.seed);
  const double reach = 60 + (std::abs(o.shift_x) + std::abs(o.shift_y) + 2 * o.distortion_px + 4) * o.pixel_size;
  const Rect extent = frame.around(-reach, -reach, o.width * o.pixel_size + reach, o.height * o.pixel_size + reach);
  District d{frame, Layout(o.seed, extent), {}, {}};
  d.plots = choose_plots(d.frame, d.layout, o);

  // The same number of plots for every seed: the plots are in random order already.
  const int building_plots = static_cast<int>(std::lround(o.construction_share * o.plots));
  std::vector<int> order(d.plots.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int>(i);
  std::sort(order.begin(), order.end(), [&o](int a, int b) { return hash(o.seed, 31, a) < hash(o.seed, 31, b); });
  std::sort(order.begin(), order.begin() + building_plots);
  Ground without(d, Occasion{true, o.after, o.season_change, o.seed});
  for (int i = 0; i < building_plots; ++i) {
    const int index = order[static_cast<std::size_t>(i)];
    const PlotSite& plot = d.plots[static_cast<std::size_t>(index)];
    Lot& lot = d.layout.lots()[static_cast<std::size_t>(plot.lot)];
    ConstructionSite site = start_visibly(lot, d, plot, without, o);
    site.plot = index;
    if (site.building >= 0) d.layout.buildings(lot)[static_cast<std::size_t>(site.building)].demolished = true;
    site.area_m2 = ring_area(site.parts.front().ring);
    lot.event = static_cast<int>(d.sites.size());
    d.sites.push_back(std::move(site));
  }
  return d;
}

}  // namespace plotwatch::simulate
