#include "simulate/ground.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace plotwatch::simulate {

namespace {

// Ground in shadow sees the sky only, which is blue.
Spectrum shaded(const Spectrum& lit) {
  static constexpr Spectrum sky{.42F, .37F, .33F, .28F, .24F, .22F};
  Spectrum out;
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = lit[i] * sky[i];
  return out;
}

Crop pick_crop(Dice& dice) {
  const double r = dice.unit();
  if (r < 0.34) return Crop::wheat_maize;
  if (r < 0.56) return Crop::spring_maize;
  if (r < 0.70) return Crop::peanut;
  if (r < 0.88) return Crop::vegetables;
  return Crop::fallow;
}

Crop crop_of(const Lot& lot, const Occasion& occasion) {
  Dice dice(hash(lot.seed, 41));
  Crop crop = pick_crop(dice);
  if (occasion.second && dice.chance(occasion.season_change)) crop = pick_crop(dice);
  switch (lot.use) {
    case Use::field:
    case Use::greenhouse: return crop;
    case Use::orchard: return Crop::orchard;
    case Use::wood: return Crop::trees;
    default: return Crop::grass;
  }
}

double edge_distance(const Rect& r, double u, double v) {
  return std::min(std::min(u - r.u0, r.u1 - u), std::min(v - r.v0, r.v1 - v));
}

// One slope of the roof faces the sun.
float roof_light(const Rect& roof, double u, double v) {
  const bool ridge_along_u = roof.width() >= roof.height();
  const double t = ridge_along_u ? (v - roof.v0) / roof.height() : (u - roof.u0) / roof.width();
  return t > 0.5 ? 1.05F : 0.93F;
}

}  // namespace

Point towards_sun(const Frame& frame, const Date& date) {
  constexpr double rad = std::numbers::pi / 180;
  const Sun sun = sun_at(date, district_latitude);
  const double reach = 1 / std::tan(std::max(sun.elevation_deg, 8.0) * rad);
  return frame.direction_to_uv(reach * std::sin(sun.azimuth_deg * rad), -reach * std::cos(sun.azimuth_deg * rad));
}

bool way_meets(const Rect& rect, double u, double v, Point step) {
  double enter = 0, leave = 1;
  const auto narrow = [&](double at, double along, double low, double high) {
    if (along == 0) return at >= low && at < high;
    const double a = (low - at) / along, b = (high - at) / along;
    enter = std::max(enter, std::min(a, b));
    leave = std::min(leave, std::max(a, b));
    return enter < leave;
  };
  return narrow(u, step.x, rect.u0, rect.u1) && narrow(v, step.y, rect.v0, rect.v1);
}

Ground::Ground(const District& district, const Occasion& occasion)
    : district_(district),
      occasion_(occasion),
      to_sun_(towards_sun(district.frame, occasion.date)),
      day_(day_of_year(occasion.date)),
      wetness_(static_cast<float>(to_unit(hash(occasion.seed, occasion.second ? 52 : 51)) * 0.3)),
      soil_(hash(occasion.seed, 53), {{7, .45F}, {32, .40F}, {150, .45F}}),
      cover_(hash(occasion.seed, occasion.second ? 55 : 54), {{9, .45F}, {45, .50F}, {170, .45F}}),
      patches_(hash(occasion.seed, 56), {{22, .45F}, {70, .70F}}) {}

void Ground::enter(int index) {
  lot_ = index;
  const Lot& lot = district_.layout.lots()[static_cast<std::size_t>(index)];
  Dice ground(hash(lot.seed, 42));                       // what stays
  Dice now(hash(lot.seed, occasion_.second ? 44 : 43));  // what this date brings
  const auto change = static_cast<float>(occasion_.season_change);

  const bool dated = static_cast<bool>(occasion_.lot_day);
  const LotDay day = dated ? occasion_.lot_day(lot) : LotDay{};
  auto wet =
      std::clamp(wetness_ + static_cast<float>(0.12 * ground.normal() + 0.22 * change * now.normal()), 0.0F, 0.9F);
  if (dated) wet = day.wetness;
  const auto brightness = static_cast<float>(1 + 0.09 * ground.normal());
  state_.soil = scaled(blend(spectrum_of(Material::dry_soil), spectrum_of(Material::wet_soil), wet), brightness);

  const double phase = 7 * ground.normal() + 16 * occasion_.season_change * now.normal();
  // Vegetables start their cycle on any day; that day moves as far as the seasons may differ.
  const double cycle = 30 * ground.unit() + 18 * occasion_.season_change * now.normal();
  const Crop crop = crop_of(lot, occasion_);
  const Canopy c = dated ? day.canopy : canopy(crop, day_, crop == Crop::vegetables ? cycle : phase);
  auto vigour =
      static_cast<float>(std::clamp(0.95 + 0.09 * ground.normal() + 0.05 * change * now.normal(), 0.55, 1.08));
  if (dated) vigour = day.vigour;
  const auto leaf = static_cast<float>(1 + 0.06 * ground.normal());
  state_.green = scaled(spectrum_of(c.green_material), leaf);
  state_.dry = scaled(spectrum_of(c.dry_material), leaf);
  state_.green_cover = std::min(c.green * vigour, 1.0F);
  state_.dry_cover = std::min(c.dry, 1 - state_.green_cover);
  state_.patchiness =
      static_cast<float>(crop == Crop::orchard || crop == Crop::trees ? 0.30 : ground.between(0.08, 0.28));
  if (dated) state_.patchiness *= day.patchiness;
  state_.bias = static_cast<float>(ground.between(-0.5, 0.6));
  state_.pitch = static_cast<float>(ground.between(10.5, 14));
  const double yard = ground.unit();
  state_.yard = scaled(yard < 0.5   ? spectrum_of(Material::concrete)
                       : yard < 0.7 ? spectrum_of(Material::asphalt)
                                    : blend(spectrum_of(Material::concrete), state_.soil, 0.6F),
                       static_cast<float>(1 + 0.07 * ground.normal()));
}

