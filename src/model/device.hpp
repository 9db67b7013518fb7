// On what tiles are scored, as a user writes it.
#pragma once

#include <optional>
#include <string_view>

namespace plotwatch {

// "auto": the first CUDA device, the processor where there is none. "cpu". "cuda": that first device, or an error.
// "cuda:1": that one, or an error. "simt": of tests, which alone have it.
struct DeviceRequest {
  enum class Kind { automatic, cpu, cuda, simt };
  Kind kind = Kind::automatic;
  std::optional<int> index;  // of a CUDA device; without one the first
};

// Nothing when the text is none of these.
std::optional<DeviceRequest> parse_device(std::string_view text);

}  // namespace plotwatch
