// Why a registration is used or not, in a sentence for a person.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/registration.hpp"

namespace plotwatch::registration {

std::string reason_too_few(const std::vector<TiePoint>& points, std::size_t reliable);
std::string reason_no_consensus(std::size_t agreeing, std::size_t reliable);
std::string reason_aligned(const RegistrationQuality& quality);
std::string reason_no_gain(double before_px, double after_px, double min_improvement);
std::string reason_applied(const RegistrationQuality& quality);

}  // namespace plotwatch::registration