Spectrum Ground::plants(float cover_texture, float soil_texture) const {
  const float green = std::clamp(state_.green_cover * (1 + state_.patchiness * cover_texture), 0.0F, 1.0F);
  const float dry = std::clamp(state_.dry_cover * (1 - 0.5F * state_.patchiness * cover_texture), 0.0F, 1 - green);
  const float bare = 1 - green - dry, light = 1 + 0.08F * soil_texture;
  Spectrum out;
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = green * state_.green[i] + dry * state_.dry[i] + bare * light * state_.soil[i];
  return out;
}

Spectrum Ground::road(double u, double v, float texture) const {
  const auto nearest = [](const std::vector<Road>& roads, double at, double& distance) {
    const int below = std::clamp(road_below(roads, at), 0, static_cast<int>(roads.size()) - 2);
    const Road &a = roads[static_cast<std::size_t>(below)], &b = roads[static_cast<std::size_t>(below) + 1];
    const double da = std::abs(at - a.centre) - a.half_width, db = std::abs(at - b.centre) - b.half_width;
    const Road& road = da < db ? a : b;
    distance = std::abs(at - road.centre);
    return road;
  };
  double du = 0, dv = 0;
  const Road along_v = nearest(district_.layout.roads_u(), u, du), along_u = nearest(district_.layout.roads_v(), v, dv);
  const bool on_v = du < 0.68 * along_v.half_width, on_u = dv < 0.68 * along_u.half_width;
  if (on_u || on_v) return scaled(spectrum_of(Material::asphalt), 1 + 0.06F * texture);
  const bool trees = du < along_v.half_width ? along_v.trees : along_u.trees;
  const Canopy c = canopy(trees ? Crop::trees : Crop::grass, day_, 0);
  const float green = std::clamp(c.green * (0.8F + 0.35F * texture), 0.0F, 1.0F);
  return blend(blend(spectrum_of(Material::dry_soil), spectrum_of(c.dry_material), c.dry),
               spectrum_of(c.green_material), green);
}

// Homesteads on a lattice: a house in the north of each, a yard with a tree or a shed before it, lanes between.
Spectrum Ground::village(const Lot& lot, double u, double v, float texture) const {
  const double pitch_u = 1.35 * state_.pitch, pitch_v = 1.9 * state_.pitch;
  const double cu = std::floor((u - lot.rect.u0) / pitch_u), cv = std::floor((v - lot.rect.v0) / pitch_v);
  const auto house_in = [&](double column, double row) {
    const double u0 = lot.rect.u0 + column * pitch_u, v0 = lot.rect.v0 + row * pitch_v;
    return Rect{u0 + 1, v0 + 2, u0 + pitch_u - 0.8, v0 + 2 + 0.42 * pitch_v};
  };
  const std::uint64_t cell = hash(lot.seed, static_cast<std::int64_t>(cu), static_cast<std::int64_t>(cv));
  const double r = to_unit(cell);
  const Rect house = house_in(cu, cv);
  if (r < 0.88 && house.contains(u, v)) {
    const double roof = to_unit(hash(cell, 1));
    const Material material = roof < 0.62   ? Material::tile_roof
                              : roof < 0.78 ? Material::grey_roof
                              : roof < 0.90 ? Material::red_roof
                                            : Material::blue_roof;
    return scaled(spectrum_of(material),
                  roof_light(house, u, v) * static_cast<float>(0.85 + 0.3 * to_unit(hash(cell, 2))));
  }
  if (v - lot.rect.v0 - cv * pitch_v < 1.8) return scaled(spectrum_of(Material::concrete), 1 + 0.05F * texture);
  const Spectrum yard = blend(state_.soil, spectrum_of(Material::concrete), static_cast<float>(to_unit(hash(cell, 3))));
  const float tree = to_unit(hash(cell, 4)) < 0.45 ? std::clamp(state_.green_cover * (0.5F + texture), 0.0F, 0.9F) : 0;
  const Spectrum ground = blend(yard, spectrum_of(Material::leafy_trees), tree);
  const Point shadow{4 * to_sun_.x, 4 * to_sun_.y};
  const bool dark = r < 0.88 ? way_meets(house, u, v, shadow) : false;
  return dark || way_meets(house_in(cu, cv + 1), u, v, shadow) ? shaded(ground) : ground;
}

