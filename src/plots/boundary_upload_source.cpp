#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "io/files.hpp"
#include "io/memory_files.hpp"
#include "io/zip_archive.hpp"
#include "plots/boundary_upload.hpp"
#include "plots/register_source.hpp"

namespace plotwatch::plots {

RegisterSource boundary_upload_source(std::string_view bytes, const std::string& path) {
  const std::vector<io::ZipEntry> entries = io::read_zip(bytes, path);
  std::vector<std::string> names;
  for (const io::ZipEntry& e : entries) names.push_back(e.name);
  const UploadFiles files = find_shapefile(names);
  if (files.shapefiles.size() != 1)
    throw Error(ExitCode::input,
                files.shapefiles.empty()
                    ? fmt::format("the archive holds no Shapefile, but: {}", fmt::join(names, ", "))
                    : fmt::format("the archive holds several Shapefiles: {}", fmt::join(files.shapefiles, ", ")),
                path, "Pack one Shapefile: .shp, .shx, .dbf, .prj and .cpg.");
  const auto lacks = [&](const char* type) {
    return std::find(files.missing.begin(), files.missing.end(), type) != files.missing.end();
  };
  if (lacks(".dbf") || lacks(".prj"))
    throw Error(ExitCode::input,
                fmt::format("the Shapefile \"{}\" has no {}", files.shapefiles[0], lacks(".dbf") ? ".dbf" : ".prj"),
                path, "Pack all of .shp, .shx, .dbf, .prj and .cpg.");

  io::MemoryFolder folder;
  const std::string stem = lower_ascii(files.stem);
  for (const io::ZipEntry& e : entries) {
    const std::string lower = lower_ascii(e.name);
    if (lower.size() == stem.size() + 4 && lower.starts_with(stem + "."))
      folder.add("plots" + lower.substr(stem.size()), e.bytes);
  }
  RegisterSource source;
  try {
    source.layer = io::read_vector(folder.path("plots.shp"));
  } catch (const Error& e) {
    throw Error(e.code(), e.fact(), path + "/" + files.shapefiles[0], e.advice());
  }
  source.layer.path = path;
  source.layer.name = io::file_name_of(files.stem);
  for (const std::string& type : files.missing)
    source.findings.push_back({PlotFinding::Severity::warning, 0, "", fmt::format("the archive has no {}", type),
                               "upload", fmt::format("Add {}{}; the upload checker asks for it.", files.stem, type)});
  return source;
}

}  // namespace plotwatch::plots
