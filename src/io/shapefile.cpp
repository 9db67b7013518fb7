// Shapefiles through OGR, which also makes the .cpg: all files appear together or not at all.
#include <array>
#include <filesystem>

#include <cpl_conv.h>
#include <fmt/format.h>
#include <ogrsf_frmts.h>

#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "io/crs.hpp"
#include "io/files.hpp"
#include "io/gdal_dataset.hpp"
#include "io/memory_files.hpp"
#include "io/ogr_fields.hpp"
#include "io/ogr_geometry.hpp"
#include "io/ogr_srs.hpp"
#include "io/shapefile.hpp"

namespace plotwatch::io {
namespace {

constexpr int longest_text = 254;  // bytes, of the dBASE format

Error failure(const std::string& what, const GdalMessages& messages) {
  return Error(ExitCode::output, what + ": " + messages.text(), "", "Check names and values of the columns.");
}

OGRSpatialReference srs_of(const Crs& crs) {
  OGRSpatialReference srs = to_ogr(crs);
  if (const auto code = epsg_code(crs)) {
    srs.importFromEPSG(*code);
    srs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  }
  return srs;
}

void add_fields(OGRLayer& table, const OutputLayer& layer, const GdalMessages& messages) {
  for (const OutputField& field : layer.fields) {
    OGRFieldDefn definition(field.name.c_str(), ogr_type(field.type));
    if (field.type == FieldType::text) definition.SetWidth(longest_text);
    if (field.type == FieldType::real) {
      definition.SetWidth(20);
      definition.SetPrecision(6);
    }
    if (table.CreateField(&definition) != OGRERR_NONE) throw failure("a column cannot be written", messages);
  }
}

}  // namespace

std::vector<ZipEntry> make_shapefile(const std::string& stem, const OutputLayer& layer, const std::string& encoding) {
  MemoryFolder folder;
  const GdalMessages messages;
  {
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("ESRI Shapefile");
    const GDALDatasetUniquePtr dataset(
        driver ? driver->Create(folder.path("layer.shp").c_str(), 0, 0, 0, GDT_Unknown, nullptr) : nullptr);
    if (!dataset) throw failure("a Shapefile cannot be made", messages);
    OGRSpatialReference srs = srs_of(layer.crs);
    const std::string option = "ENCODING=" + encoding;
    const std::array<const char*, 3> options{option.c_str(), "DBF_DATE_LAST_UPDATE=1980-01-01", nullptr};
    OGRLayer* table = dataset->CreateLayer("layer", &srs, wkbPolygon, const_cast<char**>(options.data()));
    if (!table) throw failure("a Shapefile cannot be made", messages);
    add_fields(*table, layer, messages);
    for (const Feature& feature : layer.features) {
      OGRFeature row(table->GetLayerDefn());
      for (std::size_t i = 0; i < feature.values.size(); ++i) set_value(row, static_cast<int>(i), feature.values[i]);
      if (!feature.geometry.empty()) row.SetGeometryDirectly(to_ogr(feature.geometry).release());
      if (table->CreateFeature(&row) != OGRERR_NONE) throw failure("a row cannot be written", messages);
    }
  }
  std::vector<ZipEntry> files;
  for (const char* type : {".shx", ".dbf", ".prj", ".cpg", ".shp"})
    files.push_back({stem + type, true, folder.read(std::string("layer") + type)});
  return files;
}

void write_shapefile(const std::string& path, const OutputLayer& layer, const std::string& encoding) {
  // The .shp comes last: where it is, the others are.
  for (const ZipEntry& file : make_shapefile(stem_of(path), layer, encoding))
    write_file(std::filesystem::path(path).parent_path() / file.name, file.bytes);
}

}  // namespace plotwatch::io
