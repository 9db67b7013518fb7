#include "io/table.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <ogrsf_frmts.h>

#include "core/error.hpp"
#include "io/files.hpp"
#include "io/gdal_dataset.hpp"
#include "io/memory_files.hpp"
#include "io/ogr_fields.hpp"
#include "io/raster.hpp"
#include "io/text_encoding.hpp"

namespace plotwatch::io {
namespace {

std::string ending(const std::string& path) {
  const std::size_t dot = path.rfind('.');
  std::string text = dot == std::string::npos ? "" : path.substr(dot);
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

Error bad(std::string what, const std::string& path, std::string advice) {
  return Error(ExitCode::input, std::move(what), path, std::move(advice));
}

OGRLayer& choose_sheet(GDALDataset& dataset, const std::string& path, const std::optional<std::string>& sheet) {
  std::vector<std::string> names;
  std::vector<OGRLayer*> filled;
  for (OGRLayer* layer : dataset.GetLayers()) {
    names.emplace_back(layer->GetName());
    if (sheet && *sheet == layer->GetName()) return *layer;
    if (layer->GetFeatureCount() > 0) filled.push_back(layer);
  }
  if (sheet)
    throw bad(fmt::format("there is no sheet \"{}\"", *sheet), path,
              fmt::format("Choose one of: {}.", fmt::join(names, ", ")));
  if (filled.empty()) throw bad("the table has no rows", path, "Put the names of the columns into the first row.");
  if (filled.size() > 1)
    throw bad("there are several sheets with rows", path, fmt::format("Name one of: {}.", fmt::join(names, ", ")));
  return *filled.front();
}

Table rows_of(OGRLayer& layer, const std::string& path) {
  Table table;
  table.path = path;
  table.sheet = layer.GetName();
  const OGRFeatureDefn& definition = *layer.GetLayerDefn();
  for (int i = 0; i < definition.GetFieldCount(); ++i)
    table.fields.emplace_back(definition.GetFieldDefn(i)->GetNameRef());
  GdalMessages messages;
  layer.ResetReading();
  while (const OGRFeatureUniquePtr feature{layer.GetNextFeature()}) {
    std::vector<FieldValue> row;
    for (int i = 0; i < feature->GetFieldCount(); ++i) row.push_back(value_of(*feature, i));
    table.rows.push_back(std::move(row));
  }
  if (messages.failed())
    throw bad(fmt::format("reading failed after {} rows: {}", table.rows.size(), messages.text()), path,
              "The file may be truncated or damaged; export it again.");
  return table;
}

Table read_csv(const std::string& path) {
  std::optional<DecodedText> text = decode_text(read_text(path));
  if (!text)
    throw bad("the encoding of the text cannot be told: neither UTF-8 nor GB18030", path, "Save the table as UTF-8.");
  MemoryFolder folder;
  const std::string file = folder.add("table.csv", text->text);
  static const char* const options[] = {"AUTODETECT_TYPE=NO", "EMPTY_STRING_AS_NULL=YES", "KEEP_GEOM_COLUMNS=NO",
                                        nullptr};
  static const char* const drivers[] = {"CSV", nullptr};
  GdalMessages messages;
  const GDALDatasetUniquePtr dataset(
      GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers, options));
  if (!dataset || dataset->GetLayerCount() == 0)
    throw bad("cannot be read as a CSV table: " + messages.text(), path, "Check the file.");
  Table table = rows_of(choose_sheet(*dataset, path, std::nullopt), path);
  table.sheet = stem_of(path);
  return table;
}

}  // namespace

bool is_table_file(const std::string& path) {
  const std::string type = ending(path);
  return type == ".csv" || type == ".xlsx";
}

Table read_table(const std::string& path, const std::optional<std::string>& sheet) {
  start_gdal();
  if (ending(path) == ".csv") return read_csv(path);
  GdalMessages messages;
  static const char* const drivers[] = {"XLSX", nullptr};
  const GDALDatasetUniquePtr dataset(
      GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers, nullptr));
  if (!dataset) throw bad("cannot be read as a table: " + messages.text(), path, "CSV and XLSX tables are read.");
  return rows_of(choose_sheet(*dataset, path, sheet), path);
}

}  // namespace plotwatch::io
