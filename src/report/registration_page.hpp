// The report of one registration: a self-contained page, for screen and print.
#pragma once

#include <filesystem>

#include "model/register_result.hpp"

namespace plotwatch::report {

// What was matched, how well it holds on points that were held out, the tie points as a map, and places to judge by
// eye, each before and after: both dates in turn, and as a checkerboard. Whole or not at all; the same result gives the
// same bytes.
void write_registration_page(const std::filesystem::path& path, const RegisterResult& result);

}  // namespace plotwatch::report
