// Checks that rows of the field table share. Each gives what is wrong, or an empty text.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "config/field_value.hpp"

namespace plotwatch::config {

using Check = std::function<std::string(const FieldValue&)>;

Check above(double limit);              // finite and > limit
Check at_least(double limit);           // finite and >= limit
Check within(double low, double high);  // both ends count
Check finite();                         // neither nan nor infinite
Check one_of(const std::vector<std::string>& known);
std::string band_reference(const FieldValue& roles);  // each value is "3" or "file.tif:1", bands from 1
std::string device_name(const FieldValue& value);     // auto, cpu, cuda, cuda:N

}  // namespace plotwatch::config
