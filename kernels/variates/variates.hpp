// Sum of squared linear variates of both dates' bands: out = sum_k (m_k . [before; after] + c_k)^2.
//
// With the right matrix this is the chi-square of IR-MAD (A. Nielsen, "The regularized iteratively reweighted MAD
// method", IEEE Trans. Image Processing 16(2), 2007), of slow feature analysis (C. Wu, B. Du, L. Zhang, "Slow feature
// analysis for change detection in multispectral imagery", IEEE TGRS 52(5), 2014), or of a standardised PCA difference.
#pragma once

#include <span>

#include "kernels/base/backend.hpp"
#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

struct VariatesParams {
  int variates = 0;               // 1 to 16
  std::span<const float> matrix;  // variates * (before.bands + after.bands), row-major
  std::span<const float> constant;  // variates
  bool square_root = false;       // out = sqrt(sum)
};

// before, after: 1 to 16 bands each. out is NaN where not usable; it may be one of the input bands.
void variates_norm(Backend backend, Planes<const float> before, Planes<const float> after, Mask usable,
                   const VariatesParams& params, View<float> out);

}  // namespace plotwatch::kernels
