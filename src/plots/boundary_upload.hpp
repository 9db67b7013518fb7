// The national system's boundary upload: what a file must be called and hold. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace plotwatch::plots {

// `初步调查<13-digit code>.zip`: the code; empty when the name is another.
std::optional<std::string> upload_code(const std::string& file_name);

struct UploadFiles {
  std::string stem;                     // of the Shapefile, with its folder
  std::vector<std::string> missing;     // of .shx .dbf .prj .cpg
  std::vector<std::string> shapefiles;  // every .shp that was found
};

// Looks at the names of an archive's files; upper and lower case are one.
UploadFiles find_shapefile(const std::vector<std::string>& names);

std::string lower_ascii(std::string text);

}  // namespace plotwatch::plots
