#include <future>
#include <vector>

#include "io/vector.hpp"
#include "report/layers.hpp"
#include "report/report.hpp"

namespace plotwatch::report {

void write_layers(const std::filesystem::path& geopackage, const std::filesystem::path& geojson,
                  const ScanResult& scan) {
  std::vector<io::OutputLayer> layers;
  layers.push_back(candidate_layer(scan));
  layers.push_back(plot_layer(scan));
  std::future<void> other =
      std::async(std::launch::async, [&] { io::write_geojson(geojson.string(), layers.front()); });
  io::write_geopackage(geopackage.string(), layers);
  other.get();
}

}  // namespace plotwatch::report
