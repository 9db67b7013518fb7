// libFuzzer: any bytes as boundary-point text. An Error is an answer; everything else is a finding.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/error.hpp"
#include "plots/register_source.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    plotwatch::plots::boundary_points_source({reinterpret_cast<const char*>(data), size}, "fuzz.txt", "EPSG:4548");
  } catch (const plotwatch::Error& e) {
    if (e.code() == plotwatch::ExitCode::internal) throw;
  }
  return 0;
}
