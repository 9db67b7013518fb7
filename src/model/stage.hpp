// What seems to have happened on changed ground: the stage of construction, or what is none.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace plotwatch {

enum class Stage : std::uint8_t {
  unclear,     // the bands do not tell
  clearing,    // vegetation became bare ground: clearing, excavation
  earthwork,   // bare ground that is bare still and looks otherwise: moved, heaped, levelled, or only wet
  cover_net,   // green dust net over bare ground or heaps
  building,    // became built: building, hard surface
  road,        // became built or bare along a line
  demolition,  // built became bare
  filling,     // water became land
  flooding,    // land became water
  regrowth,    // became vegetation
  crop         // vegetation that is vegetation still and looks otherwise: another crop, another season
};

std::string_view name(Stage stage);     // "clearing", "cover net"
std::string_view name_zh(Stage stage);  // "清表或开挖"
std::optional<Stage> parse_stage(std::string_view name);
const std::vector<Stage>& all_stages();  // in the order of the enum

}  // namespace plotwatch
