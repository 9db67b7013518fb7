#include "config/field_checks.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "config/problems.hpp"
#include "model/device.hpp"

namespace plotwatch::config {
namespace {

double number_of(const FieldValue& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  return std::get<double>(value);
}

std::string demand(bool met, std::string text) { return met ? "" : std::move(text); }

// "3", or "file.tif:1": a band number, with or without the file it belongs to.
bool is_band_reference(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  const std::string band = colon == std::string::npos ? text : text.substr(colon + 1);
  const bool digits = !band.empty() && band.size() <= 5 &&
                      std::all_of(band.begin(), band.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits && std::stoi(band) >= 1 && colon != 0;
}

}  // namespace

Check above(double limit) {
  return [=](const FieldValue& value) {
    const double v = number_of(value);
    return demand(std::isfinite(v) && v > limit, fmt::format("must be above {}", limit));
  };
}

Check at_least(double limit) {
  return [=](const FieldValue& value) {
    const double v = number_of(value);
    return demand(std::isfinite(v) && v >= limit, fmt::format("must be at least {}", limit));
  };
}

Check within(double low, double high) {
  return [=](const FieldValue& value) {
    const double v = number_of(value);
    return demand(v >= low && v <= high, fmt::format("must be {} to {}", low, high));
  };
}

Check finite() {
  return [](const FieldValue& value) { return demand(std::isfinite(number_of(value)), "must be a finite number"); };
}

Check one_of(const std::vector<std::string>& known) {
  return [=](const FieldValue& value) {
    const std::string& text = std::get<std::string>(value);
    if (std::find(known.begin(), known.end(), text) != known.end()) return std::string();
    return fmt::format("is '{}' and must be one of {}{}", text, fmt::join(known, ", "), did_you_mean(text, known));
  };
}

std::string device_name(const FieldValue& value) {
  const std::string& text = std::get<std::string>(value);
  const auto request = parse_device(text);
  return demand(request && request->kind != DeviceRequest::Kind::simt,
                fmt::format("is '{}' and must be auto, cpu, cuda or cuda:N", text));
}

std::string band_reference(const FieldValue& roles) {
  for (const auto& [role, band] : std::get<TextMap>(roles))
    if (!is_band_reference(band))
      return fmt::format("{} = '{}' is neither a band number (3) nor a file and band (\"file.tif:1\")", role, band);
  return {};
}

}  // namespace plotwatch::config
