// The description of the API that is compiled in: src/review/openapi.yaml.
#pragma once

#include <string>

namespace plotwatch::review {

std::string openapi_text();

}  // namespace plotwatch::review
