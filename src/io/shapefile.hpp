// A Shapefile as the files it consists of, for folders and archives.
#pragma once

#include <string>
#include <vector>

#include "io/vector.hpp"
#include "io/zip_archive.hpp"

namespace plotwatch::io {

// STEM.shx, .dbf, .prj, .cpg and, last, .shp. `encoding` of the text: "UTF-8" or "GB18030". Names of columns are cut at
// ten bytes, text at 254. The same layer gives the same bytes.
std::vector<ZipEntry> make_shapefile(const std::string& stem, const OutputLayer& layer, const std::string& encoding);

}  // namespace plotwatch::io
