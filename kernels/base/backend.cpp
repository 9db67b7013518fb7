#include "kernels/base/backend.hpp"

#include "kernels/base/multiversion.hpp"

namespace plotwatch::kernels {

std::string_view name(Backend backend) {
  switch (backend) {
    case Backend::cpu: return "cpu";
    case Backend::cuda: return "cuda";
    case Backend::simt: return "simt";
  }
  return "unknown";
}

std::string_view cpu_target() {
#if PLOTWATCH_HAS_MULTIVERSION
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512cd"))
    return "x86-64-v4";
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2"))
    return "x86-64-v3";
#endif
  return "baseline";
}

}  // namespace plotwatch::kernels
