// A page of figures in Prometheus' text format 0.0.4, for the textfile collector of the node exporter.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace plotwatch::notify {

struct Sample {
  std::vector<std::pair<std::string, std::string>> labels;
  double value = 0;
};

struct Metric {
  std::string name, help;
  bool counter = false;  // else a gauge
  std::vector<Sample> samples;
};

// In the order given; labels escaped; whole numbers without a fraction.
std::string prometheus_text(const std::vector<Metric>& metrics);

}  // namespace plotwatch::notify
