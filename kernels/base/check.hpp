// Argument checks that every kernel makes once a call, before any pixel.
#pragma once

#include <stdexcept>
#include <string>

#include "kernels/base/view.hpp"

namespace plotwatch::kernels {

inline void require(bool holds, const char* kernel, const char* text) {
  if (!holds) throw std::invalid_argument(std::string(kernel) + ": " + text);
}

// Sizes are not negative, rows do not overlap, and a view that has samples points at them.
template <class T>
void require_view(View<T> view, const char* kernel) {
  require(view.width >= 0 && view.height >= 0, kernel, "a view has a negative size");
  if (view.empty()) return;
  require(view.data != nullptr, kernel, "a view with samples has no data");
  require(view.height == 1 || view.stride >= view.width, kernel, "a view's stride is smaller than its width");
}

template <class T>
void require_planes(Planes<T> planes, const char* kernel) {
  require(planes.bands >= 0, kernel, "planes have a negative number of bands");
  if (planes.bands > 0) require_view(planes.band(0), kernel);
}

template <class A, class B>
void require_same_size(const A& a, const B& b, const char* kernel) {
  require(a.width == b.width && a.height == b.height, kernel, "views differ in width or height");
}

}  // namespace plotwatch::kernels
