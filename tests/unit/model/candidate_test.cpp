#include "model/candidate.hpp"

#include <gtest/gtest.h>

namespace plotwatch {
namespace {

TEST(Severity, NamesGoThereAndBack) {
  for (const Severity s : {Severity::P0, Severity::P1, Severity::P2, Severity::P3})
    EXPECT_EQ(parse_severity(name(s)), s);
  EXPECT_EQ(name(Severity::P0), "P0");
  for (const char* text : {"", "p0", "P4", "P", "0"}) EXPECT_EQ(parse_severity(text), std::nullopt) << text;
}

TEST(ObservationCause, HasNamesInBothLanguages) {
  using Cause = PlotObservation::Cause;
  EXPECT_EQ(name(Cause::none), "");
  for (const Cause cause : {Cause::outside_scene, Cause::nodata, Cause::cloud, Cause::cloud_shadow, Cause::registration,
                            Cause::too_small}) {
    EXPECT_FALSE(name(cause).empty());
    EXPECT_FALSE(name_zh(cause).empty());
  }
  EXPECT_EQ(name(Cause::cloud), "cloud");
  EXPECT_EQ(name(Cause::cloud_shadow), "cloud shadow");
  EXPECT_EQ(name(Cause::registration), "registration failed");
  EXPECT_EQ(name_zh(Cause::too_small), "小于一个像元");
}

}  // namespace
}  // namespace plotwatch
