#include "kernels/resample/whole_windows.hpp"

#include <algorithm>

#include "kernels/base/multiversion.hpp"

namespace plotwatch::kernels {
namespace {

PLOTWATCH_MULTIVERSION void load_row(const std::uint8_t* __restrict in, int n, std::uint8_t* __restrict out) {
  for (int i = 0; i < n; ++i) out[i] = in[i] != 0;
}

// row[i] &= other[i]; `other` may be the same row further right: a value is read before it is written.
PLOTWATCH_MULTIVERSION void and_ahead(std::uint8_t* row, int ahead, int n) {
  for (int i = 0; i < n; ++i) row[i] = static_cast<std::uint8_t>(row[i] & row[i + ahead]);
}

PLOTWATCH_MULTIVERSION void and_row(std::uint8_t* __restrict row, const std::uint8_t* __restrict other, int n) {
  for (int i = 0; i < n; ++i) row[i] = static_cast<std::uint8_t>(row[i] & other[i]);
}

// Calls combine(k) so that spans of 1 become spans of `taps`: each doubles the span, the last makes up the rest.
template <class Combine>
void doubling(int taps, Combine combine) {
  int span = 1;
  for (; 2 * span <= taps; span *= 2) combine(span, 2 * span);
  if (span < taps) combine(taps - span, taps);
}

}  // namespace

Mask whole_windows(Mask mask, int taps_x, int taps_y, std::vector<std::uint8_t>& memory) {
  const int width = mask.width, height = mask.height;
  const Mask none{nullptr, 0, 0, 0};
  if (width < taps_x || height < taps_y) return none;
  const std::size_t pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  if (memory.size() < pixels) memory.resize(pixels);
  const MutableMask whole{memory.data(), width, height, width};
  for (int y = 0; y < height; ++y) {
    std::uint8_t* row = whole.row(y);
    load_row(mask.row(y), width, row);
    doubling(taps_x, [&](int ahead, int span) { and_ahead(row, ahead, width - span + 1); });
  }
  const int columns = width - taps_x + 1;
  doubling(taps_y, [&](int ahead, int span) {
    for (int y = 0; y + span <= height; ++y) and_row(whole.row(y), whole.row(y + ahead), columns);
  });
  return whole.sub(0, 0, columns, height - taps_y + 1);
}

}  // namespace plotwatch::kernels
