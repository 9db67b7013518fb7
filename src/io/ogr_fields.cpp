#include "io/ogr_fields.hpp"

#include <cstdlib>
#include <string>

#include <fmt/format.h>

namespace plotwatch::io {
namespace {

std::string iso_date_time(const OGRFeature& source, int i, bool with_time) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, zone = 0;
  float second = 0;
  source.GetFieldAsDateTime(i, &year, &month, &day, &hour, &minute, &second, &zone);
  std::string text = fmt::format("{:04}-{:02}-{:02}", year, month, day);
  if (!with_time) return text;
  text += fmt::format("T{:02}:{:02}:{:02}", hour, minute, static_cast<int>(second));
  if (zone <= 1) return text;       // OGR: 0 unknown, 1 local time
  const int quarters = zone - 100;  // 100 is UTC, one step a quarter of an hour
  if (quarters == 0) return text + "Z";
  const int minutes = std::abs(quarters) * 15;
  return text + fmt::format("{}{:02}:{:02}", quarters < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

}  // namespace

FieldValue value_of(const OGRFeature& source, int i) {
  if (!source.IsFieldSetAndNotNull(i)) return std::monostate{};
  switch (source.GetFieldDefnRef(i)->GetType()) {
    case OFTInteger:
    case OFTInteger64: return static_cast<long long>(source.GetFieldAsInteger64(i));
    case OFTReal: return source.GetFieldAsDouble(i);
    case OFTDate: return iso_date_time(source, i, false);
    case OFTDateTime: return iso_date_time(source, i, true);
    default: return std::string(source.GetFieldAsString(i));
  }
}

void set_value(OGRFeature& row, int field, const FieldValue& value) {
  if (const auto* whole = std::get_if<long long>(&value)) {
    row.SetField(field, static_cast<GIntBig>(*whole));
  } else if (const auto* real = std::get_if<double>(&value)) {
    row.SetField(field, *real);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    row.SetField(field, text->c_str());
  } else {
    row.SetFieldNull(field);
  }
}

OGRFieldType ogr_type(FieldType type) {
  switch (type) {
    case FieldType::integer: return OFTInteger64;
    case FieldType::real: return OFTReal;
    case FieldType::text: return OFTString;
  }
  return OFTString;
}

}  // namespace plotwatch::io
