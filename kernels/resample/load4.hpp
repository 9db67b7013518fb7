// Four neighbouring samples as floats, in the vector type of GCC and Clang that every processor level can hold.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "kernels/base/multiversion.hpp"

namespace plotwatch::kernels {

using Float4 = float __attribute__((vector_size(16)));
using Int4 = std::int32_t __attribute__((vector_size(16)));
using Long2 = std::int64_t __attribute__((vector_size(16)));
using Short8 = std::int16_t __attribute__((vector_size(16)));
using Byte16 = std::int8_t __attribute__((vector_size(16)));

// Left to itself GCC 12 widens 8-byte vectors in two halves; interleaving with zeros is one instruction a step.
template <class T>
PLOTWATCH_INLINE Float4 load4(const T* p) {
  static_assert(std::endian::native == std::endian::little, "samples are widened by interleaving");
  if constexpr (std::is_same_v<T, float>) {
    Float4 v;
    std::memcpy(&v, p, sizeof v);
    return v;
  } else if constexpr (sizeof(T) == 2) {
    std::int64_t four;  // copied straight into part of a vector it would go through memory
    std::memcpy(&four, p, 8);
    const Short8 v = (Short8)Long2{four, 0}, zero = {};
    if constexpr (std::is_unsigned_v<T>)
      return __builtin_convertvector((Int4)__builtin_shufflevector(v, zero, 0, 8, 1, 9, 2, 10, 3, 11), Float4);
    else  // into the upper half, then down again with its sign
      return __builtin_convertvector((Int4)__builtin_shufflevector(zero, v, 0, 8, 1, 9, 2, 10, 3, 11) >> 16, Float4);
  } else {
    static_assert(std::is_same_v<T, std::uint8_t>);
    std::int32_t four;
    std::memcpy(&four, p, 4);
    const Byte16 zero = {};
    const Byte16 v = (Byte16)Int4{four, 0, 0, 0};
    const Short8 wide =
        (Short8)__builtin_shufflevector(v, zero, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    return __builtin_convertvector((Int4)__builtin_shufflevector(wide, (Short8)zero, 0, 8, 1, 9, 2, 10, 3, 11), Float4);
  }
}

}  // namespace plotwatch::kernels