Spectrum Ground::open_ground(const Lot& lot, double u, double v, float soil_texture, float cover_texture) {
  const double edge = edge_distance(lot.rect, u, v);
  switch (lot.use) {
    case Use::greenhouse: {
      const double at = std::fmod(v - lot.rect.v0, state_.pitch);
      if (edge < 5 || at > 0.68 * state_.pitch) return scaled(state_.soil, 1 + 0.08F * soil_texture);
      return blend(spectrum_of(Material::plastic_film), state_.green, 0.12F + 0.25F * state_.green_cover);
    }
    case Use::village: return village(lot, u, v, soil_texture);
    case Use::factory: {
      if (edge < 6) return plants(cover_texture, soil_texture);
      return scaled(state_.yard, 1 + 0.07F * soil_texture);
    }
    case Use::vacant: {
      const float overgrown = std::clamp(0.5F + state_.bias + 1.1F * patches_.at(u, v), 0.0F, 1.0F);
      return blend(scaled(state_.soil, 1 + 0.10F * soil_texture), plants(cover_texture, soil_texture), overgrown);
    }
    case Use::pond: {
      const Rect& r = lot.rect;
      const double a = (2 * u - r.u0 - r.u1) / r.width(), b = (2 * v - r.v0 - r.v1) / r.height();
      if (a * a * a * a + b * b * b * b > 0.55) return plants(cover_texture, soil_texture);
      return blend(spectrum_of(Material::clear_water), spectrum_of(Material::turbid_water), 0.5F + 0.5F * state_.bias);
    }
    case Use::field:
    case Use::orchard:
    case Use::wood: break;
  }
  if (edge < lot.edge) return scaled(state_.soil, 1.05F + 0.06F * soil_texture);
  return plants(cover_texture, soil_texture);
}

Spectrum Ground::with_buildings(const Lot& lot, double u, double v, Spectrum below, float texture) const {
  bool dark = false;
  for (const Building& b : district_.layout.buildings(lot)) {
    if (occasion_.second && b.demolished) continue;
    if (b.rect.contains(u, v)) return scaled(spectrum_of(b.roof), roof_light(b.rect, u, v) * (1 + 0.03F * texture));
    dark = dark || way_meets(b.rect, u, v, {b.height * to_sun_.x, b.height * to_sun_.y});
  }
  return dark ? shaded(below) : below;
}

Spectrum Ground::with_construction(const Lot& lot, double u, double v, Spectrum below, float texture) const {
  const ConstructionSite& site = district_.sites[static_cast<std::size_t>(lot.event)];
  const Part* top = nullptr;
  bool dark = false;
  for (const Part& part : site.parts) {
    if (part.box.contains(u, v) && inside_ring(part.ring, u, v))
      top = &part, dark = false;
    else if (part.height > 0)
      dark = dark || way_meets(part.box, u, v, {part.height * to_sun_.x, part.height * to_sun_.y});
  }
  if (top) {
    const float light = top->height > 0 ? roof_light(top->box, u, v) : 1 + 0.09F * texture;
    below = blend(below, scaled(spectrum_of(top->material), light), site.strength);
  }
  return dark ? blend(below, shaded(below), site.strength) : below;
}

Spectrum Ground::at(double x, double y) {
  const Point p = district_.frame.to_uv(x, y);
  const int index = district_.layout.lot_at(p.x, p.y, lot_);
  const float soil_texture = soil_.at(x, y), cover_texture = cover_.at(x, y);
  if (index < 0) return road(p.x, p.y, soil_texture);
  if (index != lot_) enter(index);

  const River& river = district_.layout.river();
  if (std::abs(p.x - river.u) < 1.4 * river.swing + river.half_width + 20) {
    const double off = std::abs(p.x - river.middle(p.y)) - river.half_width;
    if (off < 0) return scaled(spectrum_of(Material::turbid_water), 1 + 0.08F * cover_texture);
    if (off < 14) {
      const Canopy bank = canopy(Crop::grass, day_, 0);
      return scaled(blend(spectrum_of(Material::dry_grass), spectrum_of(Material::green_grass), bank.green),
                    1 + 0.1F * soil_texture);
    }
  }
  const Lot& lot = district_.layout.lots()[static_cast<std::size_t>(index)];
  Spectrum seen = open_ground(lot, p.x, p.y, soil_texture, cover_texture);
  if (lot.buildings > 0) seen = with_buildings(lot, p.x, p.y, seen, soil_texture);
  if (occasion_.second && lot.event >= 0) seen = with_construction(lot, p.x, p.y, seen, soil_texture);
  return seen;
}

}  // namespace plotwatch::simulate
