#include "registration/registration.hpp"

namespace plotwatch::registration {

std::vector<PixelWindow> even_cells(int width, int height, int most) {
  const int columns = (width + most - 1) / most, rows = (height + most - 1) / most;
  std::vector<PixelWindow> cells;
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < columns; ++c) {
      const int left = width * c / columns, top = height * r / rows;
      cells.push_back({left, top, width * (c + 1) / columns - left, height * (r + 1) / rows - top});
    }
  return cells;
}

}  // namespace plotwatch::registration
