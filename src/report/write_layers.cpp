#include "report/layers.hpp"
#include "report/report.hpp"

namespace plotwatch::report {

void write_geopackage(const std::filesystem::path& path, const ScanResult& scan) {
  io::write_geopackage(path.string(), {candidate_layer(scan), plot_layer(scan)});
}

void write_geojson(const std::filesystem::path& path, const ScanResult& scan) {
  io::write_geojson(path.string(), candidate_layer(scan));
}

}  // namespace plotwatch::report
