#include "vectorise/stage.hpp"

#include <gtest/gtest.h>

namespace plotwatch::vectorise {
namespace {

constexpr OutlineShape compact{.compactness = 0.7, .elongation = 1.3, .width_m = 30};
constexpr OutlineShape road{.compactness = 0.3, .elongation = 9, .width_m = 12};
constexpr OutlineShape winding{.compactness = 0.1, .elongation = 2, .width_m = 12};
constexpr OutlineShape broad{.compactness = 0.3, .elongation = 9, .width_m = 200};

GroundSeen ground(Cover cover, double greenness, double ndvi) {
  GroundSeen g;
  g.cover[static_cast<std::size_t>(cover)] = 1;
  g.set(GroundIndex::greenness, greenness);
  g.set(GroundIndex::ndvi, ndvi);
  return g;
}
const GroundSeen field = ground(Cover::vegetation, 0.15, 0.7), soil = ground(Cover::bare, -0.03, 0.12),
                 roof = ground(Cover::built, 0.0, 0.05), pond = ground(Cover::water, 0.05, -0.2);

Stage stage(Cover from, Cover to, const GroundSeen& before, const GroundSeen& after, const OutlineShape& s = compact) {
  return stage_of({from, to}, before, after, s);
}

TEST(Stage, FollowsKnownTransitions) {
  using enum Cover;
  EXPECT_EQ(stage(vegetation, bare, field, soil), Stage::clearing);
  EXPECT_EQ(stage(bare, built, soil, roof), Stage::building);
  EXPECT_EQ(stage(vegetation, built, field, roof), Stage::building);
  EXPECT_EQ(stage(built, bare, roof, soil), Stage::demolition);
  EXPECT_EQ(stage(water, bare, pond, soil), Stage::filling);
  EXPECT_EQ(stage(water, built, pond, roof), Stage::filling);
  EXPECT_EQ(stage(bare, water, soil, pond), Stage::flooding);
  EXPECT_EQ(stage(bare, vegetation, soil, field), Stage::regrowth);
}

TEST(Stage, LongAndNarrowIsARoad) {
  using enum Cover;
  EXPECT_EQ(stage(vegetation, built, field, roof, road), Stage::road);
  EXPECT_EQ(stage(vegetation, bare, field, soil, winding), Stage::road);
  EXPECT_EQ(stage(vegetation, bare, field, soil, broad), Stage::clearing);
  EXPECT_EQ(stage(built, bare, roof, soil, road), Stage::demolition);
}

TEST(Stage, OfOtherChangesIsWhatTheGroundIsOnBothDates) {
  const Transition other{};
  EXPECT_EQ(stage_of(other, field, ground(Cover::vegetation, 0.1, 0.5), compact), Stage::crop);
  EXPECT_EQ(stage_of(other, soil, soil, compact), Stage::earthwork);
  EXPECT_EQ(stage_of(other, roof, roof, compact), Stage::unclear);
  EXPECT_EQ(stage_of(other, {}, {}, compact), Stage::unclear);  // panchromatic: nothing is known
  GroundSeen half = soil;
  half.cover = {0, 0.51, 0.49, 0, 0};
  EXPECT_EQ(stage_of(other, soil, half, compact), Stage::unclear);
}

// A building that takes a part of a field leaves most of the outline green: seen in simulated districts.
TEST(Stage, ConstructionOnAPartOfAFieldIsNoCrop) {
  GroundSeen part = field;
  part.cover = {0, 0.89, 0, 0.11, 0};
  EXPECT_EQ(stage_of({}, field, part, compact), Stage::unclear);
  GroundSeen was = field, patchy = field;
  was.set(GroundIndex::contrast, 0.1);
  patchy.set(GroundIndex::contrast, 0.29);
  EXPECT_EQ(stage_of({}, was, patchy, compact), Stage::crop);
  patchy.set(GroundIndex::contrast, 0.31);
  EXPECT_EQ(stage_of({}, was, patchy, compact), Stage::unclear);
  was.set(GroundIndex::contrast, 0.25);
  EXPECT_EQ(stage_of({}, was, patchy, compact), Stage::crop);
}

TEST(Stage, GreenThatIsNoVegetationIsACoverNet) {
  const GroundSeen net = ground(Cover::bare, 0.12, 0.2);
  EXPECT_EQ(stage_of({}, soil, net, compact), Stage::cover_net);
  EXPECT_EQ(stage(Cover::bare, Cover::built, soil, net), Stage::cover_net);
  EXPECT_EQ(stage_of({}, soil, ground(Cover::vegetation, 0.12, 0.6), compact), Stage::unclear);  // a lawn
  EXPECT_EQ(stage_of({}, net, net, compact), Stage::earthwork);                                  // it lay there before
  // Without short-wave infrared NDVI alone must do, with it a net is drier than leaves.
  EXPECT_EQ(stage_of({}, soil, ground(Cover::bare, 0.12, 0.4), compact), Stage::earthwork);
  GroundSeen dry = ground(Cover::bare, 0.12, 0.5), leaves = dry;
  dry.set(GroundIndex::ndbi, 0.05);
  leaves.set(GroundIndex::ndbi, -0.2);
  EXPECT_EQ(stage_of({}, soil, dry, compact), Stage::cover_net);
  EXPECT_EQ(stage_of({}, soil, leaves, compact), Stage::earthwork);
  GroundSeen without_nir = net;
  without_nir.index[static_cast<std::size_t>(GroundIndex::ndvi)].reset();
  EXPECT_EQ(stage_of({}, soil, without_nir, compact), Stage::earthwork);
}

}  // namespace
}  // namespace plotwatch::vectorise
