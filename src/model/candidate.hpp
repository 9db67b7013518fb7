// What a scan says: suspected construction on plots, and what was seen of every plot.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "core/geometry.hpp"
#include "core/grid.hpp"
#include "model/evidence.hpp"
#include "model/stage.hpp"
#include "model/transition.hpp"

namespace plotwatch {

// Act now … record only.
enum class Severity { P0, P1, P2, P3 };

std::string_view name(Severity severity);  // "P0"
std::optional<Severity> parse_severity(std::string_view text);

// A horizontal run of possibly changed pixels in working-grid pixels: [x0, x1) of row y.
struct ChangeRun {
  int y = 0, x0 = 0, x1 = 0;
  bool strong = false;  // some pixel of the run passed the strict cut; a component without one is dropped
  bool operator==(const ChangeRun&) const = default;
};

// One connected component of changed pixels (8-connected), before it meets plots.
struct ChangeComponent {
  std::vector<ChangeRun> runs;  // sorted by (y, x0)
  PixelWindow window;           // bounding rectangle
  std::int64_t pixels = 0;
};

// What the rasters say of some changed pixels.
struct ChangeEvidence {
  std::int64_t pixels = 0;
  double mean_score = 0, peak_score = 0;  // [0, 1]
  // `after` is the cover that most pixels turned into from another, `before` what most of those were. "Other change"
  // where fewer than a third of the pixels turned into `after`.
  Transition transition;
  double transition_share = 0;  // [0, 1] of the pixels: those that turned into `after`, or that have no transition
  std::array<double, 5> before_cover{}, after_cover{};  // shares of each Cover of the pixels that have a code
  // Core: the pixels whose four neighbours changed too. -log10 of the share of the scene's like-looking ground that
  // turned into something no more frequent, mean over the core; over all pixels where the core has fewer than four.
  double rarity = 0;
  double core_share = 0;  // of the pixels, [0, 1]: slivers have none
};

// What a rule says of one candidate.
struct Verdict {
  Severity severity = Severity::P3;
  std::string rule_id;
  std::string reason;                 // English, a sentence
  std::string reason_zh;              // Chinese
  std::string basis;                  // legal basis, article
  bool verified = false;              // a person has confirmed the basis in the text of the law
  std::string permit = {};            // name of the document that lowered the severity
  std::optional<Date> deadline = {};  // of the visit
  std::string unit = {};              // who checks, where the rule says so
};

struct Candidate {
  std::string id;                                            // stable for the same inputs: plot code and place
  int rank = 0;                                              // 1 = visit first
  std::string plot_code, plot_name, plot_status, plot_unit;  // empty outside all plots
  MultiPolygon geometry;                                     // working-grid CRS
  Point representative;                                      // a point on the geometry, working-grid CRS
  Point representative_lonlat;  // the same in degrees: x longitude, y latitude (WGS 84 / CGCS2000)
  Transition transition;
  double transition_share = 0;
  std::optional<Date> first_date, last_date;  // before and after scene
  double area_m2 = 0;                         // ellipsoidal
  double plot_share = 0;                      // of the plot's area, [0, 1]
  double mean_score = 0, peak_score = 0;      // [0, 1]
  double rarity = 0, core_share = 0;          // as in ChangeEvidence
  double distinctness = 0;                    // vectorise/distinctness.hpp
  double confidence = 0;                      // [0, 1]
  Verdict verdict;
  std::string before_scene, after_scene;  // scene ids
  double registration_residual_px = 0;
  bool registration_applied = false;
  PixelWindow window;       // of the chip's subject, working grid
  std::int64_t pixels = 0;  // of the working grid
  Stage stage = Stage::unclear;
  GroundSeen before, after;  // what each date shows of it
  OutlineShape outline;
};

// What could be seen of one plot.
struct PlotObservation {
  // registration: the dates are known not to lie on each other, so that nothing can be said of change.
  enum class Cause { none, outside_scene, nodata, cloud, cloud_shadow, registration, too_small };
  std::string code;
  bool observable = false;
  Cause cause = Cause::none;  // why not, when not observable
  std::int64_t pixels = 0;    // of the working grid inside the plot
  double clear_share = 0;     // [0, 1], usable in both dates
  double changed_share = 0;   // [0, 1] of the clear pixels
  int candidates = 0;
  // Of each date alone, [0, 1] of the plot's pixels.
  double before_clear_share = 0, after_clear_share = 0;
  // The last day on which half of the plot was clear, as far as this and earlier scans know; and the days from it to
  // the after scene.
  std::optional<Date> last_clear = {};
  std::optional<int> days_since_clear = {};
  // Shares of each Cover among the pixels that are clear on both dates, [0, 1]; the first is unknown.
  std::array<double, 5> before_cover{}, after_cover{};
};

std::string_view name(PlotObservation::Cause cause);  // "cloud shadow"
std::string_view name_zh(PlotObservation::Cause cause);

}  // namespace plotwatch
