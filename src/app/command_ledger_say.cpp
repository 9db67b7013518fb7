#include <functional>
#include <iostream>
#include <memory>

#include <fmt/format.h>

#include "app/ledger_flags.hpp"
#include "app/register_flags.hpp"
#include "core/error.hpp"

namespace plotwatch::app {
namespace {

using ledger::Access;
using ledger::Ledger;

struct Flags {
  std::string where, id, text, word, day;
  StampFlags stamp;
};
using Action = std::function<void(Ledger&, const Flags&, const Stamp&)>;

std::shared_ptr<Flags> add_action(CLI::App& parent, const char* name, const char* description, Action action,
                                  CLI::App*& command) {
  command = parent.add_subcommand(name, description);
  auto f = std::make_shared<Flags>();
  add_where(*command, f->where);
  command->add_option("CASE", f->id, "Its id")->required();
  f->stamp.add_to(*command);
  command->callback([f, action = std::move(action)] {
    const Stamp stamp = f->stamp.stamp();
    Ledger opened = Ledger::open(f->where, Access::write);
    action(opened, *f, stamp);
    const Case now = opened.find_case(f->id).value();
    std::cout << fmt::format("{}: {}, {}, {}\n", now.id, plotwatch::name(now.tier), plotwatch::name(now.judgement),
                             now.open ? "open" : "closed");
  });
  return f;
}

Judgement judgement_of(const std::string& word) {
  if (const std::optional<Judgement> judgement = parse_judgement(word)) return *judgement;
  throw Error(ExitCode::usage, "'" + word + "' is no judgement", "JUDGEMENT",
              "Choose from suspected, construction, permitted, remediation, farm_work, false_change, unclear.");
}

}  // namespace

void add_ledger_saying(CLI::App& parent) {
  CLI::App* c = nullptr;
  auto f = add_action(
      parent, "judge", "What a person found",
      [](Ledger& l, const Flags& a, const Stamp& s) { l.judge(a.id, judgement_of(a.word), a.text, s); }, c);
  c->add_option("JUDGEMENT", f->word,
                "suspected, construction, permitted, remediation, farm_work, false_change, unclear")
      ->required();
  c->add_option("--reason", f->text, "What was found, or which document allows it; needed unless suspected or unclear");
  c->footer(
      "Example\n  plotwatch ledger judge daxing.gpkg DX-001-20260315-1 construction --reason 现场有基坑 --as 王芳");

  add_action(
      parent, "agree", "A second person agrees to the judgement",
      [](Ledger& l, const Flags& a, const Stamp& s) { l.agree(a.id, s); }, c);
  add_action(
      parent, "undo", "Take the last judgement back; both stay in the record",
      [](Ledger& l, const Flags& a, const Stamp& s) { l.undo(a.id, s); }, c);

  f = add_action(
      parent, "assign", "Give a case to somebody",
      [](Ledger& l, const Flags& a, const Stamp& s) { l.assign(a.id, a.text, s); }, c);
  c->add_option("TO", f->text, "Name of the person or team")->required();

  f = add_action(
      parent, "note", "Write something down",
      [](Ledger& l, const Flags& a, const Stamp& s) { l.annotate(a.id, a.text, s); }, c);
  c->add_option("TEXT", f->text, "The note")->required();

  f = add_action(
      parent, "close", "Nothing is left to be done (销号)",
      [](Ledger& l, const Flags& a, const Stamp& s) { l.close(a.id, a.text, s); }, c);
  c->add_option("--reason", f->text, "Why")->required();

  f = add_action(
      parent, "reopen", "It is to be looked at again",
      [](Ledger& l, const Flags& a, const Stamp& s) { l.reopen(a.id, a.text, s); }, c);
  c->add_option("--reason", f->text, "Why")->required();

  f = add_action(
      parent, "penalised", "A penalty was imposed",
      [](Ledger& l, const Flags& a, const Stamp& s) { l.penalised(a.id, date_flag(a.day, "--date"), a.text, s); }, c);
  c->add_option("--date", f->day, "Day of the decision, YYYY-MM-DD")->required();
  c->add_option("--document", f->text, "Its number")->required();

  f = add_action(
      parent, "put-right", "The construction was put right",
      [](Ledger& l, const Flags& a, const Stamp& s) { l.put_right(a.id, date_flag(a.day, "--date"), a.text, s); }, c);
  c->add_option("--date", f->day, "Day on which that was found, YYYY-MM-DD")->required();
  c->add_option("--note", f->text, "What was done");
}

}  // namespace plotwatch::app
