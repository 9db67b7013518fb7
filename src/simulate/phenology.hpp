// What grows on a field on a given day of the year on the North China Plain.
#pragma once

#include "core/date.hpp"
#include "simulate/spectra.hpp"

namespace plotwatch::simulate {

enum class Crop { wheat_maize, spring_maize, peanut, vegetables, orchard, trees, grass, fallow };

struct Canopy {
  float green = 0;  // share of the ground under green leaves, [0, 1]
  float dry = 0;    // share under dead or ripe plants, [0, 1]; green + dry <= 1
  Material green_material = Material::green_crop;
  Material dry_material = Material::ripe_crop;
};

double day_of_year(const Date& date);  // 1 … 366

// `phase` moves the calendar of one field, days; vegetables use it as the start of their 75-day cycle.
Canopy canopy(Crop crop, double day, double phase);

// Elevation of the sun above the horizon at 10:50 local solar time, degrees, and where it stands, degrees clockwise
// from north. Declination by Cooper (1969).
struct Sun {
  double elevation_deg = 0, azimuth_deg = 0;
};
Sun sun_at(const Date& date, double latitude_deg);

}  // namespace plotwatch::simulate
