// What people say of a case. Every one of these is an event of the chain, written by the ledger in one transaction.
#include "review/api.hpp"
#include "review/api_error.hpp"
#include "review/case_json.hpp"
#include "review/reasons.hpp"

namespace plotwatch::review {
namespace {

constexpr std::size_t longest_reason = 2000, longest_note = 10'000;

Response answer(Service& service, const Call& call, std::int64_t sequence) {
  const auto board = service.keeper.board(sequence);
  return json_response(detail_json(service, *board, visible_case(*board, call, call.at("id"))));
}

// Says something of the case that the caller may see, and answers with the case as it is then. When it has moved on
// from what the caller knew, nothing is said, and the answer is 409 with the case as it is.
template <class Say>
Response say(Service& service, const Call& call, Say say_it) {
  const std::string& id = call.at("id");
  visible_case(*service.keeper.board(), call, id);
  bool moved_on = false;
  const std::int64_t sequence = service.ledgers.write([&](Books& books) {
    try {
      say_it(books, id);
    } catch (const Error& e) {
      moved_on = e.code() == ExitCode::mismatch;
      if (!moved_on) throw;
    }
    return books.ledger.last_sequence();
  });
  if (!moved_on) return answer(service, call, sequence);
  const auto board = service.keeper.board(sequence);
  Response out = ApiError(409, "The case has moved on since you looked at it.", "该案件已有新的变动，请核对后重试。",
                          id, "Look at what changed and decide again.")
                     .response();
  Json body = Json::parse(out.body);
  body["case"] = detail_json(service, *board, visible_case(*board, call, id));
  out = json_response(body, 409);
  return out;
}

}  // namespace

Response judge(Service& service, const Call& call) {
  const Fields fields(call.request.body, {"judgement", "reason", "note", "expected_sequence"});
  const auto judgement = parse_judgement(fields.text("judgement", 1, 40));
  if (!judgement || *judgement == Judgement::none) throw bad_value("judgement", "this is no judgement", "未知的结论");
  std::string reason = fields.text_or("reason", longest_reason, "");
  const std::string note = fields.text_or("note", longest_note, "");
  if (reason.empty() && needs_reason(*judgement))
    throw bad_value("reason", "this judgement needs a reason", "此结论必须填写理由");
  reason = recorded_reason(*judgement, reason);
  const std::int64_t expected = fields.integer("expected_sequence");
  return say(service, call, [&](Books& books, const std::string& id) {
    books.ledger.judge(id, *judgement, reason, call.stamp(service), expected);
    if (!note.empty()) books.ledger.annotate(id, note, call.stamp(service));
  });
}

Response undo(Service& service, const Call& call) {
  const Fields fields(call.request.body, {"expected_sequence"});
  const std::int64_t expected = fields.integer("expected_sequence");
  return say(service, call, [&](Books& books, const std::string& id) {
    const auto found = books.ledger.find_case(id);
    if (found && found->judgement != Judgement::none && found->judged_by != call.account().name)
      throw ApiError(403, "Only who judged can take the judgement back.", "只有作出结论的人可以撤销。", id,
                     "Judge it yourself, or ask " + found->judged_by + ".");
    books.ledger.undo(id, call.stamp(service), expected);
  });
}

Response agree(Service& service, const Call& call) {
  const Fields fields(call.request.body, {"expected_sequence"});
  const auto expected =
      fields.has("expected_sequence") ? std::optional(fields.integer("expected_sequence")) : std::nullopt;
  return say(service, call,
             [&](Books& books, const std::string& id) { books.ledger.agree(id, call.stamp(service), expected); });
}

Response assign(Service& service, const Call& call) {
  const Fields fields(call.request.body, {"to"});
  const std::string to = fields.text("to", 0, 64);
  const bool for_others = call.account().role >= ledger::Role::supervisor;
  return say(service, call, [&](Books& books, const std::string& id) {
    const auto found = books.ledger.find_case(id);
    const bool own = to == call.account().name || (to.empty() && found && found->assigned_to == call.account().name);
    if (!for_others && !own)
      throw ApiError(403, "An inspector takes a case or gives the own one back.",
                     "核查人员只能领取案件或退回自己的案件。", "to", "Ask a supervisor to assign it.");
    if (!to.empty()) {
      const auto account = books.store.find_account(to);
      const bool sees = account && !account->disabled && account->role >= ledger::Role::inspector && found &&
                        (account->role > ledger::Role::inspector || account->unit == found->unit);
      if (!sees) throw bad_value("to", "nobody of this name works on this case", "此人不能处理该案件");
    }
    books.ledger.assign(id, to, call.stamp(service));
  });
}

Response annotate(Service& service, const Call& call) {
  const Fields fields(call.request.body, {"text"});
  const std::string text = fields.text("text", 1, longest_note);
  return say(service, call,
             [&](Books& books, const std::string& id) { books.ledger.annotate(id, text, call.stamp(service)); });
}

Response close_case(Service& service, const Call& call) {
  const Fields fields(call.request.body, {"reason"});
  const std::string reason = fields.text("reason", 1, longest_reason);
  return say(service, call, [&](Books& books, const std::string& id) {
    const auto found = books.ledger.find_case(id);
    if (found && !found->second_person)
      throw ApiError(422, "A case is closed when a second person agreed to its judgement.",
                     "销号前须由第二人复核同意。", id, "Let somebody other than who judged it agree first.");
    books.ledger.close(id, reason, call.stamp(service));
  });
}

Response reopen(Service& service, const Call& call) {
  const Fields fields(call.request.body, {"reason"});
  const std::string reason = fields.text("reason", 1, longest_reason);
  return say(service, call,
             [&](Books& books, const std::string& id) { books.ledger.reopen(id, reason, call.stamp(service)); });
}

Response penalise(Service& service, const Call& call) {
  const Fields fields(call.request.body, {"day", "document"});
  const Date day = fields.date("day");
  const std::string document = fields.text("document", 1, longest_reason);
  return say(service, call, [&](Books& books, const std::string& id) {
    books.ledger.penalised(id, day, document, call.stamp(service));
  });
}

Response remedy(Service& service, const Call& call) {
  const Fields fields(call.request.body, {"day", "note"});
  const Date day = fields.date("day");
  const std::string note = fields.text_or("note", longest_reason, "");
  return say(service, call,
             [&](Books& books, const std::string& id) { books.ledger.put_right(id, day, note, call.stamp(service)); });
}

}  // namespace plotwatch::review
