#include <fmt/format.h>

#include "core/error.hpp"
#include "io/vector.hpp"
#include "plots/history.hpp"
#include "plots/plot_register.hpp"
#include "plots/register_layer.hpp"
#include "plots/register_source.hpp"
#include "plots/register_values.hpp"

namespace plotwatch::plots {
namespace {

using io::FieldType;
using io::FieldValue;

io::OutputLayer renewals_layer(const RegisterHistory& history) {
  io::OutputLayer layer;
  layer.name = "renewals";
  layer.description = "Every list that was taken into the register.";
  layer.crs = history.crs;
  layer.without_geometry = true;
  layer.fields = {{"day", FieldType::text, "first day on which the list held, ISO"},
                  {"source", FieldType::text, "file"},
                  {"sha256", FieldType::text, "of the file"},
                  {"added", FieldType::integer, "plots"},
                  {"removed", FieldType::integer, "plots"},
                  {"boundary", FieldType::integer, "plots whose boundary changed"},
                  {"status", FieldType::integer, "plots whose status changed"},
                  {"other", FieldType::integer, "plots of which something else changed"},
                  {"unchanged", FieldType::integer, "plots"}};
  const auto number = [](std::size_t n) { return FieldValue{static_cast<long long>(n)}; };
  for (const Renewal& r : history.renewals) {
    io::Feature f;
    f.values = {FieldValue{r.day.iso()}, FieldValue{r.source}, FieldValue{r.sha256},
                number(r.added),         number(r.removed),    number(r.boundary),
                number(r.status),        number(r.other),      number(r.unchanged)};
    layer.features.push_back(std::move(f));
  }
  return layer;
}

std::size_t count_of(const FieldValue& value) {
  const auto* n = std::get_if<long long>(&value);
  return n && *n > 0 ? static_cast<std::size_t>(*n) : 0;
}

}  // namespace

void write_history(const std::string& path, const RegisterHistory& history) {
  PlotRegister all;
  all.crs = history.crs;
  all.plots = history.rows;
  all.other_fields = history.other_fields;
  io::OutputLayer layer = register_layer(all, Naming::own);
  layer.description = "Register of plots with its history: a row for each state of each plot, with its days.";
  io::write_geopackage(path, {layer, renewals_layer(history)});
}

RegisterHistory read_history(const std::string& path) {
  RegisterHistory history;
  std::optional<io::VectorLayer> table;
  try {
    table = io::read_attributes(path, "renewals");
  } catch (const Error& e) {
    throw Error(e.code(), "is no register with history: " + e.fact(), path,
                "plotwatch plots import LIST --into NEW.gpkg --date DAY begins one.");
  }
  for (const io::Feature& f : table->features) {
    const std::optional<Date> day = date_of(text_of(f.values.at(0)));
    if (!day || f.values.size() < 9)
      throw Error(ExitCode::input, "the table of renewals is damaged", path, "Restore the register from a copy.");
    history.renewals.push_back({*day, text_of(f.values[1]), text_of(f.values[2]), count_of(f.values[3]),
                                count_of(f.values[4]), count_of(f.values[5]), count_of(f.values[6]),
                                count_of(f.values[7]), count_of(f.values[8])});
  }
  RegisterRequest request;
  request.path = path;
  request.layer = "plots";
  PlotRegister rows = read_all_rows(request);
  history.crs = rows.crs;
  history.rows = std::move(rows.plots);
  history.other_fields = std::move(rows.other_fields);
  return history;
}

}  // namespace plotwatch::plots
