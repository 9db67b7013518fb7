#include <charconv>

#include "review/api.hpp"
#include "review/api_error.hpp"
#include "review/case_json.hpp"

namespace plotwatch::review {
namespace {

// "minx,miny,maxx,maxy" in the ledger's CRS.
Box parse_box(const std::string& text) {
  double values[4];
  const char *at = text.data(), *const end = text.data() + text.size();
  for (int i = 0; i < 4; ++i) {
    const auto [next, error] = std::from_chars(at, end, values[i]);
    const bool separated = i == 3 ? next == end : next != end && *next == ',';
    if (error != std::errc() || !separated)
      throw bad_value("bbox", "bbox is not minx,miny,maxx,maxy", "bbox 应为 minx,miny,maxx,maxy");
    at = next + 1;
  }
  return {values[0], values[1], values[2], values[3]};
}

}  // namespace

Response list_plots(Service& service, const Call& call) {
  const auto board = service.keeper.board();
  const BoardPlots& all = *board->plots;
  const auto text = call.request.parameter("bbox");
  const std::optional<Box> box = text ? std::optional(parse_box(*text)) : std::nullopt;
  const Date today = service.today();
  const std::string unit = call.unit();
  Json features = Json::array();
  for (std::size_t i = 0; i < all.boxes.size(); ++i) {
    const Plot& plot = all.plots.plots[i];
    if ((box && !all.boxes[i].intersects(*box)) || (!unit.empty() && plot.unit != unit)) continue;
    const std::optional<Date>& clear = all.last_clear[i];
    features.push_back({{"type", "Feature"},
                        {"geometry", geometry_json(plot.geometry)},
                        {"properties",
                         {{"code", plot.code},
                          {"name", plot.name},
                          {"status", plot.status},
                          {"unit", plot.unit},
                          {"last_clear", date_json(clear)},
                          {"days_since_clear", clear ? Json((today.days() - clear->days()).count()) : Json()}}}});
  }
  return json_response({{"type", "FeatureCollection"}, {"features", std::move(features)}});
}

Response list_observations(Service& service, const Call& call) {
  const auto board = service.keeper.board();
  const auto found = board->plots->by_code.find(call.at("code"));
  if (found == board->plots->by_code.end()) throw not_found();
  const Plot& plot = board->plots->plots.plots[found->second];
  if (!call.unit().empty() && plot.unit != call.unit()) throw not_found();
  Json rows = Json::array();
  service.ledgers.read([&](const Books& books) {
    for (const ObservationRecord& o : books.ledger.observations(plot.code)) rows.push_back(observation_json(o));
    return 0;
  });
  return json_response({{"observations", std::move(rows)}});
}

}  // namespace plotwatch::review
