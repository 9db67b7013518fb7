// Atomics of CUDA. Threads of a launch run one at a time, so plain arithmetic is atomic. Now and then another thread of
// the block runs first: who takes what it read before its atomic for the truth is found out.
#pragma once

#include <algorithm>

#include "simt/block.hpp"

namespace simt {

template <class T, class Change>
T exchange(T* at, Change change) {
  if (Block* block = Block::running()) block->let_others_run();
  const T old = *at;
  *at = change(old);
  return old;
}

}  // namespace simt

template <class T, class V>
T atomicAdd(T* at, V value) {
  return simt::exchange(at, [&](T old) { return static_cast<T>(old + static_cast<T>(value)); });
}
template <class T, class V>
T atomicOr(T* at, V value) {
  return simt::exchange(at, [&](T old) { return static_cast<T>(old | static_cast<T>(value)); });
}
template <class T, class V>
T atomicMax(T* at, V value) {
  return simt::exchange(at, [&](T old) { return std::max(old, static_cast<T>(value)); });
}
template <class T, class V>
T atomicMin(T* at, V value) {
  return simt::exchange(at, [&](T old) { return std::min(old, static_cast<T>(value)); });
}
template <class T>
T atomicCAS(T* at, T expected, T desired) {
  return simt::exchange(at, [&](T old) { return old == expected ? desired : old; });
}
