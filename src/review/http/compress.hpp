// Answers of text, smaller on the wire.
#pragma once

#include <string_view>

#include "review/http/message.hpp"

namespace plotwatch::review {

// Text and JSON above 1 KiB as gzip, where the client takes it. Files, parts of files and pictures stay as they are.
void compress(Response& response, std::string_view accept_encoding);

}  // namespace plotwatch::review
