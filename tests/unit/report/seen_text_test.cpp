#include "report/seen_text.hpp"

#include <gtest/gtest.h>

namespace plotwatch::report {
namespace {

TEST(SeenText, NamesStageAndTransition) {
  Candidate c;
  EXPECT_EQ(seen_en(c), "other change");
  c.stage = Stage::crop;
  EXPECT_EQ(seen_en(c), "crop");
  EXPECT_EQ(seen_zh(c), "作物或季节变化");
  c.stage = Stage::clearing;
  c.transition = {Cover::vegetation, Cover::bare};
  EXPECT_EQ(seen_en(c), "clearing (vegetation->bare)");
  EXPECT_EQ(seen_zh(c), "清表或开挖（植被→裸地）");
  c.stage = Stage::unclear;
  EXPECT_EQ(seen_en(c), "vegetation->bare");
}

TEST(SeenText, SpectraAndCoversComeBack) {
  GroundSeen g;
  g.bands = {{BandRole::blue, 0.08125}, {BandRole::red_edge, 1234.5}, {BandRole::nir, -0.002}};
  g.cover = {0, 0.915, 0.081, 0.004, 0};
  EXPECT_EQ(spectrum_text(g), "blue=0.08125 red-edge=1234.5 nir=-0.002");
  EXPECT_EQ(cover_text(g), "vegetation=0.92 bare=0.08");
  GroundSeen back;
  read_spectrum(spectrum_text(g), back);
  read_cover(cover_text(g), back);
  EXPECT_EQ(back.bands, g.bands);
  EXPECT_EQ(back.cover, (std::array<double, 5>{0, 0.92, 0.08, 0, 0}));
}

TEST(SeenText, NumbersOfBothDatesInOneCell) {
  Candidate c;
  EXPECT_EQ(evidence_text(c), "");
  c.before.set(GroundIndex::ndvi, 0.581);
  c.after.set(GroundIndex::ndvi, 0.049);
  c.before.set(GroundIndex::ndbi, 0.1);  // one date alone is no evidence
  c.before.set(GroundIndex::brightness, -0.2);
  c.after.set(GroundIndex::brightness, 1.94);
  EXPECT_EQ(evidence_text(c), "ndvi 0.58 → 0.05; brightness -0.20 → 1.94");
}

TEST(SeenText, BearsWhatIsNoneOfIt) {
  GroundSeen g;
  read_spectrum("", g);
  read_spectrum("blue green=x  infra=3 red=0.5", g);
  EXPECT_EQ(g.bands, (std::vector<GroundSeen::Band>{{BandRole::red, 0.5}}));
}

}  // namespace
}  // namespace plotwatch::report
