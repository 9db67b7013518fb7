#include "model/device.hpp"

#include <charconv>

namespace plotwatch {

std::optional<DeviceRequest> parse_device(std::string_view text) {
  using Kind = DeviceRequest::Kind;
  if (text == "auto") return DeviceRequest{Kind::automatic, {}};
  if (text == "cpu") return DeviceRequest{Kind::cpu, {}};
  if (text == "simt") return DeviceRequest{Kind::simt, {}};
  if (text == "cuda") return DeviceRequest{Kind::cuda, {}};
  constexpr std::string_view prefix = "cuda:";
  if (!text.starts_with(prefix)) return std::nullopt;
  const std::string_view digits = text.substr(prefix.size());
  int index = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
  if (error != std::errc{} || end != digits.data() + digits.size() || index < 0) return std::nullopt;
  return DeviceRequest{Kind::cuda, index};
}

}  // namespace plotwatch
