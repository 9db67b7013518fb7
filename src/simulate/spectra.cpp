#include "simulate/spectra.hpp"

namespace plotwatch::simulate {

// Broad-band values rounded from the ranges that the USGS Spectral Library version 7 (Kokaly et al. 2017) and the
// ECOSTRESS library (Meerdink et al. 2019) show for such materials; canopies are seen from above, with their shade.
const Spectrum& spectrum_of(Material material) {
  static constexpr std::array<Spectrum, 23> table{{
      {.115F, .150F, .185F, .245F, .315F, .275F},  // dry_soil: loam
      {.065F, .085F, .105F, .150F, .190F, .150F},  // wet_soil
      {.030F, .065F, .036F, .440F, .190F, .085F},  // green_crop: closed wheat or vegetables
      {.034F, .072F, .042F, .410F, .205F, .098F},  // maize
      {.085F, .125F, .165F, .270F, .330F, .235F},  // ripe_crop, stubble
      {.040F, .080F, .056F, .330F, .235F, .135F},  // green_grass
      {.075F, .105F, .138F, .225F, .300F, .220F},  // dry_grass
      {.026F, .050F, .032F, .370F, .155F, .068F},  // leafy_trees
      {.055F, .070F, .085F, .165F, .220F, .160F},  // bare_trees
      {.055F, .062F, .046F, .026F, .012F, .008F},  // clear_water
      {.075F, .095F, .085F, .050F, .022F, .013F},  // turbid_water
      {.085F, .095F, .105F, .125F, .145F, .135F},  // asphalt
      {.175F, .205F, .225F, .255F, .285F, .265F},  // concrete, weathered
      {.250F, .280F, .300F, .320F, .310F, .280F},  // fresh_concrete
      {.270F, .225F, .150F, .245F, .290F, .265F},  // blue_roof: painted steel
      {.085F, .100F, .255F, .310F, .330F, .300F},  // red_roof: painted steel
      {.215F, .225F, .235F, .255F, .270F, .260F},  // grey_roof
      {.420F, .440F, .450F, .460F, .440F, .400F},  // white_roof, tents
      {.095F, .118F, .150F, .190F, .235F, .215F},  // tile_roof: village houses
      {.300F, .335F, .350F, .430F, .370F, .300F},  // plastic_film over crops
      {.060F, .100F, .076F, .150F, .170F, .140F},  // cover_net: green dust net over soil
      {.125F, .170F, .225F, .300F, .345F, .290F},  // excavated_soil
      {.150F, .172F, .192F, .222F, .262F, .248F},  // rubble
  }};
  return table[static_cast<std::size_t>(material)];
}

}  // namespace plotwatch::simulate
