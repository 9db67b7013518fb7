// Why a candidate is on the list: everything that a finished scan's folder tells of it.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "model/scan.hpp"

namespace plotwatch::report {

// A window of score.tif and transition.tif around the candidate, row-major, bytes as stored; 255: not observable.
struct RasterView {
  PixelWindow window;  // on the working grid
  std::vector<std::uint8_t> score, transition;
};

// What unchanged ground of this pair looks like to one detector: of the logarithm of its score.
struct NullFact {
  std::string detector;  // "irmad", "slow_features", "difference", "fused"
  double location = 0, scale = 1;
};

struct Story {
  Candidate candidate;
  std::optional<PlotResult> plot;
  std::vector<std::uint8_t> chip;  // PNG; empty: none was drawn
  Crs crs;
  Grid grid;
  RasterView view;
  double pixel_m = 0;
  // Of the candidate's pixels, those whose score passes the strict cut, [0, 1]; of the others in the view that were
  // observed, those that pass the wide cut: how restless the ground around is.
  double sure_share = 0, changed_around = 0;
  int wide_cut = 0, strict_cut = 0;  // bytes of score.tif
  double false_alarm_rate = 0, seed_fraction = 0;
  int search_radius = 0;  // px, used by the change vector's search; 0: not used
  std::vector<NullFact> nulls;
  // Of registration.
  bool applied = false, failed = false;
  std::string registration_reason;
  std::optional<double> held_out_before_px, held_out_after_px;
  std::array<std::vector<std::string>, 2> masks;  // kinds of quality bands of each date; empty: none
  std::string version, preset, rules;
};

// `which`: the rank or the id. Throws Error(input): no finished scan, no such candidate (with the nearest ids).
Story read_story(const std::filesystem::path& folder, const std::string& which);

// How many unchanged pixels look less changed for each that looks at least as changed: of a score, [0, 1).
double one_in(double score);

std::string to_text(const Story& story);
std::string to_json(const Story& story);
std::string to_html(const Story& story);  // one page without outside references: pictures, spectra, numbers

}  // namespace plotwatch::report
