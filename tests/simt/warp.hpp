// Warp operations of CUDA: lanes meet on their fibers and see what each gave.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

#include "simt/block.hpp"
#include "simt/language.hpp"

namespace simt {

// Gives `value`, waits for all lanes of `mask`; the running thread has all their values then.
const std::uint64_t* meet(unsigned mask, std::uint64_t value, const char* file, int line);
unsigned lane();

template <class T>
std::uint64_t to_bits(T value) {
  static_assert(sizeof(T) <= 8);
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof value);
  return bits;
}
template <class T>
T of_bits(std::uint64_t bits) {
  T value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

// A lane outside the mask or the warp gives its own value back, as on a device.
template <class T>
T shuffle(unsigned mask, T value, int from, const char* file, int line) {
  const std::uint64_t* lanes = meet(mask, to_bits(value), file, line);
  if (from < 0 || from > 31 || (mask >> from & 1) == 0) return value;
  return of_bits<T>(lanes[from]);
}

inline unsigned ballot(unsigned mask, bool holds, const char* file, int line) {
  const std::uint64_t* lanes = meet(mask, holds, file, line);
  unsigned votes = 0;
  for (unsigned i = 0; i < 32; ++i)
    if ((mask >> i & 1) != 0 && lanes[i] != 0) votes |= 1u << i;
  return votes;
}

}  // namespace simt

#define __shfl_sync(mask, value, from) ::simt::shuffle(mask, value, from, __FILE__, __LINE__)
#define __shfl_down_sync(mask, value, by) \
  ::simt::shuffle(mask, value, static_cast<int>(::simt::lane()) + static_cast<int>(by), __FILE__, __LINE__)
#define __shfl_up_sync(mask, value, by) \
  ::simt::shuffle(mask, value, static_cast<int>(::simt::lane()) - static_cast<int>(by), __FILE__, __LINE__)
#define __shfl_xor_sync(mask, value, by) \
  ::simt::shuffle(mask, value, static_cast<int>(::simt::lane()) ^ static_cast<int>(by), __FILE__, __LINE__)
#define __ballot_sync(mask, holds) ::simt::ballot(mask, holds, __FILE__, __LINE__)
#define __any_sync(mask, holds) (::simt::ballot(mask, holds, __FILE__, __LINE__) != 0)
#define __all_sync(mask, holds) (::simt::ballot(mask, !(holds), __FILE__, __LINE__) == 0)
#define __syncwarp() static_cast<void>(::simt::meet(0xffffffffu, 0, __FILE__, __LINE__))

inline int __popc(unsigned bits) { return std::popcount(bits); }
inline int __ffs(int bits) { return bits == 0 ? 0 : std::countr_zero(static_cast<unsigned>(bits)) + 1; }
inline int __clz(int bits) { return std::countl_zero(static_cast<unsigned>(bits)); }
