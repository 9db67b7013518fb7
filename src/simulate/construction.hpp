// The plots of the register, and the construction that starts on some of them between the two dates.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.hpp"
#include "simulate/layout.hpp"
#include "simulate/simulate.hpp"

namespace plotwatch::simulate {

enum class Construction { clearing, excavation, foundation, building, hard_surface, stockpile, demolition, cover_net };
std::string_view name(Construction kind);  // "hard surface"

// One surface of a construction site; later parts lie on earlier ones, inside the first.
struct Part {
  std::vector<Point> ring;  // (u, v), open
  Rect box;
  Material material = Material::excavated_soil;
  float height = 0;  // m; above 0 it casts a shadow (parts of some height are rectangles)
};

struct ConstructionSite {
  int plot = 0;  // index into District::plots
  Construction kind = Construction::clearing;
  float strength = 1;   // (0, 1]: 1 shows the new surface alone, less lets the old one shine through
  double contrast = 0;  // root mean square change over the written bands, reflectance
  int building = -1;    // that comes down; index into the buildings of the plot's lot
  double area_m2 = 0;   // of the first part, which is what is changed
  std::vector<Part> parts;
};

struct PlotSite {
  int lot = 0;
  std::vector<Point> ring;  // (u, v), open
  std::string code, name, status, unit;
  Date status_from;
};

struct District {
  Frame frame;
  Layout layout;
  std::vector<PlotSite> plots;  // in the order of their codes
  std::vector<ConstructionSite> sites;
};

// Throws Error(config) when the ground holds fewer lots of 0.5 to 8 ha than plots are asked for.
District build_district(const DistrictOptions& options);

// The pieces that sites are made of.
// An outline of about the wanted area inside the plot; the plot's own ring for more than 0.8 of it.
std::vector<Point> place(const PlotSite& plot, double wanted_m2, bool built, Dice& dice);
Part part(std::vector<Point> ring, Material material, float height = 0);
// Roofs within cleared ground: two thirds of it, in one or two rows.
void add_roofs(std::vector<Part>& parts, const Rect& ground, Dice& dice);
class Ground;
// Root mean square difference that the site makes to what would be seen without it, reflectance, over the first
// `bands`.
double contrast_of(const ConstructionSite& site, Ground& without, const Frame& frame, int bands);

}  // namespace plotwatch::simulate
