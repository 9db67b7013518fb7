#include "io/wkb.hpp"

#include <gtest/gtest.h>
#include <ogr_geometry.h>

#include <memory>

#include "core/error.hpp"

namespace plotwatch::io {
namespace {

const MultiPolygon two{{{{0, 0}, {10.1, 0}, {10.1, 10}, {0, 10}, {0, 0}}, {{{2, 2}, {2, 4}, {4, 4}, {2, 2}}}},
                       {{{20, 0}, {30, 0}, {30, 1e-17}, {20, 0}}, {}}};

TEST(Wkb, IsWhatOgrReads) {
  const std::string bytes = to_wkb(two);
  OGRGeometry* raw = nullptr;
  ASSERT_EQ(OGRGeometryFactory::createFromWkb(bytes.data(), nullptr, &raw, bytes.size()), OGRERR_NONE);
  const std::unique_ptr<OGRGeometry> geometry(raw);
  ASSERT_EQ(geometry->getGeometryType(), wkbMultiPolygon);
  EXPECT_EQ(geometry->toMultiPolygon()->getNumGeometries(), 2);
  EXPECT_DOUBLE_EQ(geometry->toMultiPolygon()->getGeometryRef(0)->get_Area(), 101 - 2);
  std::string written(static_cast<std::size_t>(geometry->WkbSize()), '\0');
  geometry->exportToWkb(wkbNDR, reinterpret_cast<unsigned char*>(written.data()));
  EXPECT_EQ(written, bytes);
}

TEST(Wkb, EveryFormReadsBackExactly) {
  for (const MultiPolygon& polygons : {two, MultiPolygon{}}) {
    EXPECT_EQ(from_wkb(to_wkb(polygons)), polygons);
    EXPECT_EQ(from_gpkg(to_gpkg(polygons, 4527)), polygons);
    EXPECT_EQ(from_ewkb(from_hex(to_hex(to_ewkb(polygons, 4527)))), polygons);
  }
}

TEST(Wkb, DamageIsAnErrorWhereverItIs) {
  const std::string bytes = to_gpkg(two, 4527);
  for (std::size_t length = 0; length < bytes.size(); ++length)
    EXPECT_THROW(from_gpkg(bytes.substr(0, length)), Error) << length;
  std::string counts = to_wkb(two);
  for (std::size_t i = 5; i < 9; ++i) counts[i] = '\x7f';  // more polygons than there are bytes
  EXPECT_THROW(from_wkb(counts), Error);
  EXPECT_THROW(from_hex("0g"), Error);
}

}  // namespace
}  // namespace plotwatch::io
