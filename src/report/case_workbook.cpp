#include "report/case_workbook.hpp"

#include <algorithm>
#include <cstdlib>

#include "core/error.hpp"
#include "io/memory_files.hpp"
#include "io/table.hpp"
#include "io/zip_archive.hpp"
#include "report/export_columns.hpp"
#include "report/number_format.hpp"
#include "report/status_label.hpp"
#include "report/workbook.hpp"

namespace plotwatch::report {
namespace {

constexpr const char* sheet_name = "核查清单";

constexpr Judgement judgements[] = {Judgement::none,         Judgement::suspected,   Judgement::construction,
                                    Judgement::permitted,    Judgement::remediation, Judgement::farm_work,
                                    Judgement::false_change, Judgement::unclear};

std::vector<std::string> judgement_words() {
  std::vector<std::string> out;
  for (const Judgement j : judgements) out.emplace_back(name_zh(j));
  return out;
}

std::optional<Judgement> parse_word(const std::string& text) {
  if (text.empty()) return Judgement::none;
  for (const Judgement j : judgements)
    if (text == name_zh(j) || text == name(j) || text == code(j)) return j;
  return std::nullopt;
}

struct Titled {
  const char* title;
  double width;
};
// The first line of each is what the columns are found by when the workbook comes back.
enum Column {
  id,
  sequence,
  severity,
  plot,
  plot_name,
  status,
  unit,
  change,
  area,
  place,
  first_seen,
  last_seen,
  tier,
  deadline,
  assigned,
  basis,
  picture,
  judgement,
  reason,
  remarks,
  columns
};
constexpr Titled titles[columns] = {{"案件编号\ncase", 24},
                                    {"版本\nversion", 8},
                                    {"等级\nseverity", 7},
                                    {"地块代码\nplot", 14},
                                    {"地块名称\nname", 20},
                                    {"地块状态\nstatus", 18},
                                    {"责任单位\nunit", 16},
                                    {"疑似变化\nsuspected", 16},
                                    {"面积 m²\narea", 9},
                                    {"经纬度\nlongitude, latitude", 22},
                                    {"首次发现\nfirst seen", 11},
                                    {"最近发现\nlast seen", 11},
                                    {"确认程度\ntier", 10},
                                    {"核查期限\nvisit by", 11},
                                    {"承办人\nassigned to", 12},
                                    {"原因与依据\nreason and basis", 40},
                                    {"前后影像\nbefore | after", 12},
                                    {"核查结论\njudgement", 14},
                                    {"理由\nreason", 30},
                                    {"备注\nremarks", 30}};

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

std::vector<io::FieldValue> cells(const CaseLine& line) {
  const Case& c = line.record;
  std::vector<io::FieldValue> out(columns);
  out[id] = c.id;
  out[sequence] = static_cast<long long>(line.sequence);
  out[severity] = std::string(name(c.rule.severity));
  out[plot] = c.plot_code;
  out[plot_name] = c.plot_name;
  out[status] = status_label(c.plot_status).zh;
  out[unit] = c.unit;
  out[change] = std::string(name_zh(c.transition));
  out[area] = rounded(c.area_m2, 0);
  out[place] = fixed(c.representative_lonlat.x, 6) + ", " + fixed(c.representative_lonlat.y, 6);
  out[first_seen] = c.first_seen.iso();
  out[last_seen] = c.last_seen.iso();
  out[tier] = std::string(name_zh(c.tier));
  out[deadline] = c.deadline ? c.deadline->iso() : "";
  out[assigned] = c.assigned_to;
  const std::string on = marked_basis(c.rule);
  out[basis] = c.rule.reason_zh + (on.empty() ? "" : "\n" + on);
  out[judgement] = std::string(name_zh(c.judgement));
  out[reason] = c.judgement_reason;
  return out;
}

Candidate as_candidate(const Case& c, int rank) {
  Candidate out;
  out.id = c.id;
  out.rank = rank;
  out.plot_code = c.plot_code;
  out.plot_name = c.plot_name;
  out.plot_status = c.plot_status;
  out.plot_unit = c.unit;
  out.geometry = c.geometry;
  out.representative_lonlat = c.representative_lonlat;
  out.transition = c.transition;
  out.first_date = c.last_clear_before;
  out.last_date = c.last_seen;
  out.area_m2 = c.area_m2;
  out.mean_score = c.mean_score;
  out.confidence = c.confidence;
  out.verdict = c.rule;
  out.verdict.deadline = c.deadline;
  return out;
}

Error no_such_workbook(const std::string& what) {
  return Error(ExitCode::input, what, "the workbook",
               "Fill in the workbook that was exported here, and save it as XLSX with its header row.");
}

std::string text_of(const io::FieldValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* whole = std::get_if<long long>(&value)) return std::to_string(*whole);
  if (const auto* real = std::get_if<double>(&value)) return fixed(*real, 0);
  return {};
}

}  // namespace

