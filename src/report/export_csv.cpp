#include "io/table_text.hpp"
#include "report/export_columns.hpp"

namespace plotwatch::report {

std::string csv_export(const ExportData& data) {
  const SurveyGrid grid(data);
  const std::vector<ExportColumn> columns = export_columns(grid);
  std::vector<std::string> header;
  for (const ExportColumn& c : columns) header.push_back(c.zh);
  header.insert(header.end(), {"核查结论", "核查日期", "核查人", "备注"});
  std::vector<std::vector<io::FieldValue>> rows;
  for (const Candidate& candidate : data.candidates) {
    std::vector<io::FieldValue> row;
    for (const ExportColumn& c : columns) row.push_back(c.value(candidate));
    row.push_back(verdict_words().front());
    row.resize(header.size());
    rows.push_back(std::move(row));
  }
  return io::csv_text(header, rows);
}

}  // namespace plotwatch::report
