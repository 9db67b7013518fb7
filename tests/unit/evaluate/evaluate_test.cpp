// The whole of evaluate() on scan folders made here.
#include "evaluate/evaluate.hpp"

#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "io/crs.hpp"
#include "io/vector.hpp"
#include "support/make_raster.hpp"
#include "support/temporary_folder.hpp"

namespace plotwatch::evaluate {
namespace {

constexpr int width = 40, height = 30;

MultiPolygon pixels(int x0, int y0, int x1, int y1) {
  const double left = 440000 + 10.0 * x0, right = 440000 + 10.0 * x1, top = 4400000 - 10.0 * y0,
               bottom = 4400000 - 10.0 * y1;
  return {{{{left, bottom}, {right, bottom}, {right, top}, {left, top}, {left, bottom}}, {}}};
}

io::Feature feature(std::vector<io::FieldValue> values, MultiPolygon geometry) {
  io::Feature f;
  f.values = std::move(values);
  f.geometry = std::move(geometry);
  return f;
}

// Plots A (columns 0-9), B (10-19), C (20-29); the scan flags A's rows 0-9 and B's rows 0-4. Truth: A rows 0-9.
// Columns 36-39 could not be seen.
class EvaluateScan : public ::testing::Test {
 protected:
  EvaluateScan() {
    test::make_raster(path("score.tif"), test::make_samples<std::uint8_t>(width, height, 1, [](int, int x, int y) {
                        if (x >= 36) return 255;
                        return y < 10 && x < 10 ? 240 : y < 5 && x < 20 ? 200 : 20;
                      }));
    test::make_raster(path("transition.tif"), test::make_samples<std::uint8_t>(width, height, 1, [](int, int x, int y) {
                        if (x >= 36) return 255;
                        return (y < 10 && x < 10) || (y < 5 && x < 20) ? 8 : 0;
                      }));
    write_vectors(true);
  }

  void write_vectors(bool with_candidates) {
    io::OutputLayer candidates;
    candidates.name = "candidates";
    candidates.crs.wkt = test::utm50n_wkt;
    candidates.fields = {{"rank", io::FieldType::integer, ""}, {"plot_code", io::FieldType::text, ""}};
    if (with_candidates)
      candidates.features = {feature({2LL, std::string("B")}, pixels(10, 0, 20, 5)),
                             feature({1LL, std::string("A")}, pixels(0, 0, 10, 10))};
    io::OutputLayer plots;
    plots.name = "plots";
    plots.crs = candidates.crs;
    plots.fields = {{"code", io::FieldType::text, ""}, {"observable", io::FieldType::integer, ""}};
    plots.features = {feature({std::string("A"), 1LL}, pixels(0, 0, 10, 20)),
                      feature({std::string("B"), 1LL}, pixels(10, 0, 20, 20)),
                      feature({std::string("C"), 1LL}, pixels(20, 0, 30, 20))};
    io::write_geopackage(path("candidates.gpkg"), {candidates, plots});
  }

  std::string path(const char* name) const { return (folder_.path() / name).string(); }

  // Truth on a grid whose first pixel is (x0, y0) of the scan, `per_pixel` truth pixels a side of one of the scan's.
  std::string make_truth(int x0, int y0, int w, int h, int per_pixel) const {
    const auto labels = test::make_samples<std::uint8_t>(w * per_pixel, h * per_pixel, 1, [=](int, int x, int y) {
      const int sx = x0 + x / per_pixel, sy = y0 + y / per_pixel;
      if (sx >= 30 && sx < 36) return 0;
      return sx < 10 && sx >= 0 && sy >= 0 && sy < 10 ? 2 : 1;
    });
    Grid grid = test::utm_grid(w * per_pixel, h * per_pixel, 10.0 / per_pixel);
    grid.left += 10 * x0;
    grid.top -= 10 * y0;
    io::write_geotiff(path("truth.tif"), grid, labels.planes(), {});
    return path("truth.tif");
  }

  Evaluation evaluate_with(const std::string& truth) const {
    EvaluateRequest request;
    request.scan = folder_.path().string();
    request.truth_raster = truth;
    request.budgets = {1, 2};
    return evaluate(request);
  }

