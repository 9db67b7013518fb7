#include <cmath>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "evaluate/evaluate.hpp"

namespace plotwatch::evaluate {

namespace {

std::string share(double value) { return std::isfinite(value) ? fmt::format("{:.4f}", value) : std::string("-"); }

void line(std::string& out, std::string_view label, const std::string& value) {
  out += fmt::format("  {:<34}{:>10}\n", label, value);
}
void line(std::string& out, std::string_view label, std::int64_t value) { line(out, label, fmt::format("{}", value)); }

nlohmann::ordered_json json_of(const PixelFigures& f) {
  return {{"true_positive", f.true_positive},
          {"false_positive", f.false_positive},
          {"true_negative", f.true_negative},
          {"false_negative", f.false_negative},
          {"not_observable", f.not_observable},
          {"overall_accuracy", f.overall_accuracy},
          {"kappa", f.kappa},
          {"precision", f.precision},
          {"recall", f.recall},
          {"f1", f.f1},
          {"average_precision", f.average_precision},
          {"auc", f.auc}};
}

nlohmann::ordered_json json_of(const PlotFigures& f) {
  nlohmann::ordered_json json{{"changed", f.changed},
                              {"unchanged", f.unchanged},
                              {"undecided", f.undecided},
                              {"changed_flagged", f.changed_flagged},
                              {"unchanged_flagged", f.unchanged_flagged},
                              {"changed_not_observable", f.changed_not_observable},
                              {"precision", f.precision},
                              {"recall", f.recall}};
  json["visits"] = nlohmann::ordered_json::array();
  for (const VisitFigures& v : f.visits)
    json["visits"].push_back({{"budget", v.budget},
                              {"visits", v.visits},
                              {"right", v.right},
                              {"precision", v.precision},
                              {"recall", v.recall}});
  return json;
}

nlohmann::ordered_json json_of(const PolygonFigures& f) {
  return {{"truth", f.truth}, {"detected", f.detected},   {"candidates", f.candidates},
          {"right", f.right}, {"precision", f.precision}, {"recall", f.recall}};
}

}  // namespace

std::string to_text(const Evaluation& evaluation) {
  std::string out;
  if (evaluation.pixels) {
    const PixelFigures& f = *evaluation.pixels;
    out += "pixels (labelled and observable)\n";
    line(out, "changed, found", f.true_positive);
    line(out, "changed, missed", f.false_negative);
    line(out, "unchanged, left alone", f.true_negative);
    line(out, "unchanged, flagged", f.false_positive);
    line(out, "labelled, not observable", f.not_observable);
    line(out, "overall accuracy", share(f.overall_accuracy));
    line(out, "kappa", share(f.kappa));
    line(out, "precision", share(f.precision));
    line(out, "recall", share(f.recall));
    line(out, "F1", share(f.f1));
    line(out, "average precision of the score", share(f.average_precision));
    line(out, "area under the ROC curve", share(f.auc));
  }
  if (evaluation.plots) {
    const PlotFigures& f = *evaluation.plots;
    out += "plots\n";
    line(out, "changed", f.changed);
    line(out, "changed, flagged", f.changed_flagged);
    line(out, "changed, not observable", f.changed_not_observable);
    line(out, "unchanged", f.unchanged);
    line(out, "unchanged, flagged", f.unchanged_flagged);
    line(out, "truth undecided", f.undecided);
    line(out, "precision", share(f.precision));
    line(out, "recall", share(f.recall));
    if (!f.visits.empty()) {
      out += fmt::format("  {:>8}{:>8}{:>8}{:>11}{:>9}\n", "budget", "visits", "right", "precision", "recall");
      for (const VisitFigures& v : f.visits)
        out += fmt::format("  {:>8}{:>8}{:>8}{:>11}{:>9}\n", v.budget, v.visits, v.right, share(v.precision),
                           share(v.recall));
    }
  }
  if (evaluation.polygons) {
    const PolygonFigures& f = *evaluation.polygons;
    out += "polygons\n";
    line(out, "truth", f.truth);
    line(out, "truth, found", f.detected);
    line(out, "candidates", f.candidates);
    line(out, "candidates on truth", f.right);
    line(out, "precision", share(f.precision));
    line(out, "recall", share(f.recall));
  }
  return out;
}

std::string to_json(const Evaluation& evaluation) {
  // A figure that is not defined (nothing to divide by) becomes null.
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  if (evaluation.pixels) json["pixels"] = json_of(*evaluation.pixels);
  if (evaluation.plots) json["plots"] = json_of(*evaluation.plots);
  if (evaluation.polygons) json["polygons"] = json_of(*evaluation.polygons);
  return json.dump(2) + "\n";
}

}  // namespace plotwatch::evaluate
