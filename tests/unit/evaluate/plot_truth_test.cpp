#include "evaluate/plot_truth.hpp"

#include <filesystem>

#include <gtest/gtest.h>

#include "io/vector.hpp"
#include "support/make_raster.hpp"
#include "support/temporary_folder.hpp"

namespace plotwatch::evaluate {
namespace {

MultiPolygon box(double x0, double y0, double x1, double y1) {
  return {{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}}, {}}};
}

// Column x of the grid is labelled x % 3.
class PlotTruthOnStripes : public ::testing::Test {
 protected:
  PlotTruthOnStripes() {
    const auto labels = test::make_samples<std::uint8_t>(30, 20, 1, [](int, int x, int) { return x % 3; });
    test::make_raster(path_, labels);
  }
  test::TemporaryFolder folder_;
  std::string path_ = (folder_.path() / "truth.tif").string();
};

TEST_F(PlotTruthOnStripes, CountsPixelsByTheirCentres) {
  RasterFile truth(path_);
  // Columns 2 to 5 by their centres, rows 0 to 1.
  const LabelCount count = count_labels(box(440016, 4399979, 440056, 4399996), truth);
  EXPECT_EQ(count.pixels, 8);
  EXPECT_EQ(count.unchanged, 2);  // column 4
  EXPECT_EQ(count.changed, 4);    // columns 2 and 5
}

TEST_F(PlotTruthOnStripes, LeavesOutHolesAndCountsWhatLiesOutsideAsUnlabelled) {
  RasterFile truth(path_);
  MultiPolygon ring = box(440000, 4399900, 440100, 4400000);
  ring[0].holes.push_back(
      {{440020, 4399980}, {440080, 4399980}, {440080, 4399920}, {440020, 4399920}, {440020, 4399980}});
  EXPECT_EQ(count_labels(ring, truth).pixels, 100 - 36);

  const LabelCount partly = count_labels(box(439970, 4399990, 440030, 4400000), truth);
  EXPECT_EQ(partly.pixels, 6);
  EXPECT_EQ(partly.unchanged, 1);
  EXPECT_EQ(count_labels(box(0, 0, 100, 100), truth).pixels, 0);
  EXPECT_EQ(count_labels({}, truth).pixels, 0);
}

TEST(PlotTruth, HoldsToTheRule) {
  const EvaluateRequest rule;  // 15 changed pixels; none and 70 % labelled unchanged
  EXPECT_EQ(truth_of(LabelCount{100, 80, 15}, rule), PlotTruth::changed);
  EXPECT_EQ(truth_of(LabelCount{100, 85, 14}, rule), PlotTruth::undecided);
  EXPECT_EQ(truth_of(LabelCount{100, 70, 0}, rule), PlotTruth::unchanged);
  EXPECT_EQ(truth_of(LabelCount{100, 69, 0}, rule), PlotTruth::undecided);
  EXPECT_EQ(truth_of(LabelCount{}, rule), PlotTruth::undecided);
  EXPECT_EQ(truth_of(0.0), PlotTruth::unchanged);
  EXPECT_EQ(truth_of(99.0), PlotTruth::undecided);
  EXPECT_EQ(truth_of(100.0), PlotTruth::changed);
}

TEST(PlotFigures, CountEachPlotOnceAsAVisitAndSkipUndecidedOnes) {
  ScanFolder scan;
  scan.plots = {{"A", true, {}}, {"B", true, {}}, {"C", true, {}}, {"D", false, {}}, {"E", true, {}}};
  const std::vector<PlotTruth> truth{PlotTruth::changed, PlotTruth::unchanged, PlotTruth::undecided, PlotTruth::changed,
                                     PlotTruth::changed};
  scan.candidates = {{1, "A", {}}, {2, "A", {}}, {3, "C", {}}, {4, "B", {}}, {5, "", {}}, {6, "E", {}}};
  const PlotFigures f = plot_figures(scan, truth, {1, 2, 3, 10});
  EXPECT_EQ(f.changed, 3);
  EXPECT_EQ(f.unchanged, 1);
  EXPECT_EQ(f.undecided, 1);
  EXPECT_EQ(f.changed_flagged, 2);
  EXPECT_EQ(f.unchanged_flagged, 1);
  EXPECT_EQ(f.changed_not_observable, 1);
  EXPECT_DOUBLE_EQ(f.precision, 2.0 / 3);
  EXPECT_DOUBLE_EQ(f.recall, 2.0 / 3);
  ASSERT_EQ(f.visits.size(), 4U);
  EXPECT_EQ(f.visits[0].right, 1);
  EXPECT_DOUBLE_EQ(f.visits[0].recall, 1.0 / 3);
  EXPECT_EQ(f.visits[1].right, 1);
  EXPECT_DOUBLE_EQ(f.visits[1].precision, 0.5);
  EXPECT_EQ(f.visits[2].right, 2);
  EXPECT_EQ(f.visits[3].visits, 3);
}

TEST(PlotTruth, DividesTheTaizhouPlotsAsTheirAuthorDid) {
  const std::filesystem::path data = std::filesystem::path(PLOTWATCH_SOURCE_DIR) / "../shared/data/landsat-taizhou";
  if (!std::filesystem::exists(data / "truth.tif")) GTEST_SKIP() << "no " << data;
  RasterFile truth((data / "truth.tif").string());
  int found[3] = {0, 0, 0};
  for (const io::Feature& plot : io::read_vector((data / "plots.gpkg").string()).features)
    ++found[static_cast<int>(truth_of(count_labels(plot.geometry, truth), EvaluateRequest{}))];
  EXPECT_EQ(found[static_cast<int>(PlotTruth::changed)], 44);
  EXPECT_EQ(found[static_cast<int>(PlotTruth::unchanged)], 40);
  EXPECT_EQ(found[static_cast<int>(PlotTruth::undecided)], 16);
}

}  // namespace
}  // namespace plotwatch::evaluate
