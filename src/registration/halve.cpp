#include "registration/halve.hpp"

#include <cmath>

namespace plotwatch::registration {
namespace {

void halve(kernels::Planes<const float> in, kernels::Mask usable, int width, int height, std::vector<float>& out,
           std::vector<std::uint8_t>& out_usable) {
  const auto pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  out.assign(pixels * static_cast<std::size_t>(in.bands), 0.0f);
  out_usable.assign(pixels, 0);
  std::size_t i = 0;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x, ++i) {
      int count = 0;
      for (int q = 0; q < 4; ++q) count += usable(2 * x + q % 2, 2 * y + q / 2) != 0;
      if (count < 2) continue;
      out_usable[i] = 1;
      for (int b = 0; b < in.bands; ++b) {
        float sum = 0;
        for (int q = 0; q < 4; ++q)
          if (usable(2 * x + q % 2, 2 * y + q / 2) != 0) sum += in.band(b)(2 * x + q % 2, 2 * y + q / 2);
        out[static_cast<std::size_t>(b) * pixels + i] = sum / float(count);
      }
    }
}

}  // namespace

HalvedPair::HalvedPair(const WindowPair& pair) {
  const int w = pair.window.width / 2, h = pair.window.height / 2;
  halve(pair.before, pair.before_usable, w, h, before_, before_usable_);
  halve(pair.after, pair.after_usable, w, h, after_, after_usable_);
  const auto planes = [&](const std::vector<float>& samples) {
    return kernels::Planes<const float>{samples.data(), w, h, pair.before.bands, w, std::ptrdiff_t{w} * h};
  };
  pair_.window = {0, 0, w, h};
  pair_.before = planes(before_);
  pair_.after = planes(after_);
  pair_.before_usable = {before_usable_.data(), w, h, w};
  pair_.after_usable = {after_usable_.data(), w, h, w};
}

}  // namespace plotwatch::registration
