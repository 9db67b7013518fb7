// GPX 1.1 (topografix.com): a waypoint a candidate, for hand-held receivers.
#include <fmt/format.h>

#include "io/xml_escape.hpp"
#include "report/export_columns.hpp"
#include "report/number_format.hpp"
#include "report/seen_text.hpp"

namespace plotwatch::report {

std::string gpx_text(const ExportData& data) {
  const auto escaped = [](std::string_view text) { return io::xml_escape(text); };
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" creator=\"plotwatch\" "
      "xmlns=\"http://www.topografix.com/GPX/1/1\">\n<metadata><name>疑似变化核查点</name><desc>";
  out += escaped(fmt::format("{} {}", suspected_zh, suspected_en)) + "</desc></metadata>\n";
  for (const Candidate& c : data.candidates) {
    const std::string plot = c.plot_code.empty() ? "登记地块之外" : c.plot_code + " " + c.plot_name;
    out += fmt::format(
        "<wpt lat=\"{:.7f}\" lon=\"{:.7f}\"><name>{}</name><desc>{}</desc><sym>Flag, Red</sym><type>{}</type></wpt>\n",
        c.representative_lonlat.y, c.representative_lonlat.x,
        escaped(fmt::format("{} {} {}", c.rank, name(c.verdict.severity), c.plot_code)),
        escaped(fmt::format("{}；{}；{} 平方米；{} → {}。{}", plot, seen_zh(c), fixed(c.area_m2, 0), iso(c.first_date),
                            iso(c.last_date), c.verdict.reason_zh)),
        name(c.verdict.severity));
  }
  return out + "</gpx>\n";
}

}  // namespace plotwatch::report
