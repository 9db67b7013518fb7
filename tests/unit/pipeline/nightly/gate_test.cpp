#include "pipeline/nightly/gate.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace plotwatch::pipeline::nightly {
namespace {

SceneLook look(const std::string& id, const Date& date, double red, double nir, double share = 1) {
  SceneLook l;
  l.id = id;
  l.date = date;
  l.sensor = "S2";
  l.clear = {{"A", static_cast<float>(share)}};
  l.plots_clear_share = share;
  l.median = {{"red", red}, {"nir", nir}};
  return l;
}

std::vector<SceneLook> june() {
  return {look("a", {2025, 6, 1}, .10, .30), look("b", {2025, 6, 11}, .11, .32), look("c", {2025, 6, 21}, .09, .28),
          look("d", {2025, 7, 1}, .12, .33), look("winter", {2025, 1, 1}, .50, .55)};
}

TEST(Gate, PassesAnOrdinaryScene) { EXPECT_EQ(refusal(look("x", {2026, 6, 5}, .11, .25), june(), {}), ""); }

TEST(Gate, RefusesCloudAndSaysHowMuchIsClear) {
  EXPECT_EQ(refusal(look("x", {2026, 6, 5}, .1, .3, .05), june(), {}),
            "cloud: 5.0 % of the plots' ground is clear, and 10.0 % are needed");
}

TEST(Gate, RefusesASceneWithoutAPlot) {
  SceneLook l = look("x", {2026, 6, 5}, .1, .3);
  l.clear.clear();
  EXPECT_EQ(refusal(l, june(), {}), "outside: no plot lies on it");
}

TEST(Gate, RefusesAnotherBrightnessInMostBands) {
  EXPECT_NE(refusal(look("snow", {2026, 6, 5}, .50, .55), june(), {}).find("brightness: 2 of 2"), std::string::npos);
  // A scale that was forgotten.
  EXPECT_NE(refusal(look("unscaled", {2026, 6, 5}, 1050, 3050), june(), {}), "");
  // Harvest: one band of two.
  EXPECT_EQ(refusal(look("harvest", {2026, 6, 5}, .20, .30), june(), {}), "");
}

TEST(Gate, AsksOnlyScenesOfTheSeasonAndTheSensorAndEnoughOfThem) {
  EXPECT_EQ(refusal(look("winter", {2026, 1, 5}, .50, .55), june(), {}), "");  // one winter scene is too few
  SceneLook other = look("x", {2026, 6, 5}, .50, .55);
  other.sensor = "L8";
  EXPECT_EQ(refusal(other, june(), {}), "");
}

}  // namespace
}  // namespace plotwatch::pipeline::nightly
