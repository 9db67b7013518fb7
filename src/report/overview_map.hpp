// Where the plots and the candidates lie: an inline SVG, north up, without a base map.
#pragma once

#include "model/scan.hpp"
#include "report/html.hpp"

namespace plotwatch::report {

// Empty when there is nothing to show.
Html overview_map(const ScanResult& scan);

}  // namespace plotwatch::report
