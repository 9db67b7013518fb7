// Into the field and back: cases as workbook, map and pictures; the filled workbook checked row by row.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "report/case_workbook.hpp"
#include "review/api.hpp"
#include "review/api_error.hpp"
#include "review/case_json.hpp"
#include "review/case_query.hpp"
#include "review/http/multipart.hpp"
#include "review/reasons.hpp"

namespace plotwatch::review {
namespace {

constexpr std::size_t most_exported = 1000;  // pictures of so many fill some 100 MiB

// The newest picture of a case.
std::vector<std::uint8_t> picture_of(const Board& board, const std::vector<Sighting>& sightings) {
  for (auto s = sightings.rbegin(); s != sightings.rend(); ++s) {
    const auto path = scan_path(board, s->scan_id, fmt::format("chips/{:04}.png", s->candidate.rank));
    if (!path) continue;
    std::ifstream in(*path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }
  return {};
}

std::string file_name(const std::string& case_id) {
  std::string out = case_id;
  for (char& c : out)
    if (c == '/' || c == '\\' || c == ':' || static_cast<unsigned char>(c) < 32) c = '_';
  return out;
}

std::string_view code(ImportRow::State state) {
  switch (state) {
    case ImportRow::State::ready: return "ready";
    case ImportRow::State::same: return "same";
    case ImportRow::State::conflict: return "conflict";
    case ImportRow::State::error: return "error";
  }
  return "error";
}

Json row_json(const ImportRow& r) {
  return {{"row", r.row},
          {"case_id", r.case_id},
          {"judgement", r.judgement == Judgement::none ? std::string_view() : plotwatch::code(r.judgement)},
          {"reason", r.reason},
          {"state", code(r.state)},
          {"what", r.what},
          {"what_zh", r.what_zh}};
}

void fail(ImportRow& row, ImportRow::State state, std::string what, std::string what_zh) {
  row.state = state;
  row.what = std::move(what);
  row.what_zh = std::move(what_zh);
}

// What becomes of one row, without writing anything.
ImportRow check(const report::FilledLine& line, const Board& board, std::set<std::string>& seen) {
  ImportRow row;
  row.row = line.row;
  row.case_id = line.case_id;
  using State = ImportRow::State;
  try {
    row.reason = checked_text(line.reason, "reason", 0, 2000);
    row.note = checked_text(line.remarks, "remarks", 0, 10'000);
  } catch (const ApiError& e) {
    fail(row, State::error, e.what(), "文字过长或含有控制字符");
    return row;
  }
  const BoardCase* c = board.find(line.case_id);
  if (!c) {
    fail(row, State::error, "there is no such case", "没有此案件");
    return row;
  }
  if (!line.judgement) {
    fail(row, State::error, "\"" + line.written.substr(0, 60) + "\" is no judgement", "核查结论不在列表中");
    return row;
  }
  row.judgement = *line.judgement;
  if (!seen.insert(line.case_id).second) {
    fail(row, State::error, "this case stands in an earlier row too", "同一案件在前面已出现");
    return row;
  }
  const Case& r = c->record;
  const bool same_judgement =
      row.judgement == Judgement::none ||
      (row.judgement == r.judgement && (row.reason.empty() || row.reason == r.judgement_reason));
  if (same_judgement && row.note.empty()) {
    fail(row, State::same, "nothing new", "无变化");
    return row;
  }
  if (!same_judgement && row.reason.empty() && needs_reason(row.judgement)) {
    fail(row, State::error, "this judgement needs a reason", "此结论必须填写理由");
    return row;
  }
  if (!line.sequence) {
    fail(row, State::error, "the version is missing: it cannot be told whether others said something meanwhile",
         "“版本”一列缺失，无法判断期间是否有他人结论");
    return row;
  }
  row.expected_sequence = c->sequence;                  // what is shown to who decides
  if (same_judgement) row.judgement = Judgement::none;  // a remark alone
  if (c->sequence != *line.sequence) {
    const std::string judged = r.judged_by.empty() ? "" : ": " + std::string(name(r.judgement)) + " by " + r.judged_by;
    fail(row, State::conflict, "the case has moved on since the workbook was exported" + judged,
         "导出后该案件已有变动" +
             (r.judged_by.empty() ? "" : "：" + r.judged_by + " " + std::string(name_zh(r.judgement))));
    return row;
  }
  row.state = State::ready;
  return row;
}

}  // namespace

Response export_cases(Service& service, const Call& call) {
  CaseQuery query = parse_case_query(call.request, call.account().name);
  const auto board = service.keeper.board();
  const auto found = select(*board, query, call.unit(), service.today());
  if (found.size() > most_exported)
    throw ApiError(422, fmt::format("{} cases are more than one export takes ({}).", found.size(), most_exported),
                   fmt::format("共 {} 条，超过单次导出上限 {} 条，请缩小筛选范围。", found.size(), most_exported), "",
                   "Filter by unit, severity or date, and export in parts.");
  std::vector<report::CaseLine> lines;
  Crs crs;
  service.ledgers.read([&](const Books& books) {
    crs = books.ledger.settings().crs;
    for (const BoardCase* c : found)
      lines.push_back({c->record, c->sequence, picture_of(*board, books.ledger.sightings(c->record.id))});
    return 0;
  });
  std::vector<report::Packed> files{{"cases.xlsx", report::case_workbook(lines)},
                                    {"cases.kml", report::case_kml(lines, crs)}};
  for (const report::CaseLine& line : lines)
    if (!line.picture.empty())
      files.push_back({"chips/" + file_name(line.record.id) + ".png", {line.picture.begin(), line.picture.end()}});
  Response out;
  out.content_type = "application/zip";
  out.headers = {
      {"Content-Disposition", fmt::format("attachment; filename=\"plotwatch-{}.zip\"", service.today().iso())},
      {"Cache-Control", "no-store"}};
  out.body = report::pack(files);
  Json filters = Json::object();
  for (const auto& [name, value] : call.request.query) filters[name].push_back(value);
  const Json said{{"cases", lines.size()}, {"filters", filters}, {"address", call.address}};
  service.ledgers.write([&](Books& books) {
    books.store.record("review_exported", "", said.dump(-1, ' ', false, Json::error_handler_t::replace),
                       call.stamp(service));
  });
  return out;
}

Response check_import(Service& service, const Call& call) {
  std::string_view bytes = call.request.body;
  const auto parts = parse_form(call.request.header("content-type"), bytes);
  if (parts) {
    if (parts->size() != 1)
      throw ApiError(400, "The form has not exactly one file.", "请上传一个文件。", "body", "Send one workbook.");
    bytes = parts->front().bytes;
  }
  if (!bytes.starts_with("PK"))
    throw ApiError(415, "This is no XLSX workbook.", "文件不是 XLSX 工作簿。", "body",
                   "Save the filled workbook as XLSX, and send that file.");
  std::vector<report::FilledLine> lines;
  try {
    lines = report::read_case_workbook(bytes);
  } catch (const Error& e) {
    throw ApiError(415, e.fact(), "工作簿无法读取，请使用本系统导出的文件填写。", e.where(), e.advice());
  }
  const auto board = service.keeper.board();
  std::set<std::string> seen;
  std::vector<ImportRow> rows;
  Json shown = Json::array();
  for (const report::FilledLine& line : lines) {
    rows.push_back(check(line, *board, seen));
    shown.push_back(row_json(rows.back()));
  }
  return json_response(
      {{"rows", std::move(shown)}, {"token", service.imports.keep(call.account().name, std::move(rows))}});
}

Response write_import(Service& service, const Call& call) {
  const Fields fields(call.request.body, {"rows"});
  const Json& asked = fields.value("rows");
  if (!asked.is_array()) throw bad_value("rows", "rows is no list of row numbers", "应为行号列表");
  std::set<int> wanted;
  for (const Json& n : asked) {
    if (!n.is_number_integer()) throw bad_value("rows", "rows is no list of row numbers", "应为行号列表");
    wanted.insert(n.get<int>());
  }
  auto rows = service.imports.take(call.account().name, call.at("token"));
  if (!rows) throw not_found();
  const Error moved_on(ExitCode::mismatch, "the case has moved on", "", "");
  int written = 0;
  Json out = Json::array();
  for (ImportRow& row : *rows) {
    if (!wanted.contains(row.row)) continue;
    if (row.state == ImportRow::State::ready || row.state == ImportRow::State::conflict) {
      try {
        service.ledgers.write([&](Books& books) {
          if (books.ledger.last_event(row.case_id) != row.expected_sequence) throw moved_on;
          if (row.judgement != Judgement::none)
            books.ledger.judge(row.case_id, row.judgement, recorded_reason(row.judgement, row.reason),
                               call.stamp(service), row.expected_sequence);
          if (!row.note.empty()) books.ledger.annotate(row.case_id, row.note, call.stamp(service));
        });
        row.state = ImportRow::State::ready;
        ++written;
      } catch (const Error& e) {
        if (e.code() == ExitCode::mismatch)
          fail(row, ImportRow::State::conflict, "the case has moved on since it was checked", "检查后该案件又有变动");
        else
          fail(row, ImportRow::State::error, e.fact(), "台账未接受此行");
      }
    }
    out.push_back(row_json(row));
  }
  service.ledgers.write([&](Books& books) {
    books.store.record("review_imported", "", Json{{"rows", written}, {"address", call.address}}.dump(),
                       call.stamp(service));
  });
  return json_response({{"written", written}, {"rows", std::move(out)}});
}

}  // namespace plotwatch::review
