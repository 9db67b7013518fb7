// The numbers behind a candidate: what each date shows of its ground, and its shape.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "model/band_role.hpp"
#include "model/transition.hpp"

namespace plotwatch {

// One number of a date's ground; the numbers in the order of the enum.
enum class GroundIndex { ndvi, ndbi, water, greenness, brightness, contrast };

std::string_view name(GroundIndex index);  // "ndvi"
const std::vector<GroundIndex>& all_ground_indices();

// Medians over the candidate's pixels that are usable on both dates. Indices are of samples less the path radiance that
// covers are told apart with (nothing is taken off surface reflectance); empty where the bands are missing.
//   ndvi        (nir - red) / (nir + red)                       Tucker 1979
//   ndbi        (swir16 - nir) / (swir16 + nir)                 Zha, Gao, Ni, Int. J. Remote Sensing 24(3), 2003
//   water       MNDWI, without swir16 NDWI                      Xu 2006; McFeeters 1996
//   greenness   (2 green - red - blue) / (2 green + red + blue) Louhaichi, Borman, Johnson, Geocarto Int. 16(1), 2001
//   brightness  mean of the bands, each in standard deviations of the date's unchanged ground about its mean
//   contrast    half of the spread of brightness from the 16th to the 84th percentile: flat nets and roofs have little
struct GroundSeen {
  struct Band {
    BandRole role = BandRole::pan;
    double value = 0;  // physical, as the scene's scale and offset give it
    bool operator==(const Band&) const = default;
  };
  std::vector<Band> bands;
  std::array<std::optional<double>, 6> index{};
  std::array<double, 5> cover{};  // shares of each Cover, unknown first

  std::optional<double> of(GroundIndex i) const { return index[static_cast<std::size_t>(i)]; }
  void set(GroundIndex i, double value) { index[static_cast<std::size_t>(i)] = value; }
  double share(Cover c) const { return cover[static_cast<std::size_t>(c)]; }
};

// Of a candidate's outline.
struct OutlineShape {
  double compactness = 0;   // of the largest part: 4 pi area / perimeter^2 (Polsby, Popper, Yale Law & Policy Review 9,
                            // 1991), its holes filled; 1 for a circle
  double elongation = 1;    // sqrt of the ratio of the outline's principal second moments: a rectangle's sides; >= 1
  double width_m = 0;       // of the largest part: 2 area / perimeter, about the width of what is long
  int parts = 1;            // polygons that the outline falls into
  int holes = 0;            // unchanged ground inside
  double inside_share = 1;  // of the whole change's area that lies on this plot; 1 outside all plots
  std::optional<double> boundary_m = {};  // from the outline to the plot's boundary, 0 where it reaches it
};

}  // namespace plotwatch
