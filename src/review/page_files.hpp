// The built page, read into memory at start: no request names a file on disk.
#pragma once

#include <map>
#include <string>

#include "review/http/message.hpp"

namespace plotwatch::review {

class PageFiles {
 public:
  // Every file under the folder; an empty name: no page, only the API. Throws Error(input) when the folder has no
  // index.html.
  explicit PageFiles(const std::string& folder);

  // A file of the page, or its index.html for any path without an ending: the page finds its way by itself.
  Response answer(const Request& request) const;

 private:
  struct File {
    std::string type, bytes, tag;
  };
  std::map<std::string, File> files_;  // "/assets/main.js" → contents
};

}  // namespace plotwatch::review
