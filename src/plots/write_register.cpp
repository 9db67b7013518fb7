#include "plots/write_register.hpp"

#include <algorithm>
#include <functional>
#include <map>

#include <fmt/format.h>

#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "io/crs.hpp"
#include "io/files.hpp"
#include "io/geometry_ops.hpp"
#include "io/kml.hpp"
#include "io/shapefile.hpp"
#include "io/table_text.hpp"
#include "io/table_xlsx.hpp"
#include "io/text_encoding.hpp"
#include "io/xml_escape.hpp"
#include "io/zip_archive.hpp"
#include "plots/boundary_points.hpp"
#include "plots/boundary_upload.hpp"
#include "plots/register_layer.hpp"

namespace plotwatch::plots {
namespace {

constexpr int survey_decimals = 10;  // of a degree: a hundredth of a millimetre

PlotRegister in_crs(const PlotRegister& plots, const std::optional<std::string>& wanted) {
  if (!wanted) return plots;
  PlotRegister moved = plots;
  moved.crs = io::crs_from_user_input(*wanted);
  const io::CoordinateTransform transform(plots.crs, moved.crs);
  for (Plot& p : moved.plots) p.geometry = transform.apply(p.geometry);
  return moved;
}

// The zone of CGCS2000 that the register's CRS is, as boundary-point text can say it.
BoundarySystem boundary_system(const Crs& crs, const std::string& path) {
  BoundarySystem s;
  const int code = io::epsg_code(crs).value_or(0);
  const auto zone = [&](int first_code, int first_zone, int width, bool in_easting) {
    s.zone = code - first_code + first_zone;
    s.zone_width = width;
    s.zone_in_easting = in_easting;
    return s;
  };
  if (code == 4490 || code == 4326) return s.degrees = true, s;
  if (code >= 4513 && code <= 4533) return zone(4513, 25, 3, true);
  if (code >= 4534 && code <= 4554) return zone(4534, 25, 3, false);
  if (code >= 4491 && code <= 4501) return zone(4491, 13, 6, true);
  if (code >= 4502 && code <= 4512) return zone(4502, 13, 6, false);
  throw Error(ExitCode::input, "boundary points hold CGCS2000 in Gauss-Krueger zones, not " + io::crs_name(crs), path,
              "Choose the zone with --crs, for 117° --crs EPSG:4527.");
}

void write_text(const std::string& path, const PlotRegister& plots, const WriteOptions& options) {
  BoundaryText text;
  text.producer = options.producer;
  text.date = options.date;
  text.system = boundary_system(plots.crs, path);
  for (const Plot& plot : plots.plots) {
    BoundaryParcel p;
    p.code = plot.code, p.name = plot.name, p.sheet = plot.map_sheet, p.use = plot.use, p.land_class = plot.land_class;
    p.stated_area_m2 = plot.stated_area_m2 ? *plot.stated_area_m2 : io::ellipsoidal_area(plot.geometry, plots.crs);
    p.polygons = plot.geometry;
    text.parcels.push_back(std::move(p));
  }
  const std::string utf8 = format_boundary_points(text);
  io::write_file(path, options.encoding == "UTF-8" ? utf8 : io::gb18030_from_utf8(utf8));
}

std::string kml_document(const PlotRegister& plots) {
  const io::CoordinateTransform to_lonlat(plots.crs, io::lonlat_crs());
  const io::OutputLayer layer = register_layer(plots, Naming::own);
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document "
      "id=\"plots\"><name>plots</name>\n<Style id=\"plot\"><LineStyle><color>" +
      io::kml_colour(11, 87, 164) + "</color><width>2</width></LineStyle><PolyStyle><color>" +
      io::kml_colour(11, 87, 164, 40) + "</color></PolyStyle></Style>\n<Schema name=\"plots\" id=\"schema\">\n";
  // A column "name" would stand beside the element of that name.
  for (const io::OutputField& f : layer.fields)
    out += fmt::format("<SimpleField type=\"string\" name=\"{}\"></SimpleField>\n", io::xml_escape(f.name));
  out += "</Schema>\n";
  for (std::size_t i = 0; i < layer.features.size(); ++i) {
    const Plot& plot = plots.plots[i];
    out += fmt::format(
        "<Placemark><name>{}</name><styleUrl>#plot</styleUrl><ExtendedData><SchemaData schemaUrl=\"#schema\">",
        io::xml_escape(plot.name.empty() ? plot.code : plot.name));
    for (std::size_t c = 0; c < layer.fields.size(); ++c)
      if (const std::string value = io::text_of_value(layer.features[i].values[c]); !value.empty())
        out += fmt::format("<SimpleData name=\"{}\">{}</SimpleData>", io::xml_escape(layer.fields[c].name),
                           io::xml_escape(value));
    out += "</SchemaData></ExtendedData>" + io::kml_geometry(to_lonlat.apply(plot.geometry), survey_decimals) +
           "</Placemark>\n";
  }
  return out + "</Document>\n</kml>\n";
}

void write_upload(const std::string& path, const PlotRegister& plots, const WriteOptions& options) {
  if (io::is_geographic(plots.crs))
    throw Error(ExitCode::input, "the national system takes projected coordinates, not degrees", path,
                "Choose a zone with --crs, for 117° --crs EPSG:4527.");
  const std::string stem = io::stem_of(path);
  io::write_file(path,
                 io::make_zip(io::make_shapefile(stem, register_layer(plots, Naming::national), options.encoding)));
}

using Writer = std::function<void(const std::string&, const PlotRegister&, const WriteOptions&)>;

const std::map<std::string, Writer>& writers() {
  using S = const std::string&;
  using R = const PlotRegister&;
  using O = const WriteOptions&;
  static const Writer geojson = [](S path, R plots, O) {
    io::write_geojson(path, register_layer(plots, Naming::own), survey_decimals);
  };
  static const std::map<std::string, Writer> all{
      {".csv", [](S path, R plots, O) { io::write_file(path, io::csv_text(register_layer(plots, Naming::own))); }},
      {".geojson", geojson},
      {".gpkg", [](S path, R plots, O) { io::write_geopackage(path, {register_layer(plots, Naming::own)}); }},
      {".json", geojson},
      {".kml", [](S path, R plots, O) { io::write_file(path, kml_document(plots)); }},
      {".kmz",
       [](S path, R plots, O) {
         io::write_file(path, io::make_zip({{"doc.kml", true, kml_document(plots)}}));
       }},
      {".shp",
       [](S path, R plots, O o) { io::write_shapefile(path, register_layer(plots, Naming::national), o.encoding); }},
      {".txt", write_text},
      {".xlsx", [](S path, R plots, O) { io::write_file(path, io::xlsx_bytes(register_layer(plots, Naming::own))); }},
      {".zip", write_upload},
  };
  return all;
}

}  // namespace

void write_register(const std::string& path, const PlotRegister& plots, const WriteOptions& options) {
  const std::size_t dot = path.rfind('.');
  const std::string ending = dot == std::string::npos ? "" : lower_ascii(path.substr(dot));
  const auto writer = writers().find(ending);
  if (writer == writers().end()) {
    std::string known;
    for (const auto& [name, write] : writers()) known += (known.empty() ? "" : ", ") + name;
    throw Error(ExitCode::usage, fmt::format("no format is written under the ending \"{}\"", ending), path,
                "Choose one of: " + known + ".");
  }
  writer->second(path, in_crs(plots, options.crs), options);
}

}  // namespace plotwatch::plots
