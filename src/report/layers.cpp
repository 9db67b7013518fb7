#include "report/layers.hpp"

#include <cmath>
#include <functional>
#include <utility>

#include "report/assets.hpp"
#include "report/number_format.hpp"
#include "report/seen_text.hpp"

namespace plotwatch::report {
namespace {

using io::FieldType;
using io::FieldValue;

// A field and how to get it, side by side so that they cannot slip apart.
template <class Record>
struct Column {
  io::OutputField field;
  std::function<FieldValue(const Record&)> value;
};

FieldValue text(std::string_view value) { return value.empty() ? FieldValue{} : FieldValue{std::string(value)}; }
FieldValue date(const std::optional<Date>& value) { return value ? FieldValue{value->iso()} : FieldValue{}; }
FieldValue real(double value, int decimals) {
  return std::isfinite(value) ? FieldValue{rounded(value, decimals)} : FieldValue{};
}
// Of nothing seen there are no shares.
FieldValue cover(const PlotResult& p, bool after, Cover kind) {
  const auto& shares = after ? p.observation.after_cover : p.observation.before_cover;
  return p.observation.observable ? real(shares[static_cast<std::size_t>(kind)], 4) : FieldValue{};
}
FieldValue cover_change(const PlotResult& p, Cover kind) {
  const auto at = static_cast<std::size_t>(kind);
  const PlotObservation& o = p.observation;
  return o.observable ? real(o.after_cover[at] - o.before_cover[at], 4) : FieldValue{};
}
FieldValue seen(const GroundSeen& ground, GroundIndex index) {
  const std::optional<double> value = ground.of(index);
  return value ? real(*value, 4) : FieldValue{};
}
FieldValue flag(bool value) { return FieldValue{value ? 1LL : 0LL}; }

// Decimals say how well a number is known: metres to a decimetre, shares and scores to a ten-thousandth, degrees to
// a centimetre.
const std::vector<Column<Candidate>>& candidate_columns() {
  using C = const Candidate&;
  static const std::vector<Column<Candidate>> columns{
      {{"candidate_id", FieldType::text, "stable for the same inputs"}, [](C c) { return text(c.id); }},
      {{"rank", FieldType::integer, "1 = visit first"}, [](C c) { return FieldValue{static_cast<long long>(c.rank)}; }},
      {{"severity", FieldType::text, "P0 act now … P3 record only"},
       [](C c) { return text(name(c.verdict.severity)); }},
      {{"plot_code", FieldType::text, "empty outside all plots"}, [](C c) { return text(c.plot_code); }},
      {{"plot_name", FieldType::text, ""}, [](C c) { return text(c.plot_name); }},
      {{"plot_status", FieldType::text, "status code of the rules table"}, [](C c) { return text(c.plot_status); }},
      {{"plot_unit", FieldType::text, "responsible unit"}, [](C c) { return text(c.plot_unit); }},
      {{"transition", FieldType::text, "suspected change, before->after"},
       [](C c) { return text(name(c.transition)); }},
      {{"transition_zh", FieldType::text, "疑似变化"}, [](C c) { return text(name_zh(c.transition)); }},
      {{"transition_share", FieldType::real, "of the candidate's pixels, 0 to 1"},
       [](C c) { return real(c.transition_share, 4); }},
      {{"stage", FieldType::text, "what seems to have happened"}, [](C c) { return text(name(c.stage)); }},
      {{"stage_zh", FieldType::text, "疑似阶段"}, [](C c) { return text(name_zh(c.stage)); }},
      {{"first_date", FieldType::text, "before scene, ISO"}, [](C c) { return date(c.first_date); }},
      {{"last_date", FieldType::text, "after scene, ISO"}, [](C c) { return date(c.last_date); }},
      {{"area_m2", FieldType::real, "square metres on the ellipsoid"}, [](C c) { return real(c.area_m2, 1); }},
      {{"plot_share", FieldType::real, "of the plot's area, 0 to 1"}, [](C c) { return real(c.plot_share, 4); }},
      {{"rarity", FieldType::real, "-log10 of the share of like ground that changed as rarely"},
       [](C c) { return real(c.rarity, 3); }},
      {{"distinctness", FieldType::real, "how unlike seasons, edges and noise, about -3 to 5"},
       [](C c) { return real(c.distinctness, 3); }},
      {{"mean_score", FieldType::real, "0 to 1"}, [](C c) { return real(c.mean_score, 4); }},
      {{"peak_score", FieldType::real, "0 to 1"}, [](C c) { return real(c.peak_score, 4); }},
      {{"confidence", FieldType::real, "0 to 1"}, [](C c) { return real(c.confidence, 4); }},
      {{"registration_applied", FieldType::integer, "1: the after scene was moved onto the before scene"},
       [](C c) { return flag(c.registration_applied); }},
      {{"registration_residual_px", FieldType::real, "pixels of the working grid"},
       [](C c) { return real(c.registration_residual_px, 3); }},
      {{"rule_id", FieldType::text, ""}, [](C c) { return text(c.verdict.rule_id); }},
      {{"reason", FieldType::text, ""}, [](C c) { return text(c.verdict.reason); }},
      {{"reason_zh", FieldType::text, "理由"}, [](C c) { return text(c.verdict.reason_zh); }},
      {{"basis", FieldType::text, "legal basis"}, [](C c) { return text(c.verdict.basis); }},
      {{"basis_verified", FieldType::integer, "1: a person has confirmed the basis in the text of the law"},
       [](C c) { return flag(c.verdict.verified); }},
      {{"permit", FieldType::text, "document that lowered the severity"}, [](C c) { return text(c.verdict.permit); }},
      {{"deadline", FieldType::text, "day by which a visit is due, ISO"}, [](C c) { return date(c.verdict.deadline); }},
      {{"check_unit", FieldType::text, "who checks, where the rule says so"}, [](C c) { return text(c.verdict.unit); }},
      {{"before_scene", FieldType::text, "scene id"}, [](C c) { return text(c.before_scene); }},
      {{"after_scene", FieldType::text, "scene id"}, [](C c) { return text(c.after_scene); }},
      {{"lon", FieldType::real, "degrees east, of a point on the candidate"},
       [](C c) { return real(c.representative_lonlat.x, 7); }},
      {{"lat", FieldType::real, "degrees north, of a point on the candidate"},
       [](C c) { return real(c.representative_lonlat.y, 7); }},
      {{"pixels", FieldType::integer, "of the working grid"},
       [](C c) { return FieldValue{static_cast<long long>(c.pixels)}; }},
      {{"compactness", FieldType::real, "4 pi area / perimeter^2 of the largest part, 1 for a circle"},
       [](C c) { return real(c.outline.compactness, 4); }},
      {{"elongation", FieldType::real, "length over width by second moments"},
       [](C c) { return real(c.outline.elongation, 3); }},
      {{"width_m", FieldType::real, "2 area / perimeter of the largest part"},
       [](C c) { return real(c.outline.width_m, 1); }},
      {{"parts", FieldType::integer, "polygons that it falls into"},
       [](C c) { return FieldValue{static_cast<long long>(c.outline.parts)}; }},
      {{"holes", FieldType::integer, "unchanged ground inside"},
       [](C c) { return FieldValue{static_cast<long long>(c.outline.holes)}; }},
      {{"inside_share", FieldType::real, "of the whole change's area that lies on this plot, 0 to 1"},
       [](C c) { return real(c.outline.inside_share, 4); }},
      {{"boundary_m", FieldType::real, "to the plot's boundary, 0 where it reaches it; empty outside all plots"},
       [](C c) { return c.outline.boundary_m ? real(*c.outline.boundary_m, 1) : FieldValue{}; }},
      {{"ndvi_before", FieldType::real, "median"}, [](C c) { return seen(c.before, GroundIndex::ndvi); }},
      {{"ndvi_after", FieldType::real, "median"}, [](C c) { return seen(c.after, GroundIndex::ndvi); }},
      {{"ndbi_before", FieldType::real, "median"}, [](C c) { return seen(c.before, GroundIndex::ndbi); }},
      {{"ndbi_after", FieldType::real, "median"}, [](C c) { return seen(c.after, GroundIndex::ndbi); }},
      {{"water_before", FieldType::real, "median of MNDWI, without swir16 of NDWI"},
       [](C c) { return seen(c.before, GroundIndex::water); }},
      {{"water_after", FieldType::real, ""}, [](C c) { return seen(c.after, GroundIndex::water); }},
      {{"greenness_before", FieldType::real, "median"}, [](C c) { return seen(c.before, GroundIndex::greenness); }},
      {{"greenness_after", FieldType::real, "median"}, [](C c) { return seen(c.after, GroundIndex::greenness); }},
      {{"brightness_before", FieldType::real, "median, standard deviations of unchanged ground"},
       [](C c) { return seen(c.before, GroundIndex::brightness); }},
      {{"brightness_after", FieldType::real, ""}, [](C c) { return seen(c.after, GroundIndex::brightness); }},
      {{"contrast_before", FieldType::real, "spread of brightness inside"},
       [](C c) { return seen(c.before, GroundIndex::contrast); }},
      {{"contrast_after", FieldType::real, ""}, [](C c) { return seen(c.after, GroundIndex::contrast); }},
      {{"spectrum_before", FieldType::text, "medians of the bands"}, [](C c) { return text(spectrum_text(c.before)); }},
      {{"spectrum_after", FieldType::text, ""}, [](C c) { return text(spectrum_text(c.after)); }},
      {{"cover_before", FieldType::text, "shares of its pixels"}, [](C c) { return text(cover_text(c.before)); }},
      {{"cover_after", FieldType::text, ""}, [](C c) { return text(cover_text(c.after)); }},
  };
  return columns;
}

const std::vector<Column<PlotResult>>& plot_columns() {
  using P = const PlotResult&;
  static const std::vector<Column<PlotResult>> columns{
      {{"code", FieldType::text, ""}, [](P p) { return text(p.plot.code); }},
      {{"name", FieldType::text, ""}, [](P p) { return text(p.plot.name); }},
      {{"status", FieldType::text, "status code of the rules table"}, [](P p) { return text(p.plot.status); }},
      {{"unit", FieldType::text, "responsible unit"}, [](P p) { return text(p.plot.unit); }},
      {{"status_from", FieldType::text, "ISO date"}, [](P p) { return date(p.plot.status_from); }},
      {{"district_code", FieldType::text, ""}, [](P p) { return text(p.plot.district_code); }},
      {{"district_name", FieldType::text, ""}, [](P p) { return text(p.plot.district_name); }},
      {{"observable", FieldType::integer, "1: seen on both dates; 0 is not the same as no change"},
       [](P p) { return flag(p.observation.observable); }},
      {{"cause", FieldType::text, "why it could not be seen"}, [](P p) { return text(name(p.observation.cause)); }},
      {{"cause_zh", FieldType::text, "不可观测原因"}, [](P p) { return text(name_zh(p.observation.cause)); }},
      {{"clear_share", FieldType::real, "of the plot's pixels, usable on both dates, 0 to 1"},
       [](P p) { return real(p.observation.clear_share, 4); }},
      // A share of nothing would read as "no change".
      {{"changed_share", FieldType::real, "of the clear pixels, 0 to 1; empty when not observable"},
       [](P p) { return p.observation.observable ? real(p.observation.changed_share, 4) : FieldValue{}; }},
      {{"candidates", FieldType::integer, "number of candidates on the plot"},
       [](P p) { return FieldValue{static_cast<long long>(p.observation.candidates)}; }},
      {{"before_clear_share", FieldType::real, "of the plot's pixels, usable on the before date, 0 to 1"},
       [](P p) { return real(p.observation.before_clear_share, 4); }},
      {{"after_clear_share", FieldType::real, "of the plot's pixels, usable on the after date, 0 to 1"},
       [](P p) { return real(p.observation.after_clear_share, 4); }},
      {{"last_clear", FieldType::text, "last day on which half of it was clear, ISO; empty: not known"},
       [](P p) { return date(p.observation.last_clear); }},
      {{"days_since_clear", FieldType::integer, "from that day to the after date"},
       [](P p) {
         const std::optional<int>& days = p.observation.days_since_clear;
         return days ? FieldValue{static_cast<long long>(*days)} : FieldValue{};
       }},
      {{"vegetation_before", FieldType::real, "share of the pixels clear on both dates, 0 to 1"},
       [](P p) { return cover(p, false, Cover::vegetation); }},
      {{"bare_before", FieldType::real, ""}, [](P p) { return cover(p, false, Cover::bare); }},
      {{"built_before", FieldType::real, ""}, [](P p) { return cover(p, false, Cover::built); }},
      {{"water_before", FieldType::real, ""}, [](P p) { return cover(p, false, Cover::water); }},
      {{"vegetation_after", FieldType::real, "share of the pixels clear on both dates, 0 to 1"},
       [](P p) { return cover(p, true, Cover::vegetation); }},
      {{"bare_after", FieldType::real, ""}, [](P p) { return cover(p, true, Cover::bare); }},
      {{"built_after", FieldType::real, ""}, [](P p) { return cover(p, true, Cover::built); }},
      {{"water_after", FieldType::real, ""}, [](P p) { return cover(p, true, Cover::water); }},
      {{"vegetation_change", FieldType::real, "share after less share before, -1 to 1"},
       [](P p) { return cover_change(p, Cover::vegetation); }},
      {{"bare_change", FieldType::real, ""}, [](P p) { return cover_change(p, Cover::bare); }},
      {{"built_change", FieldType::real, ""}, [](P p) { return cover_change(p, Cover::built); }},
      {{"water_change", FieldType::real, ""}, [](P p) { return cover_change(p, Cover::water); }},
      {{"pixels", FieldType::integer, "of the working grid inside the plot"},
       [](P p) { return FieldValue{static_cast<long long>(p.observation.pixels)}; }},
  };
  return columns;
}

template <class Record, class Geometry>
void fill(io::OutputLayer& layer, const std::vector<Column<Record>>& columns, const std::vector<Record>& records,
          Geometry geometry) {
  for (const auto& column : columns) layer.fields.push_back(column.field);
  layer.count = records.size();
  layer.make = [&columns, &records, geometry](std::size_t i) {
    io::Feature feature;
    feature.id = static_cast<long long>(i) + 1;
    feature.geometry = geometry(records[i]);
    feature.values.reserve(columns.size());
    for (const auto& column : columns) feature.values.push_back(column.value(records[i]));
    return feature;
  };
}

}  // namespace

io::OutputLayer candidate_layer(const ScanResult& scan) {
  io::OutputLayer layer;
  layer.name = "candidates";
  layer.description = "Suspected construction, by rank. A candidate is a clue and needs an on-site check.";
  layer.crs = scan.grid.crs;
  layer.qgis_style = assets::candidates_qml;
  fill(layer, candidate_columns(), scan.candidates, [](const Candidate& c) { return c.geometry; });
  return layer;
}

io::OutputLayer plot_layer(const ScanResult& scan) {
  io::OutputLayer layer;
  layer.name = "plots";
  layer.description = "What was seen of every registered plot. Not observable is not the same as no change.";
  layer.crs = scan.grid.crs;
  layer.qgis_style = assets::plots_qml;
  fill(layer, plot_columns(), scan.plots, [](const PlotResult& p) { return p.plot.geometry; });
  return layer;
}

}  // namespace plotwatch::report
