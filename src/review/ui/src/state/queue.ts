// The list of cases, held as pages that are fetched when they come into sight; 50,000 rows cost what is looked at.
import { signal } from '@preact/signals';
import { api } from '../api/client';
import type { CasePage, CaseSummary } from '../api/types';
import type { Filters } from './filters';
import { toQuery } from './filters';

export const pageSize = 100;

export interface QueueState {
  total: number; // -1: not known yet
  sequence: number;
  revision: number; // grows with every change of what rows show
  failed: unknown;
}

type Fetch = (query: URLSearchParams, signal?: AbortSignal) => Promise<CasePage>;

export class Queue {
  readonly state = signal<QueueState>({ total: -1, sequence: 0, revision: 0, failed: null });
  private pages = new Map<number, CaseSummary[]>();
  private asked = new Map<number, Promise<void>>();
  private query = new URLSearchParams();
  private stop = new AbortController();

  constructor(private readonly fetchPage: Fetch = api.cases) {}

  // Starts anew with these filters; resolves when the first page is there.
  async open(filters: Filters): Promise<void> {
    this.stop.abort();
    this.stop = new AbortController();
    this.query = toQuery(filters);
    this.pages.clear();
    this.asked.clear();
    this.state.value = { ...this.state.value, total: -1, failed: null };
    await this.load(0);
  }

  row(index: number): CaseSummary | undefined {
    return this.pages.get(Math.floor(index / pageSize))?.[index % pageSize];
  }

  // Rows [from, to) come into sight.
  ensure(from: number, to: number): void {
    const last = Math.floor(Math.max(from, Math.min(to, this.state.value.total) - 1) / pageSize);
    for (let page = Math.floor(from / pageSize); page <= last; ++page) void this.load(page);
  }

  async at(index: number): Promise<CaseSummary | undefined> {
    await this.load(Math.floor(index / pageSize));
    return this.row(index);
  }

  indexOf(caseId: string): number {
    for (const [page, rows] of this.pages) {
      const place = rows.findIndex((row) => row.id === caseId);
      if (place >= 0) return page * pageSize + place;
    }
    return -1;
  }

  // A case has changed: its row stays where it is, so that the list does not move under the hand.
  update(changed: Partial<CaseSummary> & { id: string }): void {
    const index = this.indexOf(changed.id);
    if (index < 0) return;
    const rows = this.pages.get(Math.floor(index / pageSize))!;
    rows[index % pageSize] = { ...rows[index % pageSize]!, ...changed };
    this.touch({});
  }

  private load(page: number): Promise<void> {
    const running = this.asked.get(page);
    if (running) return running;
    const query = new URLSearchParams(this.query);
    query.set('offset', String(page * pageSize));
    query.set('limit', String(pageSize));
    const { signal: stopped } = this.stop;
    const task = this.fetchPage(query, stopped).then(
      (answer) => {
        if (stopped.aborted) return;
        this.pages.set(page, answer.cases);
        this.touch({ total: answer.total, sequence: answer.sequence, failed: null });
      },
      (error: unknown) => {
        if (stopped.aborted) return;
        this.asked.delete(page); // asked again when it next comes into sight
        this.touch({ failed: error });
      },
    );
    this.asked.set(page, task);
    return task;
  }

  private touch(change: Partial<QueueState>): void {
    const now = this.state.value;
    this.state.value = { ...now, ...change, revision: now.revision + 1 };
  }
}
