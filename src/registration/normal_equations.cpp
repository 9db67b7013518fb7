#include "registration/normal_equations.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "kernels/base/multiversion.hpp"

namespace plotwatch::registration {
namespace {

constexpr int block = 16;  // px: several times the length over which residuals are correlated
constexpr int border = 2;  // px that the derivative needs
constexpr int sums = 8;

enum Sum { hxx, hxy, hyy, gx, gy, residual, plain_weight, information_y };

}  // namespace

// One row of sums, column by column, so that the compiler's vector width does not change any of them. Rows of the
// aligned samples have `stride` floats; pointers are at the row's first column.
struct RowSums {
  const float *bx, *by, *ax, *ay, *w;
  std::ptrdiff_t stride;
  float before_scale, after_scale;
  float knee;         // of the squared residual
  float y;            // row in the window
};

PLOTWATCH_MULTIVERSION void add_energies(const RowSums& in, float* bb, float* aa, float* ab, int n) {
  for (int x = 0; x < n; ++x) {
    const float w = in.w[x], bx = in.bx[x], by = in.by[x], ax = in.ax[x], ay = in.ay[x];
    bb[x] += w * (bx * bx + by * by);
    aa[x] += w * (ax * ax + ay * ay);
    ab[x] += w * (ax * bx + ay * by);
  }
}

PLOTWATCH_MULTIVERSION void add_equations(const RowSums& in, float* acc, std::ptrdiff_t columns, int n) {
  const std::ptrdiff_t s = in.stride;
  const float sb = in.before_scale, sa = in.after_scale, k = in.knee, row = in.y;
  // Derivative over five samples, exact for polynomials of degree four; the half joins the mean of both dates.
  constexpr float near_tap = 0.5f * 8.0f / 12.0f, far_tap = 0.5f / 12.0f;
  for (int x = border; x < n - border; ++x) {
    const float *bx = in.bx + x, *by = in.by + x, *ax = in.ax + x, *ay = in.ay + x;
    const float rx = ax[0] * sa - bx[0] * sb, ry = ay[0] * sa - by[0] * sb;
    const float jxx = sa * (near_tap * (ax[1] - ax[-1]) - far_tap * (ax[2] - ax[-2])) +
                      sb * (near_tap * (bx[1] - bx[-1]) - far_tap * (bx[2] - bx[-2]));
    const float jxy = sa * (near_tap * (ax[s] - ax[-s]) - far_tap * (ax[2 * s] - ax[-2 * s])) +
                      sb * (near_tap * (bx[s] - bx[-s]) - far_tap * (bx[2 * s] - bx[-2 * s]));
    const float jyx = sa * (near_tap * (ay[1] - ay[-1]) - far_tap * (ay[2] - ay[-2])) +
                      sb * (near_tap * (by[1] - by[-1]) - far_tap * (by[2] - by[-2]));
    const float jyy = sa * (near_tap * (ay[s] - ay[-s]) - far_tap * (ay[2 * s] - ay[-2 * s])) +
                      sb * (near_tap * (by[s] - by[-s]) - far_tap * (by[2 * s] - by[-2 * s]));
    const float r2 = rx * rx + ry * ry;
    const float ratio = k / (k + r2);
    const float w = in.w[x] * ratio * ratio;
    const float ixx = w * (jxx * jxx + jyx * jyx), iyy = w * (jxy * jxy + jyy * jyy);
    acc[hxx * columns + x] += ixx;
    acc[hxy * columns + x] += w * (jxx * jxy + jyx * jyy);
    acc[hyy * columns + x] += iyy;
    acc[gx * columns + x] += w * (jxx * rx + jyx * ry);
    acc[gy * columns + x] += w * (jxy * rx + jyy * ry);
    acc[residual * columns + x] += in.w[x] * r2;
    acc[plain_weight * columns + x] += in.w[x];
    acc[information_y * columns + x] += (ixx + iyy) * row;
  }
}

BandEquations accumulate(const AlignedSamples& in, double knee) {
  const int w = in.weight.width, h = in.weight.height;
  const auto columns = static_cast<std::size_t>(w);
  BandEquations out;
  const auto row_at = [&](int y) {
    return RowSums{in.before_x.row(y), in.before_y.row(y), in.after_x.row(y), in.after_y.row(y), in.weight.row(y), w,
                   1, 1, 1, float(y) + 0.5f};
  };
  std::vector<float> bb(columns, 0.0f), aa(columns, 0.0f), ab(columns, 0.0f);
  for (int y = 0; y < h; ++y) add_energies(row_at(y), bb.data(), aa.data(), ab.data(), w);
  for (const float v : in.weight.samples) out.weight += v;
  for (std::size_t x = 0; x < columns; ++x) {
    out.before_energy += bb[x];
    out.after_energy += aa[x];
    out.product += ab[x];
  }
  if (!(out.before_energy > 0 && out.after_energy > 0)) return out;
  const float before_scale = float(std::sqrt(out.weight / out.before_energy));
  const float after_scale = float(std::sqrt(out.weight / out.after_energy));

  std::vector<float> acc(sums * columns);
  std::vector<double> mean_residuals;
  for (int top = border; top < h - border; top += block) {
    std::fill(acc.begin(), acc.end(), 0.0f);
    for (int y = top; y < std::min(top + block, h - border); ++y) {
      RowSums row = row_at(y);
      row.before_scale = before_scale;
      row.after_scale = after_scale;
      row.knee = knee > 0 ? float(knee) : 1e12f;
      add_equations(row, acc.data(), std::ptrdiff_t(columns), w);
    }
    for (int left = border; left < w - border; left += block) {
      std::array<double, sums> b{};
      for (int x = left; x < std::min(left + block, w - border); ++x) {
        for (std::size_t i = 0; i < sums; ++i) b[i] += acc[i * columns + static_cast<std::size_t>(x)];
        out.centroid.x +=
            (double(acc[hxx * columns + static_cast<std::size_t>(x)]) + acc[hyy * columns + static_cast<std::size_t>(x)]) *
            (x + 0.5);
      }
      out.h.xx += b[hxx], out.h.xy += b[hxy], out.h.yy += b[hyy];
      out.g.x += b[gx], out.g.y += b[gy];
      out.scatter.xx += b[gx] * b[gx], out.scatter.xy += b[gx] * b[gy], out.scatter.yy += b[gy] * b[gy];
      out.centroid.y += b[information_y];
      if (b[plain_weight] > 1) mean_residuals.push_back(b[residual] / b[plain_weight]);
    }
  }
  if (!mean_residuals.empty()) {
    const auto middle = mean_residuals.begin() + std::ptrdiff_t(mean_residuals.size() / 2);
    std::nth_element(mean_residuals.begin(), middle, mean_residuals.end());
    out.typical_squared_residual = *middle;
  }
  return out;
}

void NormalEquations::add(const BandEquations& band) {
  if (!(band.before_energy > 0 && band.after_energy > 0)) return;
  const double information = band.h.xx + band.h.yy;
  if (!(information > 0)) return;
  // Perfect agreement has no residual: the floor keeps its weight finite.
  const double v = 1 / std::max(band.typical_squared_residual, 1e-6);
  // The centroid is kept as a running mean by information.
  const double before_share = h.xx + h.yy, added = v * information;
  centroid.x = (centroid.x * before_share + v * band.centroid.x) / (before_share + added);
  centroid.y = (centroid.y * before_share + v * band.centroid.y) / (before_share + added);
  h.xx += v * band.h.xx, h.xy += v * band.h.xy, h.yy += v * band.h.yy;
  g.x += v * band.g.x, g.y += v * band.g.y;
  scatter.xx += v * v * band.scatter.xx, scatter.xy += v * v * band.scatter.xy, scatter.yy += v * v * band.scatter.yy;
  agreement_sum += v * band.product / std::sqrt(band.before_energy * band.after_energy);
  weight_sum += v;
  most_weight = std::max(most_weight, band.weight);
}

}  // namespace plotwatch::registration
