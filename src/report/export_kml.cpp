// KML 2.2 with a style a severity and a description a person can read in the field.
#include <array>

#include <fmt/format.h>

#include "io/crs.hpp"
#include "io/kml.hpp"
#include "io/xml_escape.hpp"
#include "report/export_columns.hpp"
#include "report/html.hpp"
#include "report/number_format.hpp"
#include "report/seen_text.hpp"
#include "report/severity_colour.hpp"
#include "report/status_label.hpp"

namespace plotwatch::report {
namespace {

constexpr std::array<Severity, 4> severities{Severity::P0, Severity::P1, Severity::P2, Severity::P3};
constexpr std::array<const char*, 4> meanings{"立即核查 act now", "尽快核查 visit soon", "核对 check",
                                              "仅作记录 record only"};

std::string styles() {
  std::string out;
  for (const Severity s : severities) {
    const Rgb c = severity_colour(s);
    out += fmt::format(
        "<Style "
        "id=\"{}\"><LineStyle><color>{}</color><width>3</width></LineStyle><PolyStyle><color>{}</color></PolyStyle>"
        "<IconStyle><color>{}</color><scale>0.9</scale></IconStyle><LabelStyle><scale>0.8</scale></LabelStyle></"
        "Style>\n",
        name(s), io::kml_colour(c.r, c.g, c.b), io::kml_colour(c.r, c.g, c.b, 60), io::kml_colour(c.r, c.g, c.b));
  }
  out += fmt::format(
      "<Style "
      "id=\"plot\"><LineStyle><color>{}</color><width>1.5</width></LineStyle><PolyStyle><fill>0</fill></PolyStyle>"
      "</Style>\n<Style "
      "id=\"unseen\"><LineStyle><color>{}</color><width>1.5</width></LineStyle><PolyStyle><fill>0</fill>"
      "</PolyStyle></Style>\n",
      io::kml_colour(255, 255, 255), io::kml_colour(150, 150, 150));
  return out;
}

// Shown as HTML by viewers; escaped once as HTML and once more as XML.
std::string description(const Candidate& c) {
  Html out;
  const auto row = [&](std::string_view label, const std::string& value) {
    if (!value.empty()) put(out, "<tr><td>{}</td><td>{}</td></tr>", label, value);
  };
  put(out, "<p><b>{}</b></p><table>", c.verdict.reason_zh);
  row("地块 plot", c.plot_code.empty() ? "登记地块之外 outside all plots" : c.plot_code + " " + c.plot_name);
  row("状态 status", status_label(c.plot_status).zh);
  row("责任单位 unit", c.verdict.unit.empty() ? c.plot_unit : c.verdict.unit);
  row("疑似变化 suspected", seen_zh(c));
  row("前后指数 indices", evidence_text(c));
  row("面积 area", fixed(c.area_m2, 0) + " m²");
  row("时间 between", iso(c.first_date) + " → " + iso(c.last_date));
  row("置信度 confidence", fixed(c.confidence, 2));
  row("核查期限 visit by", c.verdict.deadline ? c.verdict.deadline->iso() : "");
  row("许可或方案 permit or plan", c.verdict.permit);
  row("依据 basis", marked_basis(c.verdict));
  put(out, "</table><p>{}</p><p>{} {}</p>", c.verdict.reason, suspected_zh, suspected_en);
  return out.text;
}

std::string placemark(const Candidate& c, const io::CoordinateTransform& to_lonlat) {
  return fmt::format(
      "<Placemark id=\"c{}\"><name>{}</name><styleUrl>#{}</styleUrl><description>{}</description><MultiGeometry><Point>"
      "<coordinates>{:.7f},{:.7f}</coordinates></Point>{}</MultiGeometry></Placemark>\n",
      c.rank,
      io::xml_escape(
          fmt::format("{} {} {}", c.rank, name(c.verdict.severity), c.plot_name.empty() ? c.plot_code : c.plot_name)),
      name(c.verdict.severity), io::xml_escape(description(c)), c.representative_lonlat.x, c.representative_lonlat.y,
      io::kml_geometry(to_lonlat.apply(c.geometry), 7));
}

std::string plot_placemark(const PlotResult& p, const io::CoordinateTransform& to_lonlat) {
  const PlotObservation& o = p.observation;
  std::string seen = o.observable ? fmt::format("已观测，清晰比例 {} observed, clear share", percent(o.clear_share))
                                  : fmt::format("未能观测：{} not observable: {}", name_zh(o.cause), name(o.cause));
  return fmt::format("<Placemark><name>{}</name><styleUrl>#{}</styleUrl><description>{}</description>{}</Placemark>\n",
                     io::xml_escape(p.plot.code + " " + p.plot.name), o.observable ? "plot" : "unseen",
                     io::xml_escape(seen), io::kml_geometry(to_lonlat.apply(p.plot.geometry), 7));
}

}  // namespace

std::string kml_text(const ExportData& data) {
  const io::CoordinateTransform to_lonlat(data.crs, io::lonlat_crs());
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>"
      "<name>疑似变化核查 Suspected change</name><open>1</open><description>" +
      io::xml_escape(fmt::format("{} {}", suspected_zh, suspected_en)) + "</description>\n" + styles();
  for (std::size_t s = 0; s < severities.size(); ++s) {
    std::string marks;
    for (const Candidate& c : data.candidates)
      if (c.verdict.severity == severities[s]) marks += placemark(c, to_lonlat);
    if (!marks.empty())
      out += fmt::format("<Folder><name>{} {}</name>\n{}</Folder>\n", name(severities[s]), meanings[s], marks);
  }
  if (!data.plots.empty()) {
    out += "<Folder><name>登记地块 registered plots</name>\n";
    for (const PlotResult& p : data.plots) out += plot_placemark(p, to_lonlat);
    out += "</Folder>\n";
  }
  return out + "</Document>\n</kml>\n";
}

}  // namespace plotwatch::report
