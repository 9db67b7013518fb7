// Fields of OGR features as plain values. Private to io.
#pragma once

#include <ogr_feature.h>

#include "io/vector.hpp"

namespace plotwatch::io {

FieldValue value_of(const OGRFeature& source, int field);  // dates as ISO text

void set_value(OGRFeature& row, int field, const FieldValue& value);

OGRFieldType ogr_type(FieldType type);

}  // namespace plotwatch::io
