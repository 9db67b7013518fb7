#include "report/status_label.hpp"

#include <gtest/gtest.h>

namespace plotwatch::report {
namespace {

TEST(StatusLabel, KnownCodesInBothLanguages) {
  EXPECT_EQ(status_label("listed").zh, "名录内地块（未达修复目标）");
  EXPECT_EQ(status_label("aftercare").en, "after-care");
}

TEST(StatusLabel, OtherCodesAsTheyAre) {
  EXPECT_EQ(status_label("tailings_pond").zh, "tailings_pond");
  EXPECT_EQ(status_label("tailings_pond").en, "tailings_pond");
  EXPECT_EQ(status_label("").zh, "");
}

}  // namespace
}  // namespace plotwatch::report
