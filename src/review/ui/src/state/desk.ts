// The reviewer's desk: the queue, the case that lies on it, and what is done with it.
import { batch, effect, signal, untracked } from '@preact/signals';
import { ApiError } from '../api/client';
import type { CaseDetail, CaseSummary, Judgement } from '../api/types';
import { defaultPair, type Pair } from '../compare/dates';
import type { Shown } from '../compare/stage';
import { fromQuery, noFilters, toQuery, type Filters } from './filters';
import { caseFacts, forgetFacts, keepFacts, warm, type Frame } from './prefetch';
import { Queue } from './queue';
import { replaceRoute, route } from './route';
import { Saying, type Said } from './saying';
import { account } from './session';

export const queue = new Queue();
export const saying = new Saying();
export const filters = signal<Filters>(noFilters);
export const place = signal(-1); // of the current case in the queue; -1: not in it
export const current = signal<CaseSummary | null>(null);
export const detail = signal<CaseDetail | null>(null); // of the current case, once it is there
export const trouble = signal<unknown>(null); // why the current case cannot be shown
export const pair = signal<Pair | null>(null);
export const shown = signal<Shown>({ mode: 'swipe', cut: 0.5, blinked: true, score: 0, outline: true, plot: true });
export const middle = signal<'compare' | 'map'>('compare');
export const decided = signal(0); // in this sitting
export const notice = signal(''); // one line for the eye and the screen reader

let frame: Frame | null = null;
export function useFrame(next: Frame): void {
  frame = next;
}

let early: { query: string; there: Promise<void> } | null = null;

// Asks for the list while the session is still being looked up: the first view waits for one answer less.
export function openEarly(): void {
  const next = filtersOfRoute();
  early = { query: toQuery(next).toString(), there: queue.open(next) };
}

export async function openQueue(next: Filters, caseId = ''): Promise<void> {
  filters.value = next;
  forgetFacts();
  const begun = early?.query === toQuery(next).toString() ? early.there : null;
  early = null;
  await begun;
  if (!begun || queue.state.value.failed !== null) await queue.open(next);
  const wanted = caseId || current.value?.id || '';
  const index = wanted ? queue.indexOf(wanted) : 0;
  if (index >= 0 && queue.row(index)) await select(index);
  else if (caseId) await showCase(caseId);
  else await select(0);
}

// Shows the row at this place of the queue, and warms the two after it.
export async function select(index: number): Promise<void> {
  const row = queue.row(index) ?? (await queue.at(index));
  if (!row) {
    if (queue.state.value.total === 0) clear();
    return;
  }
  place.value = index;
  await show(row);
  void warmAround(index);
}

export function step(by: number): Promise<void> {
  const target = Math.max(0, Math.min(queue.state.value.total - 1, place.value + by));
  return target === place.value ? Promise.resolve() : select(target);
}

// A case that need not be in the queue: from a link, the map or the statistics.
export async function showCase(caseId: string): Promise<void> {
  const index = queue.indexOf(caseId);
  if (index >= 0) return select(index);
  place.value = -1;
  try {
    await show(await caseFacts(caseId));
  } catch (error) {
    batch(() => {
      clear();
      trouble.value = error;
    });
  }
}

async function show(row: CaseSummary): Promise<void> {
  batch(() => {
    current.value = row;
    trouble.value = null;
    if (detail.value?.id !== row.id) detail.value = null;
  });
  if (route.value.place === 'review') replaceRoute('review', row.id, toQuery(filters.value));
  try {
    const facts = await caseFacts(row.id);
    if (current.value?.id !== row.id) return;
    batch(() => {
      if (detail.value?.id !== facts.id) {
        pair.value = defaultPair(facts);
        shown.value = { ...shown.value, blinked: true };
      }
      detail.value = facts;
    });
  } catch (error) {
    if (current.value?.id === row.id) trouble.value = error;
  }
}

function clear(): void {
  batch(() => {
    current.value = null;
    detail.value = null;
    pair.value = null;
    place.value = -1;
  });
}

async function warmAround(index: number): Promise<void> {
  for (const next of [index + 1, index + 2, index - 1]) {
    const row = next >= 0 ? queue.row(next) ?? (next < queue.state.value.total ? await queue.at(next) : undefined) : undefined;
    if (place.value !== index) return; // the person has moved on
    // What cannot be fetched now is fetched when it is asked for, and then says what is wrong.
    if (row && frame) await warm(row.id, frame).catch(() => {});
  }
}

// Takes what the server says of a case now. An answer may leave out pictures and history: then they are asked for.
export function take(updated: CaseDetail): void {
  queue.update(updated);
  if (current.value?.id === updated.id) current.value = { ...current.value, ...updated };
  if (!Array.isArray(updated.views)) {
    forgetFacts(updated.id);
    if (current.value?.id === updated.id) void showCase(updated.id);
    return;
  }
  keepFacts(updated);
  if (current.value?.id === updated.id) detail.value = updated;
}
saying.onSaved = take;

// Says it and goes on at once; the answer of the server is awaited behind.
export async function judge(judgement: Judgement, reason: string, note = ''): Promise<void> {
  const found = current.value;
  const who = account();
  if (!found || !who) return;
  const said: Said = { caseId: found.id, judgement, reason, note, expected: found.sequence, actor: who.name };
  queue.update({ id: found.id, judgement, judged_by: who.name, second_person: false });
  forgetFacts(found.id);
  decided.value += 1;
  void saying.say(said);
  if (place.value >= 0) await step(1);
}

// Takes the last verdict back, wherever it was given, and goes there.
export async function undo(send: (caseId: string, expected: number) => Promise<CaseDetail>): Promise<CaseDetail | null> {
  await saying.flush();
  const last = saying.done.value[saying.done.value.length - 1];
  if (!last) return null;
  let updated: CaseDetail;
  try {
    updated = await send(last.caseId, last.sequence);
  } catch (error) {
    const gone = error instanceof ApiError && (error.status === 409 || error.status === 422);
    if (gone) saying.done.value = saying.done.value.slice(0, -1); // somebody spoke after it: not ours to take back
    throw error;
  }
  saying.done.value = saying.done.value.slice(0, -1);
  decided.value = Math.max(0, decided.value - 1);
  take(updated);
  await showCase(updated.id);
  return updated;
}

let seated = ''; // who sat here last

// A session that ended goes on where it was; another person finds nothing of it, and says nothing in its name.
effect(() => {
  const who = account();
  if (!who) return;
  untracked(() => {
    if (seated && seated !== who.name) {
      saying.forget();
      forgetFacts();
      clear();
      filters.value = noFilters;
      decided.value = 0;
      notice.value = '';
    }
    seated = who.name;
    void saying.flush();
  });
});

// The filters of the address; without a query those that were last in force.
export function filtersOfRoute(): Filters {
  return route.value.bare ? filters.peek() : fromQuery(route.value.query);
}
