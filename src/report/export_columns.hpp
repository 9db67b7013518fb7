// What tables for people show of a candidate, in one place for CSV and XLSX. Private to report.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "io/crs.hpp"
#include "io/vector.hpp"
#include "report/exports.hpp"

namespace plotwatch::report {

// Survey coordinates of places in degrees: CGCS2000, 3-degree Gauss-Krueger zone of the first candidate; zone 39
// without candidates.
class SurveyGrid {
 public:
  explicit SurveyGrid(const ExportData& data);
  Point place(Point map) const {
    return transform_.apply(map);
  }  // from the data's CRS; x easting with zone, y northing
  MultiPolygon place(const MultiPolygon& map) const { return transform_.apply(map); }
  int zone() const { return zone_; }
  const Crs& crs() const { return crs_; }

 private:
  int zone_;
  Crs crs_;
  io::CoordinateTransform transform_;
};

struct ExportColumn {
  std::string zh, en;
  double width = 10;  // characters, in a spreadsheet
  std::function<io::FieldValue(const Candidate&)> value;
};
std::vector<ExportColumn> export_columns(const SurveyGrid& grid);

// "《…》第…条", with the mark where nobody has read it in the text of the law; empty when the rule names none.
std::string marked_basis(const Verdict& verdict);

inline constexpr const char* suspected_zh = "影像线索仅表示疑似，须经现场核查确认。";
inline constexpr const char* suspected_en = "A satellite clue is a suspicion; an on-site check decides.";

// What a person writes after the visit.
const std::vector<std::string>& verdict_words();

}  // namespace plotwatch::report
