// The page's address: "#/review/CASE?open=1&…". After the hash, so that the server has a closed list of files to serve.
import { signal } from '@preact/signals';

export const places = ['review', 'statistics', 'exchange', 'advice', 'accounts', 'audit', 'password'] as const;
export type Place = (typeof places)[number];

export interface Route {
  place: Place;
  caseId: string; // of "review"; may be empty
  query: URLSearchParams;
  bare: boolean; // no query at all: the place's defaults hold
}

export function parseRoute(hash: string): Route {
  const text = hash.replace(/^#\/?/, '');
  const mark = text.indexOf('?');
  const path = mark < 0 ? text : text.slice(0, mark);
  const [place, caseId] = path.split('/');
  let decoded = '';
  try {
    decoded = decodeURIComponent(caseId ?? '');
  } catch {
    // a broken link: shows the queue
  }
  const known = (places as readonly string[]).includes(place ?? '');
  return {
    place: known ? (place as Place) : 'review',
    caseId: known ? decoded : '',
    query: new URLSearchParams(mark < 0 ? '' : text.slice(mark + 1)),
    bare: mark < 0,
  };
}

export function formatRoute(place: Place, caseId = '', query: URLSearchParams | null = null): string {
  const tail = query === null ? '' : `?${query}`;
  return `#/${place}${caseId ? `/${encodeURIComponent(caseId)}` : ''}${tail}`;
}

export const route = signal<Route>(parseRoute(typeof location === 'undefined' ? '' : location.hash));

export function followAddress(): void {
  window.addEventListener('hashchange', () => (route.value = parseRoute(location.hash)));
}

export function go(place: Place, caseId = '', query: URLSearchParams | null = null): void {
  location.hash = formatRoute(place, caseId, query);
}

// Changes the address without an entry in the history: stepping through cases is not something to walk back through.
export function replaceRoute(place: Place, caseId: string, query: URLSearchParams): void {
  history.replaceState(null, '', formatRoute(place, caseId, query));
  route.value = parseRoute(location.hash);
}
