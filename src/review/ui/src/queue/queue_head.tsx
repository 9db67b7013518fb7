// Above the list: how many, how many can be visited, search, order, filters.
import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api/client';
import { words } from '../i18n';
import { countText } from '../geo/format';
import { Failure } from '../parts/failure';
import { decided, filters, openQueue, queue } from '../state/desk';
import { countConditions, noFilters, sorts, type Filters, type Sort } from '../state/filters';
import { account } from '../state/session';
import { FilterPanel } from './filter_panel';

const typingPause = 250; // ms
const lookEvery = 30_000; // ms

export function change(part: Partial<Filters>): void {
  void openQueue({ ...filters.value, ...part });
}

export function QueueHead() {
  const w = words();
  const { total, sequence, failed } = queue.state.value;
  const [open, setOpen] = useState(false);
  const conditions = countConditions(filters.value);
  return (
    <div class="queue-head">
      <div class="line">
        <h1>{w.queue.title}</h1>
        <span class="count" data-testid="count">{total < 0 ? w.queue.counting : total === 1 ? w.queue.one : w.queue.count(countText(total))}</span>
        <span class="space" />
        <Moved sequence={sequence} />
      </div>
      <Budget total={total} />
      <Search />
      <div class="line">
        <button id="filters-button" aria-expanded={open} aria-controls="filters" onClick={() => setOpen(!open)}>
          {w.queue.filters}{conditions > 0 && <span class="tag">{w.queue.conditions(conditions)}</span>} <kbd>e</kbd>
        </button>
        {conditions > 0 && <button class="quiet" onClick={() => change(noFilters)}>{w.queue.clear}</button>}
        <span class="space" />
        <label class="sort">{w.queue.sort}{' '}
          <select value={filters.value.sort} onChange={(event) => change({ sort: event.currentTarget.value as Sort })}>
            {sorts.map((sort) => <option key={sort} value={sort}>{w.sort[sort]}</option>)}
          </select>
        </label>
      </div>
      {open && <FilterPanel />}
      {failed !== null && <Failure error={failed} retry={() => void openQueue(filters.value)} />}
    </div>
  );
}

function Budget({ total }: { total: number }) {
  const w = words().queue;
  const budget = account()?.budget ?? 0;
  const parts = [];
  if (budget > 0 && total >= 0) parts.push(w.budget(countText(Math.min(budget, total)), countText(budget)));
  if (decided.value > 0) parts.push(w.decided(decided.value));
  return parts.length > 0 ? <p class="soft budget">{parts.join(' · ')}</p> : null;
}

function Search() {
  const w = words().queue;
  const timer = useRef(0);
  const [text, setText] = useState(filters.value.text);
  useEffect(() => setText(filters.value.text), [filters.value.text]);
  function type(next: string): void {
    setText(next);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => change({ text: next }), typingPause);
  }
  return (
    <input type="search" id="search" class="search" value={text} placeholder={w.search} aria-label={w.search}
           onInput={(event) => type(event.currentTarget.value)} />
  );
}

// The list stays as it was asked for; that colleagues or a night have moved the ledger on is said, not forced.
function Moved({ sequence }: { sequence: number }) {
  const w = words().queue;
  const [newest, setNewest] = useState(0);
  useEffect(() => {
    const timer = window.setInterval(() => {
      api.session().then((who) => setNewest(who.ledger.sequence), () => {}); // the next look tells
    }, lookEvery);
    return () => window.clearInterval(timer);
  }, []);
  const moved = newest > sequence + decided.value;
  return (
    <button class={moved ? 'attention' : 'quiet'} title={w.reload} onClick={() => void openQueue(filters.value)}>
      {moved ? w.moved : w.reload} <kbd>r</kbd>
    </button>
  );
}
