#include "plots/boundary_points.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "plots/boundary_axes.hpp"
#include "plots/rings.hpp"
#include "plots/text_line.hpp"

namespace plotwatch::plots {
namespace {

constexpr double hectare_m2 = 10000;
constexpr std::size_t most_problems = 10000;  // a file that is something else would give one a line

// Points of a ring as they stand in the file.
struct RawPoint {
  int line = 0, ring = 1;
  double first = 0, second = 0;
};

struct RawParcel {
  BoundaryParcel parcel;
  std::optional<long> stated_points;
  std::vector<RawPoint> points;
  bool area = true;  // 面; lines and points are left out
};

bool names_shape(std::string_view field) { return field == "面" || field == "线" || field == "点"; }

// "@", or the twelfth comma and then "@": the mark of a plot line.
bool is_plot_line(std::string_view line, const std::vector<std::string_view>& fields) {
  while (!line.empty() && (line.back() == ',' || line.back() == ' ')) line.remove_suffix(1);
  if (line.ends_with('@')) return true;
  return fields.size() >= 7 && names_shape(fields[4]);
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  BoundaryPointFile run() {
    read_lines();
    if (!file_.refusal) finish();
    std::stable_sort(file_.problems.begin(), file_.problems.end(),
                     [](const TextProblem& a, const TextProblem& b) { return a.line < b.line; });
    return std::move(file_);
  }

 private:
  void report(int line, const std::string& code, std::string problem, std::string fix, bool lost = false) {
    if (file_.problems.size() < most_problems)
      file_.problems.push_back({line, code, std::move(problem), std::move(fix), lost});
  }

  void refuse(int line, std::string problem, std::string fix) {
    if (!file_.refusal) file_.refusal = TextProblem{line, "", std::move(problem), std::move(fix), true};
  }

  void read_lines() {
    for (std::size_t at = 0; at <= text_.size();) {
      // CRLF, LF, or the CR of old programs.
      const std::size_t end = std::min(text_.find_first_of("\r\n", at), text_.size());
      ++line_;
      read_line(half_width(text_.substr(at, end - at)));
      at = end + 1;
      if (end < text_.size() && text_[end] == '\r' && at < text_.size() && text_[at] == '\n') ++at;
    }
  }

  void read_line(const std::string& whole) {
    const std::string_view line = trimmed(whole);
    if (line.empty()) return;
    if (line.front() == '[') {
      in_header_ = line.find("坐标") == std::string_view::npos;
      return;
    }
    const std::vector<std::string_view> fields = split_fields(line);
    if (is_plot_line(line, fields)) {
      in_header_ = false;
      return add_plot(line, fields);
    }
    if (const std::size_t equals = line.find('='); equals != std::string_view::npos && raw_.empty())
      return add_header(trimmed(line.substr(0, equals)), trimmed(line.substr(equals + 1)));
    add_point(line, fields);
  }

  void add_header(std::string_view key, std::string_view value) {
    file_.header.emplace_back(key, value);
    if (key == "坐标系" || key == "坐标系统") check_datum(value);
    if (key == "带号")
      if (const auto zone = leading_number(value)) header_zone_ = static_cast<int>(std::clamp(zone->value, 0.0, 999.0));
    if (key == "几度分带")
      if (const auto width = leading_number(value)) {
        if (width->value == 3 || width->value == 6)
          file_.system.zone_width = static_cast<int>(width->value);
        else
          report(line_, "", fmt::format("几度分带 = {} is not known, 3 is assumed", value), "Write 3 or 6.");
      }
  }

  void check_datum(std::string_view value) {
    const auto has = [&](std::string_view word) { return value.find(word) != std::string_view::npos; };
    const std::string fix =
        "Have the coordinates converted to CGCS2000 (2000国家大地坐标系) by a survey unit; plotwatch does not shift "
        "them, "
        "as no shift holds everywhere.";
    if (has("1980") || has("西安") || value.starts_with("80"))
      refuse(line_, fmt::format("the coordinates are of Xi'an 1980 ({})", value), fix);
    else if (has("1954") || has("北京") || value.starts_with("54"))
      refuse(line_, fmt::format("the coordinates are of Beijing 1954 ({})", value), fix);
    else if (!value.empty() && !has("2000") && !has("4490"))
      refuse(line_, fmt::format("the coordinate system \"{}\" is not known", value),
             "Write 坐标系=2000国家大地坐标系 when the coordinates are of CGCS2000; others are not read.");
  }

  void add_plot(std::string_view line, const std::vector<std::string_view>& with_mark) {
    std::vector<std::string_view> fields = with_mark;
    while (!fields.empty() && (fields.back().empty() || fields.back() == "@")) fields.pop_back();
    if (!fields.empty() && fields.back().ends_with('@')) fields.back().remove_suffix(1);
    const auto field = [&](std::size_t i) { return i < fields.size() ? fields[i] : std::string_view(); };
    RawParcel raw;
    BoundaryParcel& p = raw.parcel;
    p.line = line_;
    p.code = field(2), p.name = field(3);
    p.sheet = field(5), p.use = field(6), p.land_class = field(7);
    if (line.find('@') == std::string_view::npos)
      report(line_, p.code, "the plot line does not end in @", "End it with ,@");
    if (fields.size() < 4)
      report(line_, p.code, fmt::format("the plot line has {} fields, code or name are missing", fields.size()),
             "Write points,hectares,code,name,面,sheet,use,class,@");
    if (const auto count = whole_number_text(field(0)))
      raw.stated_points = static_cast<long>(std::clamp(*count, 0.0, 1e9));
    else if (!field(0).empty())
      report(line_, p.code, fmt::format("the number of points \"{}\" is no number", field(0)),
             "Points up to the next @ are taken.");
    p.stated_area_m2 = area_in_m2(field(1), hectare_m2);
    if (!p.stated_area_m2 && !field(1).empty())
      report(line_, p.code, fmt::format("the area \"{}\" is no number of hectares", field(1)), "Write hectares.");
    if (p.stated_area_m2 && !whole_number_text(field(1)))
      report(line_, p.code, fmt::format("the area \"{}\" carries a unit, taken as it says", field(1)),
             "Write hectares without a unit.");
    if (names_shape(field(4)) && field(4) != "面") {
      raw.area = false;
      report(line_, p.code,
             fmt::format("the plot is a {} and has no area, left out", field(4) == "线" ? "line (线)" : "point (点)"),
             "Write its outline as 面.", true);
    }
    raw_.push_back(std::move(raw));
  }

  void add_point(std::string_view line, const std::vector<std::string_view>& fields) {
    if (raw_.empty() && in_header_ && !whole_number_text(fields.back())) return;  // free text above the plots
    // The last two numbers of three or four fields are the place; a height may follow.
    std::vector<std::string_view> f = fields;
    while (!f.empty() && f.back().empty()) f.pop_back();
    RawPoint point;
    point.line = line_;
    std::size_t at = f.size() >= 4 ? 2 : f.size() == 3 ? 1 : 0;
    const auto x = f.size() > at + 1 ? whole_number_text(f[at]) : std::nullopt;
    const auto y = f.size() > at + 1 ? whole_number_text(f[at + 1]) : std::nullopt;
    if (!x || !y) {
      report(line_, current_code(), fmt::format("\"{}\" is neither a plot nor a point, left out", shown(line)),
             "A point is name,ring,X,Y with X north and Y east.", true);
      return;
    }
    if (raw_.empty()) {
      report(line_, "", "points stand before the first plot line; they are taken for a plot without code",
             "Begin each plot with points,hectares,code,name,面,sheet,use,class,@");
      raw_.emplace_back();
      raw_.back().parcel.line = line_;
    }
    if (at == 2)
      if (const auto ring = leading_number(f[1])) point.ring = static_cast<int>(std::clamp(ring->value, -1e6, 1e6));
    point.first = *x, point.second = *y;
    raw_.back().points.push_back(point);
  }

  static std::string shown(std::string_view line) {
    constexpr std::size_t most = 40;
    if (line.size() <= most) return std::string(line);
    std::size_t cut = most;
    while (cut > 0 && (static_cast<unsigned char>(line[cut]) & 0xC0) == 0x80) --cut;
    return std::string(line.substr(0, cut)) + "…";
  }

  std::string current_code() const { return raw_.empty() ? "" : raw_.back().parcel.code; }

  // All places of the file tell together how its numbers are meant.
  void finish() {
    AxisReader axes(header_zone_, file_.system.zone_width);
    for (const RawParcel& raw : raw_)
      for (const RawPoint& p : raw.points) axes.look_at(p.first, p.second);
    if (const std::string why = axes.conflict(); !why.empty()) {
      refuse(raw_.empty() ? 1 : raw_.front().parcel.line, why,
             "Give each file plots of one zone and one kind of coordinates.");
      return;
    }
    file_.system = axes.system();
    if (axes.zone_differs_from_header())
      report(1, "",
             fmt::format("the header says zone {}, the eastings say zone {}; the eastings are believed", *header_zone_,
                         *file_.system.zone),
             "Correct 带号 in the header.");
    for (RawParcel& raw : raw_)
      if (raw.area) finish(raw, axes);
  }

  void finish(RawParcel& raw, const AxisReader& axes) {
    BoundaryParcel& p = raw.parcel;
    if (raw.stated_points && *raw.stated_points != static_cast<long>(raw.points.size()))
      report(p.line, p.code,
             fmt::format("{} points are stated, {} stand up to the next plot", *raw.stated_points, raw.points.size()),
             fmt::format("Write {} as the number of points.", raw.points.size()));
    std::vector<Ring> rings = rings_of(raw, axes);
    if (rings.empty()) {
      report(p.line, p.code, "the plot has no ring of three corners, left out", "Give its boundary points.", true);
      return;
    }
    p.polygons = nest_rings(std::move(rings));
    file_.parcels.push_back(std::move(p));
  }

  // A ring ends where it comes back to its first point, or where the number of the ring changes.
  std::vector<Ring> rings_of(const RawParcel& raw, const AxisReader& axes) {
    const std::string& code = raw.parcel.code;
    std::vector<Ring> rings;
    Ring ring;
    int number = 0, first_line = 0, closings = 0;
    bool swapped = false, same_number_again = false;
    const auto end_ring = [&](bool closed) {
      if (ring.size() >= 3 + (closed ? 1u : 0u)) {
        if (!closed) {
          report(first_line, code, fmt::format("ring {} is not closed; it is closed to its first point", number),
                 "Repeat the first point at the end of the ring.");
          ring.push_back(ring.front());
        }
        rings.push_back(ring);
      } else if (!ring.empty()) {
        report(first_line, code, fmt::format("ring {} has fewer than three corners, left out", number),
               "Give at least three boundary points.", true);
      }
      ring.clear();
      ++closings;
    };
    std::map<int, int> ended;
    for (const RawPoint& raw_point : raw.points) {
      const std::optional<AxisReader::Place> place = axes.place(raw_point.first, raw_point.second);
      if (!place) {
        report(raw_point.line, code,
               fmt::format("({}, {}) is no place in China, point left out", raw_point.first, raw_point.second),
               "X is the northing (7 digits), Y the easting (8 digits with the zone, 6 without).", true);
        continue;
      }
      swapped = swapped || place->swapped;
      if (!ring.empty() && raw_point.ring != number && ring.size() >= 3) end_ring(false);
      if (ring.empty()) {
        number = raw_point.ring;
        first_line = raw_point.line;
        same_number_again = same_number_again || ended[number]++ > 0;
      }
      if (!ring.empty() && ring.back() == place->point) continue;
      ring.push_back(place->point);
      if (ring.size() >= 4 && ring.front() == ring.back()) end_ring(true);
    }
    end_ring(false);
    if (swapped)
      report(raw.parcel.line, code, "X and Y are swapped: the easting stands first; they are put right",
             "Write the northing as X, then the easting as Y.");
    if (same_number_again)
      report(raw.parcel.line, code, "rings share a number; they are told apart where they close",
             "Number the rings 1, 2, 3 …");
    return rings;
  }

  std::string_view text_;
  BoundaryPointFile file_;
  std::vector<RawParcel> raw_;
  std::optional<int> header_zone_;
  bool in_header_ = true;
  int line_ = 0;
};

}  // namespace

BoundaryPointFile parse_boundary_points(std::string_view text) { return Parser(text).run(); }

}  // namespace plotwatch::plots
