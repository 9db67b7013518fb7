// Widths and heights around the sides of a block: 0, 1, a warp and one more or less, several blocks.
#pragma once

#include <array>
#include <utility>

namespace plotwatch::test {

inline constexpr std::array<std::pair<int, int>, 10> twin_sizes = {
    {{0, 5}, {7, 0}, {1, 1}, {1, 9}, {31, 7}, {32, 8}, {33, 9}, {65, 3}, {130, 20}, {257, 33}}};

}  // namespace plotwatch::test