  test::TemporaryFolder folder_;
};

void expect_known_answer(const Evaluation& e) {
  ASSERT_TRUE(e.pixels);
  EXPECT_EQ(e.pixels->true_positive, 100);
  EXPECT_EQ(e.pixels->false_positive, 50);
  EXPECT_EQ(e.pixels->false_negative, 0);
  EXPECT_EQ(e.pixels->true_negative, 30 * height - 150);
  EXPECT_EQ(e.pixels->not_observable, 4 * height);
  EXPECT_DOUBLE_EQ(e.pixels->auc, 1);
  EXPECT_DOUBLE_EQ(e.pixels->average_precision, 1);
}

TEST_F(EvaluateScan, CountsPixelsPlotsAndVisits) {
  const Evaluation e = evaluate_with(make_truth(0, 0, width, height, 1));
  expect_known_answer(e);
  ASSERT_TRUE(e.plots);
  EXPECT_EQ(e.plots->changed, 1);
  EXPECT_EQ(e.plots->unchanged, 2);
  EXPECT_EQ(e.plots->changed_flagged, 1);
  EXPECT_EQ(e.plots->unchanged_flagged, 1);
  ASSERT_EQ(e.plots->visits.size(), 2U);
  EXPECT_EQ(e.plots->visits[0].right, 1);  // rank 1 first, although it comes second in the file
  EXPECT_DOUBLE_EQ(e.plots->visits[1].precision, 0.5);
  EXPECT_FALSE(e.polygons);
}

TEST_F(EvaluateScan, SamplesTruthOnAnyGridByPixelCentres) {
  expect_known_answer(evaluate_with(make_truth(-7, -3, width + 20, height + 9, 1)));  // larger
  expect_known_answer(evaluate_with(make_truth(0, 0, width, height, 3)));             // finer
  const Evaluation smaller = evaluate_with(make_truth(5, 2, 10, 6, 1));
  EXPECT_EQ(smaller.pixels->true_positive, 5 * 6);
  EXPECT_EQ(smaller.pixels->false_positive, 5 * 3);
  EXPECT_EQ(smaller.pixels->true_negative, 5 * 3);
  EXPECT_EQ(smaller.pixels->not_observable, 0);
}

TEST_F(EvaluateScan, ComparesPolygonsInAnotherCrs) {
  io::OutputLayer changed;
  changed.name = "changed";
  changed.crs = io::lonlat_crs();
  Crs utm;
  utm.wkt = test::utm50n_wkt;
  const io::CoordinateTransform transform(utm, io::lonlat_crs());
  changed.features = {feature({}, transform.apply(pixels(2, 2, 8, 9))),
                      feature({}, transform.apply(pixels(32, 20, 34, 22)))};
  io::write_geopackage(path("changed.gpkg"), {changed});

  EvaluateRequest request;
  request.scan = folder_.path().string();
  request.truth_polygons = path("changed.gpkg");
  const Evaluation e = evaluate(request);
  EXPECT_FALSE(e.pixels);
  ASSERT_TRUE(e.polygons);
  EXPECT_EQ(e.polygons->truth, 2);
  EXPECT_EQ(e.polygons->detected, 1);
  EXPECT_EQ(e.polygons->candidates, 2);
  EXPECT_EQ(e.polygons->right, 1);
  ASSERT_TRUE(e.plots);  // plots by polygons where there is no raster
  EXPECT_EQ(e.plots->changed, 1);
  EXPECT_EQ(e.plots->unchanged, 2);
}

TEST_F(EvaluateScan, ReadsAScanWithoutCandidates) {
  write_vectors(false);
  const Evaluation e = evaluate_with(make_truth(0, 0, width, height, 1));
  EXPECT_EQ(e.plots->changed_flagged, 0);
  EXPECT_EQ(e.plots->visits[0].visits, 0);
  EXPECT_TRUE(std::isnan(e.plots->precision));
  EXPECT_EQ(nlohmann::json::parse(to_json(e))["plots"]["precision"], nullptr);
}

TEST_F(EvaluateScan, WritesTextAndJsonWithTheSameFigures) {
  const Evaluation e = evaluate_with(make_truth(0, 0, width, height, 1));
  const auto json = nlohmann::json::parse(to_json(e));
  EXPECT_EQ(json["pixels"]["false_positive"], 50);
  EXPECT_EQ(json["plots"]["visits"][1]["budget"], 2);
  EXPECT_FALSE(json.contains("polygons"));
  const std::string text = to_text(e);
  EXPECT_THAT(text, ::testing::HasSubstr("kappa"));
  EXPECT_THAT(text, ::testing::HasSubstr("1.0000"));
}

template <class Call>
ExitCode code_of(Call call) {
  try {
    call();
  } catch (const Error& error) {
    EXPECT_FALSE(error.fact().empty());
    return error.code();
  }
  return ExitCode::ok;
}

TEST_F(EvaluateScan, RefusesWhatCannotBeCompared) {
  const std::string truth = make_truth(0, 0, width, height, 1);
  EXPECT_EQ(code_of([&] { evaluate({}); }), ExitCode::config);

  EvaluateRequest request;
  request.scan = (folder_.path() / "nowhere").string();
  request.truth_raster = truth;
  EXPECT_EQ(code_of([&] { evaluate(request); }), ExitCode::input);

  // Elsewhere; another CRS; not labels.
  EXPECT_EQ(code_of([&] { evaluate_with(make_truth(5000, 0, 10, 10, 1)); }), ExitCode::mismatch);
  Grid other = test::utm_grid(width, height);
  other.crs = io::crs_from_user_input("EPSG:4527");
  io::write_geotiff(path("other.tif"), other,
                    test::make_samples<std::uint8_t>(width, height, 1, [](int, int, int) { return 1; }).planes(), {});
  EXPECT_EQ(code_of([&] { evaluate_with(path("other.tif")); }), ExitCode::mismatch);
  test::make_raster(path("real.tif"), test::make_samples<float>(width, height, 1, [](int, int, int) { return 0.5; }));
  EXPECT_EQ(code_of([&] { evaluate_with(path("real.tif")); }), ExitCode::input);
}

}  // namespace
}  // namespace plotwatch::evaluate
