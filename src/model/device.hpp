// On what tiles are scored, as a user writes it.
#pragma once

#include <optional>
#include <string_view>

namespace plotwatch {

// "auto": the first CUDA device, the processor where there is none. "cpu". "cuda", "cuda:1": that CUDA device, or an
// error. "simt": of tests, which alone have it.
struct DeviceRequest {
  enum class Kind { automatic, cpu, cuda, simt };
  Kind kind = Kind::automatic;
  int index = 0;
};

// Nothing when the text is none of these.
std::optional<DeviceRequest> parse_device(std::string_view text);

}  // namespace plotwatch