std::string case_workbook(const std::vector<CaseLine>& lines) {
  Workbook book("疑似建设核查清单");
  lxw_worksheet* sheet = book.add(sheet_name);
  std::vector<std::vector<std::uint8_t>> pictures;
  for (const CaseLine& line : lines) pictures.push_back(line.picture);
  std::vector<std::pair<std::string, double>> head;
  for (const Titled& t : titles) head.emplace_back(t.title, t.width);
  head[picture].second = std::max(head[picture].second, widest_picture(pictures) / 7.0 + 2);
  put_header(book, sheet, head);
  worksheet_freeze_panes(sheet, 1, 1);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::vector<io::FieldValue> values = cells(lines[i]);
    for (std::size_t c = 0; c < values.size(); ++c)
      book.put(sheet, row(i + 1), column(c), values[c],
               c == severity ? book.severity(lines[i].record.rule.severity) : book.cell());
    const bool shown = !lines[i].picture.empty();
    worksheet_set_row(sheet, row(i + 1), shown ? points_a_row : 48, nullptr);
    if (shown) add_picture(sheet, i + 1, picture, lines[i].picture);
  }
  add_choice(sheet, lines.size(), judgement, judgement_words());
  if (!lines.empty()) worksheet_autofilter(sheet, 0, 0, row(lines.size()), column(columns - 1));
  worksheet_set_landscape(sheet);
  worksheet_set_paper(sheet, 8);  // A3
  worksheet_fit_to_pages(sheet, 1, 0);
  worksheet_repeat_rows(sheet, 0, 0);
  lxw_worksheet* notes = book.add("说明");
  worksheet_set_column(notes, 0, 0, 110, nullptr);
  const char* const texts[] = {
      suspected_zh, suspected_en,
      "请只填写“核查结论”“理由”“备注”三列；“案件编号”“版本”两列请勿改动。 Fill in judgement, reason and remarks; leave "
      "case "
      "and version as they are.",
      "导入时逐行检查，若该案件期间已有他人结论，则提示冲突而不覆盖。 Each row is checked when it is imported; nothing "
      "that "
      "others said meanwhile is overwritten.",
      "标有“未经核实”的依据尚无人对照法律原文确认，不得作为正式引用。 A basis marked not verified must not be quoted."};
  for (std::size_t i = 0; i < std::size(texts); ++i) worksheet_write_string(notes, row(i), 0, texts[i], book.cell());
  return book.finish();
}

std::string case_kml(const std::vector<CaseLine>& lines, const Crs& crs) {
  ExportData data;
  data.crs = crs;
  for (std::size_t i = 0; i < lines.size(); ++i)
    data.candidates.push_back(as_candidate(lines[i].record, static_cast<int>(i + 1)));
  return kml_text(data);
}

std::vector<FilledLine> read_case_workbook(std::string_view bytes) {
  // A small archive may unpack to anything: its size is looked at before a reader meets it.
  io::read_zip(bytes, "the workbook", {.entries = 8192, .bytes = std::uint64_t{256} << 20});
  io::MemoryFolder folder;
  const std::string file = folder.add("cases.xlsx", bytes);
  io::Table table;
  try {
    table = io::read_table(file, sheet_name);
  } catch (const Error& e) {
    throw no_such_workbook("it cannot be read: " + e.fact());
  }
  int at[columns];
  for (int c = 0; c < columns; ++c) {
    const auto found = std::find_if(table.fields.begin(), table.fields.end(),
                                    [&](const std::string& f) { return first_line(f) == first_line(titles[c].title); });
    at[c] = found == table.fields.end() ? -1 : static_cast<int>(found - table.fields.begin());
  }
  for (const Column needed : {id, sequence, judgement, reason, remarks})
    if (at[needed] < 0) throw no_such_workbook("the column \"" + first_line(titles[needed].title) + "\" is missing");
  std::vector<FilledLine> out;
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    const auto cell = [&](Column c) { return text_of(table.rows[r][static_cast<std::size_t>(at[c])]); };
    FilledLine line;
    line.row = static_cast<int>(r) + 2;
    line.case_id = cell(id);
    line.written = cell(judgement);
    line.reason = cell(reason);
    line.remarks = cell(remarks);
    if (line.case_id.empty() && line.written.empty() && line.reason.empty()) continue;
    char* end = nullptr;
    const std::string version = cell(sequence);
    const long long number = std::strtoll(version.c_str(), &end, 10);
    if (!version.empty() && *end == '\0') line.sequence = number;
    line.judgement = parse_word(line.written);
    out.push_back(std::move(line));
  }
  return out;
}

std::string pack(const std::vector<Packed>& files) {
  std::vector<io::ZipEntry> entries;
  for (const Packed& file : files) entries.push_back({file.name, true, file.bytes});
  return io::make_zip(entries);
}

}  // namespace plotwatch::report
