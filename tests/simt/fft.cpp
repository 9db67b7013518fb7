#include <atomic>
#include <cmath>
#include <complex>
#include <cstring>
#include <map>
#include <mutex>
#include <numbers>
#include <vector>

#include "simt/include/cufft.h"
#include "simt/memory.hpp"
#include "simt/simt.hpp"
#include "simt/stream.hpp"

namespace {

using Samples = std::vector<std::complex<float>>;

int smallest_factor(int n) {
  for (int f = 2; f * f <= n; ++f)
    if (n % f == 0) return f;
  return n;
}

// exp(direction * 2 pi i k / n), k below n.
Samples roots_of_one(int n, int direction) {
  Samples roots;
  for (int k = 0; k < n; ++k) {
    const double angle = direction * 2 * std::numbers::pi * k / n;
    roots.emplace_back(static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle)));
  }
  return roots;
}

// J. Cooley, J. Tukey, "An algorithm for the machine calculation of complex Fourier series", Math. Comp. 19, 1965, for
// any factors: transforms of every f-th sample, joined by definition.
void transform(Samples& x, const Samples& roots) {
  const std::size_t n = x.size();
  if (n < 2) return;
  const auto f = static_cast<std::size_t>(smallest_factor(static_cast<int>(n)));
  const std::size_t m = n / f, turn = roots.size() / n;
  std::vector<Samples> parts(f, Samples(m));
  for (std::size_t i = 0; i < n; ++i) parts[i % f][i / f] = x[i];
  for (Samples& p : parts) transform(p, roots);
  for (std::size_t k = 0; k < n; ++k) {
    std::complex<float> sum = 0;
    for (std::size_t j = 0; j < f; ++j) sum += parts[j][k % m] * roots[j * k % n * turn];
    x[k] = sum;
  }
}

struct Plan {
  int rows = 0, columns = 0, batch = 0;
  bool automatic = true;
  void* work = nullptr;
  cudaStream_t stream = nullptr;

  std::size_t samples() const {
    return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns) * static_cast<std::size_t>(batch);
  }
};

std::atomic<int> largest_plan{0};
std::mutex plans_mutex;
std::map<cufftHandle, Plan> plans;
cufftHandle next_plan = 1;

template <class Change>
cufftResult with(cufftHandle plan, Change change) {
  const std::lock_guard lock(plans_mutex);
  const auto at = plans.find(plan);
  return at == plans.end() ? CUFFT_INVALID_PLAN : change(at->second);
}

void run(const Plan& p, cufftComplex* at, int direction) {
  const Samples across = roots_of_one(p.columns, direction), down = roots_of_one(p.rows, direction);
  const auto line = [&](std::size_t first, std::size_t step, int count, const Samples& roots) {
    Samples x;
    for (int i = 0; i < count; ++i) {
      const cufftComplex& c = at[first + step * static_cast<std::size_t>(i)];
      x.emplace_back(c.x, c.y);
    }
    transform(x, roots);
    for (int i = 0; i < count; ++i)
      at[first + step * static_cast<std::size_t>(i)] = {x[static_cast<std::size_t>(i)].real(),
                                                        x[static_cast<std::size_t>(i)].imag()};
  };
  const auto columns = static_cast<std::size_t>(p.columns), rows = static_cast<std::size_t>(p.rows);
  for (std::size_t b = 0; b < static_cast<std::size_t>(p.batch); ++b) {
    for (std::size_t r = 0; r < rows; ++r) line((b * rows + r) * columns, 1, p.columns, across);
    for (std::size_t c = 0; c < columns; ++c) line(b * rows * columns + c, columns, p.rows, down);
  }
}

}  // namespace

namespace simt {

void set_largest_plan(int transforms) { largest_plan = transforms; }

}  // namespace simt

cufftResult cufftCreate(cufftHandle* plan) {
  const std::lock_guard lock(plans_mutex);
  *plan = next_plan++;
  plans[*plan] = {};
  return CUFFT_SUCCESS;
}

cufftResult cufftDestroy(cufftHandle plan) {
  const std::lock_guard lock(plans_mutex);
  return plans.erase(plan) == 1 ? CUFFT_SUCCESS : CUFFT_INVALID_PLAN;
}

cufftResult cufftSetAutoAllocation(cufftHandle plan, int automatic) {
  return with(plan, [&](Plan& p) {
    p.automatic = automatic != 0;
    return CUFFT_SUCCESS;
  });
}

cufftResult cufftMakePlanMany(cufftHandle plan, int rank, int* n, int* in_embed, int in_stride, int, int* out_embed,
                              int out_stride, int, cufftType type, int batch, std::size_t* work_bytes) {
  if (rank != 2 || in_embed || out_embed || in_stride != 1 || out_stride != 1 || type != CUFFT_C2C || batch < 1)
    return CUFFT_INVALID_VALUE;
  if (largest_plan > 0 && batch > largest_plan) return CUFFT_ALLOC_FAILED;
  return with(plan, [&](Plan& p) {
    p.rows = n[0], p.columns = n[1], p.batch = batch;
    *work_bytes = p.samples() * sizeof(cufftComplex);
    return CUFFT_SUCCESS;
  });
}

cufftResult cufftSetWorkArea(cufftHandle plan, void* work) {
  return with(plan, [&](Plan& p) {
    p.work = work;
    return CUFFT_SUCCESS;
  });
}

cufftResult cufftSetStream(cufftHandle plan, cudaStream_t stream) {
  return with(plan, [&](Plan& p) {
    p.stream = stream;
    return CUFFT_SUCCESS;
  });
}

// The work area is spoilt, so that memory that was lent twice shows.
cufftResult cufftExecC2C(cufftHandle plan, cufftComplex* in, cufftComplex* out, int direction) {
  return with(plan, [&](Plan& p) {
    const std::size_t bytes = p.samples() * sizeof(cufftComplex);
    if (in != out || p.automatic || !simt::is_device(out, bytes) || !simt::is_device(p.work, bytes))
      return CUFFT_INVALID_VALUE;
    p.stream->add([p, out, direction, bytes] {
      std::memset(p.work, 0xFA, bytes);
      run(p, out, direction);
    });
    return CUFFT_SUCCESS;
  });
}
