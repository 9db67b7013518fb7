// Shared memory whose every access is looked at: inside its bounds, written before it is read, and never touched by
// two threads between two barriers when one of them writes.
#pragma once

#include <cstddef>
#include <cstring>
#include <string>
#include <type_traits>

#include "simt/block.hpp"
#include "simt/fault.hpp"

namespace simt {

void note_read(SharedArray& array, std::size_t element);
void note_write(SharedArray& array, std::size_t element);
void note_atomic(SharedArray& array, std::size_t element);

template <class T>
class SharedElement {
 public:
  SharedElement(SharedArray& array, std::size_t element) : array_(array), element_(element) {}
  SharedElement(const SharedElement&) = default;

  operator T() const {  // NOLINT: a stand-in for a reference
    note_read(array_, element_);
    return *address();
  }
  T operator=(T value) const {
    note_write(array_, element_);
    return *address() = value;
  }
  T operator=(const SharedElement& other) const { return *this = static_cast<T>(other); }
  T operator+=(T value) const { return *this = static_cast<T>(static_cast<T>(*this) + value); }
  T operator|=(T value) const { return *this = static_cast<T>(static_cast<T>(*this) | value); }
  // For atomics alone: the access counts as one.
  T* operator&() const {
    note_atomic(array_, element_);
    return address();
  }

 private:
  T* address() const { return reinterpret_cast<T*>(array_.bytes.data()) + element_; }
  SharedArray& array_;
  std::size_t element_;
};

// Stands for `T name[count]` and for a pointer into it.
template <class T>
class SharedSpan {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  SharedSpan(SharedArray& array, std::ptrdiff_t offset) : array_(&array), offset_(offset) {}
  SharedElement<T> operator[](std::ptrdiff_t i) const {
    const std::ptrdiff_t at = offset_ + i;
    if (at < 0 || at >= static_cast<std::ptrdiff_t>(array_->touches.size()))
      fault(std::string("shared array ") + array_->name + " has " + std::to_string(array_->touches.size()) +
            " elements, and the kernel touches number " + std::to_string(at));
    return {*array_, static_cast<std::size_t>(at)};
  }
  SharedElement<T> operator*() const { return (*this)[0]; }
  SharedSpan operator+(std::ptrdiff_t by) const { return {*array_, offset_ + by}; }

 private:
  SharedArray* array_;
  std::ptrdiff_t offset_;
};

// `place` is a lambda, whose type is another at every place in the source.
template <class T, class PlaceInSource>
SharedSpan<T> static_shared(const char* name, std::size_t count, PlaceInSource) {
  static const char key = 0;
  return {Block::running()->shared(&key, name, sizeof(T), count), 0};
}

template <class T>
SharedSpan<T> dynamic_shared(const char* name) {
  Block& block = *Block::running();
  return {block.shared(nullptr, name, sizeof(T), block.shared_bytes() / sizeof(T)), 0};
}

}  // namespace simt
