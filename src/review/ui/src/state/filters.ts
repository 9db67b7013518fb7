// What the queue shows, as a value: to and from the page's address, and to the server's query.
import { judgements, severities, tiers } from '../api/types';
import type { Judgement, Severity, Tier } from '../api/types';

export const sorts = ['priority', 'deadline', 'first_seen', 'area'] as const;
export type Sort = (typeof sorts)[number];
export type Openness = 'open' | 'closed' | 'all';

export interface Filters {
  openness: Openness;
  units: string[];
  statuses: string[];
  rules: string[];
  severities: Severity[];
  tiers: Tier[];
  judgements: Judgement[];
  overdue: boolean;
  mine: boolean;
  from: string; // first seen, "" or "2026-03-15"
  to: string;
  text: string;
  sort: Sort;
}

export const noFilters: Filters = {
  openness: 'open', units: [], statuses: [], rules: [], severities: [], tiers: [], judgements: [], overdue: false,
  mine: false, from: '', to: '', text: '', sort: 'priority',
};

const lists = [
  ['unit', 'units'], ['status', 'statuses'], ['rule', 'rules'], ['severity', 'severities'], ['tier', 'tiers'],
  ['judgement', 'judgements'],
] as const;

// The query of GET /api/cases; also what stands in the address, so that a link shows the same list to a colleague.
export function toQuery(filters: Filters): URLSearchParams {
  const query = new URLSearchParams();
  if (filters.openness !== 'all') query.set('open', filters.openness === 'open' ? '1' : '0');
  for (const [key, member] of lists) for (const value of filters[member]) query.append(key, value);
  if (filters.overdue) query.set('overdue', '1');
  if (filters.mine) query.set('mine', '1');
  if (filters.from) query.set('from', filters.from);
  if (filters.to) query.set('to', filters.to);
  if (filters.text.trim()) query.set('text', filters.text.trim());
  if (filters.sort !== 'priority') query.set('sort', filters.sort);
  return query;
}

const day = /^\d{4}-\d{2}-\d{2}$/;

function known<T extends string>(values: string[], allowed: readonly T[]): T[] {
  return values.filter((value): value is T => (allowed as readonly string[]).includes(value));
}

// Reads an address; what it does not understand is left out, so that an old link still opens.
export function fromQuery(query: URLSearchParams): Filters {
  const open = query.get('open');
  const [sort] = known([query.get('sort') ?? ''], sorts);
  const date = (key: string) => (day.test(query.get(key) ?? '') ? query.get(key)! : '');
  return {
    openness: open === '1' ? 'open' : open === '0' ? 'closed' : 'all',
    units: query.getAll('unit'),
    statuses: query.getAll('status'),
    rules: query.getAll('rule'),
    severities: known(query.getAll('severity'), severities),
    tiers: known(query.getAll('tier'), tiers),
    judgements: known(query.getAll('judgement'), judgements),
    overdue: query.get('overdue') === '1',
    mine: query.get('mine') === '1',
    from: date('from'),
    to: date('to'),
    text: query.get('text') ?? '',
    sort: sort ?? 'priority',
  };
}

// How many conditions narrow the list, for the button that opens them.
export function countConditions(filters: Filters): number {
  const inLists = lists.reduce((sum, [, member]) => sum + (filters[member].length > 0 ? 1 : 0), 0);
  const single = [filters.overdue, filters.mine, filters.from !== '' || filters.to !== '', filters.text.trim() !== '',
                  filters.openness !== 'open'];
  return inLists + single.filter(Boolean).length;
}

export function toggled<T>(values: readonly T[], value: T): T[] {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}
