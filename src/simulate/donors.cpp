#include "simulate/donors.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"

namespace plotwatch::simulate {

namespace {

constexpr int radius = 2;  // px a donor keeps from nodata and the scene's edge
constexpr int draws = 4;
constexpr int most_places = 40000;  // looked at for percentiles

double quantile(std::vector<double> values, double share) {
  const auto nth = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), nth, values.end());
  return *nth;
}

}  // namespace

DonorPool::DonorPool(const RealScene& scene) : scene_(scene) {
  for (const std::vector<float>& band : scene.bands) {
    double sum = 0, squares = 0, n = 0;
    for (std::size_t i = 0; i < band.size(); ++i) {
      if (!scene.valid[i]) continue;
      const auto value = static_cast<double>(band[i]);
      sum += value;
      squares += value * value;
      ++n;
    }
    const double mean = n > 0 ? sum / n : 0;
    mean_.push_back(mean);
    deviation_.push_back(n > 0 ? std::sqrt(std::max(squares / n - mean * mean, 0.0)) : 0);
  }

  const double pixels = static_cast<double>(scene.grid.width) * scene.grid.height;
  const int stride = std::max(1, static_cast<int>(std::sqrt(pixels / most_places)));
  const std::vector<float>*red = scene.band(BandRole::red), *nir = scene.band(BandRole::nir);
  std::vector<Place> places;
  std::vector<double> brightness, ndvi, infrared;
  for (int y = radius; y < scene.grid.height - radius; y += stride)
    for (int x = radius; x < scene.grid.width - radius; x += stride) {
      if (!scene.valid_within(x, y, radius)) continue;
      const std::size_t i = scene.index(x, y);
      double bright = 0;
      for (std::size_t b = 0; b < scene.bands.size(); ++b)
        if (&scene.bands[b] != nir && deviation_[b] > 0)
          bright += (static_cast<double>(scene.bands[b][i]) - mean_[b]) / deviation_[b];
      places.push_back({x, y});
      brightness.push_back(bright);
      const double n = nir ? static_cast<double>((*nir)[i]) : 0, r = red ? static_cast<double>((*red)[i]) : 0;
      ndvi.push_back(nir && red && n + r != 0 ? (n - r) / (n + r) : 0);
      infrared.push_back(n);
    }
  if (places.size() < 100)
    throw Error(ExitCode::input, "the scene has hardly any valid pixels to take spectra from", "",
                "give a scene with less nodata");
  const double middle = quantile(brightness, 0.5), bright = quantile(brightness, 0.8),
               top = quantile(brightness, 0.985);
  const double bare_ndvi = quantile(ndvi, 0.4), dark = quantile(infrared, 0.15);
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (ndvi[i] > bare_ndvi || infrared[i] < dark) continue;
    if (brightness[i] >= bright && brightness[i] <= top)
      built_.push_back(places[i]);
    else if (brightness[i] >= middle && brightness[i] < bright)
      bare_.push_back(places[i]);
  }
  // A scene all of one kind still serves.
  if (built_.empty()) built_ = places;
  if (bare_.empty()) bare_ = places;
}

Donor DonorPool::at(Place place) const {
  Donor donor;
  donor.mean = mean_around(place.x, place.y, 1);
  for (int y = place.y - 1; y <= place.y + 1; ++y)
    for (int x = place.x - 1; x <= place.x + 1; ++x) {
      std::vector<float> residual;
      for (std::size_t b = 0; b < scene_.bands.size(); ++b)
        residual.push_back(scene_.bands[b][scene_.index(x, y)] - static_cast<float>(donor.mean[b]));
      donor.residuals.push_back(std::move(residual));
    }
  return donor;
}

// A neighbourhood astride an edge would plant the edge all over the implant: the evenest of several is taken.
Donor DonorPool::draw(bool built, Dice& dice) const {
  const std::vector<Place>& pool = built ? built_ : bare_;
  Donor best;
  double least = 1e300;
  for (int i = 0; i < draws; ++i) {
    Donor donor = at(pool[static_cast<std::size_t>(dice.below(static_cast<int>(pool.size())))]);
    double roughness = 0;
    for (const std::vector<float>& residual : donor.residuals)
      for (std::size_t b = 0; b < residual.size(); ++b)
        if (deviation_[b] > 0) roughness += std::pow(static_cast<double>(residual[b]) / deviation_[b], 2);
    if (roughness >= least) continue;
    least = roughness;
    best = std::move(donor);
  }
  best.built = built;
  return best;
}

std::vector<double> DonorPool::mean_around(int x, int y, int reach) const {
  std::vector<double> mean;
  for (const std::vector<float>& band : scene_.bands) {
    double sum = 0;
    for (int j = y - reach; j <= y + reach; ++j)
      for (int i = x - reach; i <= x + reach; ++i) sum += static_cast<double>(band[scene_.index(i, j)]);
    mean.push_back(sum / ((2 * reach + 1) * (2 * reach + 1)));
  }
  return mean;
}

double DonorPool::contrast(const std::vector<double>& a, const std::vector<double>& b) const {
  double sum = 0, n = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (deviation_[i] <= 0) continue;
    sum += std::pow((a[i] - b[i]) / deviation_[i], 2);
    ++n;
  }
  return n > 0 ? std::sqrt(sum / n) : 0;
}

}  // namespace plotwatch::simulate
