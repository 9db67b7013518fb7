#include "review/case_board.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "review/advice.hpp"

namespace plotwatch::review {
namespace {

// Events that change nothing but the cases of one plot: a judgement may bring other cases of its plot back.
bool of_one_plot(const std::string& kind) {
  static const std::set<std::string> kinds{"judged", "agreed",   "undone",    "assigned",  "annotated",
                                           "closed", "reopened", "penalised", "put_right", "photo_added"};
  return kinds.contains(kind);
}

// Events of the review itself that change no case.
bool of_no_case(const std::string& kind) {
  return kind.starts_with("account_") || (kind.starts_with("review_") && !kind.starts_with("review_advice_"));
}

constexpr std::size_t most_changes = 2000;

}  // namespace

const BoardCase* Board::find(const std::string& id) const {
  const auto found = by_id.find(id);
  return found == by_id.end() ? nullptr : cases[found->second].get();
}

bool more_urgent(const BoardCase& a, const BoardCase& b) {
  const auto key = [](const BoardCase& c) {
    const Date never{9999, 12, 31};
    return std::tuple(!c.record.open, c.record.judgement != Judgement::none, c.record.rule.severity, c.below_threshold,
                      c.record.deadline.value_or(never), -static_cast<int>(c.record.tier), -c.record.confidence);
  };
  const auto first = key(a), second = key(b);
  return first != second ? first < second : a.record.id < b.record.id;
}

std::shared_ptr<const Board> BoardKeeper::current() const {
  const std::lock_guard lock(pointer_);
  return board_;
}

std::shared_ptr<const Board> BoardKeeper::board(std::int64_t at_least) {
  return ledgers_.read([&](const Books& books) {
    const std::int64_t last = books.ledger.last_sequence();
    const auto is_current = [&](const std::shared_ptr<const Board>& b) {
      return b && b->sequence >= std::max(last, at_least) && day_ == today_();
    };
    {
      const std::lock_guard lock(pointer_);
      if (is_current(board_)) return board_;
    }
    std::unique_lock reading(reading_, std::try_to_lock);
    if (!reading.owns_lock()) {
      const std::shared_ptr<const Board> older = current();
      if (older && older->sequence >= at_least) return older;
      reading.lock();
    }
    const std::shared_ptr<const Board> before = current();
    {
      const std::lock_guard lock(pointer_);
      if (is_current(board_)) return board_;
    }
    const Date day = today_();
    std::shared_ptr<const Board> made;
    if (before && day == day_) made = read_changes(books.ledger, *before);
    if (!made) made = read_all(books);
    const std::lock_guard lock(pointer_);
    day_ = day;
    board_ = made;
    return made;
  });
}

namespace {

void index(Board& board) {
  std::sort(board.cases.begin(), board.cases.end(), [](const auto& a, const auto& b) { return more_urgent(*a, *b); });
  board.by_id.clear();
  board.by_id.reserve(board.cases.size());
  for (std::size_t i = 0; i < board.cases.size(); ++i) board.by_id.emplace(board.cases[i]->record.id, i);
}

std::shared_ptr<const BoardCase> make(const Board& board, Case record, std::int64_t sequence, std::string sensor) {
  auto out = std::make_shared<BoardCase>();
  out->box = bounds(record.geometry);
  out->sequence = sequence;
  out->sensor = std::move(sensor);
  out->record = std::move(record);
  out->below_threshold = below_threshold(*out, board.thresholds);
  return out;
}

}  // namespace

std::shared_ptr<const Board> BoardKeeper::read_all(const Books& books) const {
  const ledger::Ledger& ledger = books.ledger;
  auto out = std::make_shared<Board>();
  // First, so that what comes while the rest is read is read again the next time.
  out->sequence = ledger.last_sequence();
  for (ScanRecord& scan : ledger.scans()) out->scans.emplace(scan.id, std::move(scan));
  std::unordered_map<std::string, std::int64_t> last;
  for (const auto& [id, sequence] : books.store.last_events()) last[id] = sequence;
  std::unordered_map<std::string, std::string> scan_of;
  for (auto& [id, scan] : books.store.latest_scans()) scan_of[id] = std::move(scan);
  out->thresholds = accepted_thresholds(books.store);
  for (Case& record : ledger.cases({})) {
    const auto scan = out->scans.find(scan_of[record.id]);
    const std::int64_t sequence = last[record.id];
    out->cases.push_back(make(*out, std::move(record), sequence, scan == out->scans.end() ? "" : scan->second.sensor));
  }
  index(*out);
  auto plots = std::make_shared<BoardPlots>();
  plots->plots = ledger.plots(today_());
  plots->last_clear = ledger.last_clear(today_());
  plots->last_clear.resize(plots->plots.plots.size());
  for (std::size_t i = 0; i < plots->plots.plots.size(); ++i) {
    plots->boxes.push_back(bounds(plots->plots.plots[i].geometry));
    plots->by_code.emplace(plots->plots.plots[i].code, i);
  }
  out->plots = std::move(plots);
  return out;
}

// Empty where everything must be read.
std::shared_ptr<const Board> BoardKeeper::read_changes(const ledger::Ledger& ledger, const Board& before) const {
  const std::vector<LedgerEvent> events = ledger.events_after(before.sequence, most_changes);
  if (events.size() == most_changes) return nullptr;
  std::set<std::string> plots;
  std::unordered_map<std::string, std::int64_t> last;
  auto out = std::make_shared<Board>(before);
  for (const LedgerEvent& event : events) {
    out->sequence = event.sequence;
    if (of_no_case(event.kind)) continue;
    const BoardCase* known = before.find(event.subject);
    if (!of_one_plot(event.kind) || !known) return nullptr;
    plots.insert(known->record.plot_code);
    last[event.subject] = event.sequence;
  }
  for (const std::string& plot : plots) {
    if (plot.empty()) return nullptr;  // ground outside all plots
    ledger::CaseFilter filter;
    filter.plots = {plot};
    for (Case& record : ledger.cases(filter)) {
      const auto at = out->by_id.find(record.id);
      if (at == out->by_id.end()) return nullptr;
      const BoardCase& old = *out->cases[at->second];
      const auto sequence = last.find(record.id);
      out->cases[at->second] =
          make(*out, std::move(record), sequence == last.end() ? old.sequence : sequence->second, old.sensor);
    }
  }
  if (!plots.empty()) index(*out);
  return out;
}

}  // namespace plotwatch::review
