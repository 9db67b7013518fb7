import { describe, expect, it } from 'vitest';
import { countConditions, fromQuery, noFilters, toggled, toQuery, type Filters } from '../../src/state/filters';

const full: Filters = {
  openness: 'closed', units: ['魏善庄镇', 'A & B'], statuses: ['listed'], rules: ['r1', 'r2'], severities: ['P0', 'P2'], tiers: ['gone'],
  judgements: ['none', 'unclear'], overdue: true, mine: true, from: '2026-03-01', to: '2026-11-23', text: '示例 41', sort: 'area',
};

describe('filters and their query', () => {
  it('come back as they went', () => {
    expect(fromQuery(new URLSearchParams(toQuery(full).toString()))).toEqual(full);
    expect(fromQuery(toQuery(noFilters))).toEqual(noFilters);
    expect(fromQuery(toQuery({ ...noFilters, openness: 'all' })).openness).toBe('all');
  });
  it('speak the words of the API, keys repeated', () => {
    expect(toQuery(noFilters).toString()).toBe('open=1');
    expect(decodeURIComponent(toQuery(full).toString())).toBe(
      'open=0&unit=魏善庄镇&unit=A+&+B&status=listed&rule=r1&rule=r2&severity=P0&severity=P2&tier=gone&judgement=none&judgement=unclear' +
      '&overdue=1&mine=1&from=2026-03-01&to=2026-11-23&text=示例+41&sort=area');
  });
  it('leave out what they do not understand', () => {
    const odd = fromQuery(new URLSearchParams('severity=P9&severity=P1&tier=x&from=yesterday&sort=random&open=1'));
    expect(odd).toEqual({ ...noFilters, severities: ['P1'] });
  });
});

it('counts the conditions that narrow the list', () => {
  expect(countConditions(noFilters)).toBe(0);
  expect(countConditions({ ...noFilters, sort: 'area' })).toBe(0);
  expect(countConditions(full)).toBe(11);
});

it('toggles a value in a list', () => {
  expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
  expect(toggled(['b'], 'a')).toEqual(['b', 'a']);
});
