import { describe, expect, it } from 'vitest';
import type { CasePage, CaseSummary } from '../../src/api/types';
import { visibleRange } from '../../src/queue/queue_list';
import { rowHeight } from '../../src/queue/queue_row';
import { noFilters } from '../../src/state/filters';
import { pageSize, Queue } from '../../src/state/queue';

function server(total: number) {
  const asked: number[] = [];
  let broken = false;
  const fetch = (query: URLSearchParams): Promise<CasePage> => {
    const offset = Number(query.get('offset'));
    asked.push(offset);
    if (broken) return Promise.reject(new Error('away'));
    const count = Math.max(0, Math.min(Number(query.get('limit')), total - offset));
    return Promise.resolve({ total, sequence: 5, cases: Array.from({ length: count }, (_, i) => ({ id: `c${offset + i}`, judgement: 'none' }) as CaseSummary) });
  };
  return { asked, fetch, breakDown: (state: boolean) => (broken = state) };
}

describe('the queue', () => {
  it('fetches only the pages that come into sight, each once', async () => {
    const { asked, fetch } = server(50_000);
    const queue = new Queue(fetch);
    await queue.open(noFilters);
    queue.ensure(0, 20);
    expect(asked).toEqual([0]);
    queue.ensure(30_090, 30_110);
    queue.ensure(30_095, 30_115);
    await queue.at(30_000);
    expect(asked).toEqual([0, 30_000, 30_100]);
    expect(queue.row(30_099)?.id).toBe('c30099');
    expect(queue.row(200)).toBeUndefined();
    expect(queue.state.value.total).toBe(50_000);
  });
  it('never asks beyond its end', async () => {
    const { asked, fetch } = server(150);
    const queue = new Queue(fetch);
    await queue.open(noFilters);
    queue.ensure(0, 10_000);
    await queue.at(149);
    expect(asked).toEqual([0, pageSize]);
  });
  it('keeps a changed row in its place', async () => {
    const queue = new Queue(server(300).fetch);
    await queue.open(noFilters);
    queue.update({ id: 'c7', judgement: 'unclear' });
    expect(queue.row(7)).toEqual({ id: 'c7', judgement: 'unclear' });
    expect(queue.indexOf('c7')).toBe(7);
    expect(queue.indexOf('elsewhere')).toBe(-1);
  });
  it('asks again for a page that failed', async () => {
    const { fetch, breakDown } = server(300);
    const queue = new Queue(fetch);
    await queue.open(noFilters);
    breakDown(true);
    expect(await queue.at(150)).toBeUndefined();
    expect(queue.state.value.failed).toBeInstanceOf(Error);
    breakDown(false);
    expect((await queue.at(150))?.id).toBe('c150');
    expect(queue.state.value.failed).toBeNull();
  });
  it('drops an answer that belongs to filters left behind', async () => {
    let release = (_: CasePage) => {};
    let first = true;
    const queue = new Queue(() => {
      if (!first) return Promise.resolve({ total: 1, sequence: 1, cases: [{ id: 'new' } as CaseSummary] });
      first = false;
      return new Promise((resolve) => (release = resolve));
    });
    const slow = queue.open(noFilters);
    await queue.open({ ...noFilters, text: 'x' });
    release({ total: 9, sequence: 1, cases: [{ id: 'old' } as CaseSummary] });
    await slow;
    expect([queue.state.value.total, queue.row(0)?.id]).toEqual([1, 'new']);
  });
});

it('draws what is in sight and a few rows more', () => {
  expect(visibleRange(0, 10 * rowHeight, 50_000)).toEqual([0, 18]);
  expect(visibleRange(1000 * rowHeight, 10 * rowHeight, 50_000)).toEqual([992, 1018]);
  expect(visibleRange(49_995 * rowHeight, 10 * rowHeight, 50_000)).toEqual([49_987, 50_000]);
  expect(visibleRange(0, 600, 0)).toEqual([0, 0]);
});
