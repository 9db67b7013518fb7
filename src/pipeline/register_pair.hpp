// `plotwatch register`: how one scene lies on another, as a field, a resampled image, and a report.
#pragma once

#include <string>

#include "model/register_result.hpp"
#include "pipeline/hooks.hpp"

namespace plotwatch::pipeline {

// The reference stays where it is; the target may have another CRS, resolution, bit depth and other bands. Files that
// are asked for are written whole or not at all. A pair that cannot be registered is no error: the field is the
// identity, and the quality says why.
// Throws Error(input) for a scene that cannot be read or has no georeference, Error(mismatch) for scenes without common
// ground or without bands that can be matched, Error(output).
RegisterResult register_pair(const RegisterOptions& options, const Hooks& hooks);

// Everything but the pictures, for programs.
std::string to_json(const RegisterResult& result);

// For people: what was found, in a few lines.
std::string to_text(const RegisterResult& result);

}  // namespace plotwatch::pipeline
