import { describe, expect, it } from 'vitest';
import { actionOf, bindings } from '../../src/state/keys';
import { formatRoute, parseRoute } from '../../src/state/route';
import { roleMay } from '../../src/state/session';
import { choices } from '../../src/state/verdicts';
import { photoFits } from '../../src/verdict/photos';

const press = (key: string, held: Partial<{ ctrlKey: boolean; metaKey: boolean; altKey: boolean }> = {}) =>
  actionOf({ key, ctrlKey: false, metaKey: false, altKey: false, ...held });

describe('keys', () => {
  it('mean one thing each', () => {
    const all = bindings.flatMap((binding) => binding.keys);
    expect(new Set(all).size).toBe(all.length);
  });
  it('do what the table says, with Caps Lock too', () => {
    expect([press('j'), press('J'), press(' '), press('3'), press('?'), press('ArrowDown')]).toEqual(['next', 'next', 'blink', 'judge', 'help', 'next']);
  });
  it('leave the browser its own', () => {
    expect(press('r', { ctrlKey: true })).toBeNull();
    expect(press('d', { altKey: true })).toBeNull();
    expect([press('z', { ctrlKey: true }), press('z', { metaKey: true }), press('z')]).toEqual(['undo', 'undo', null]);
  });
  it('have a verdict for every number', () => expect(choices.map((choice) => choice.key)).toEqual(['1', '2', '3', '4', '5', '6', '7']));
});

describe('addresses', () => {
  it('come back as they went', () => {
    const query = new URLSearchParams({ unit: '安定镇' });
    const route = parseRoute(formatRoute('review', 'DX-1/2 ?', query));
    expect([route.place, route.caseId, route.query.get('unit'), route.bare]).toEqual(['review', 'DX-1/2 ?', '安定镇', false]);
  });
  it('show the queue where they are broken', () => {
    for (const hash of ['', '#/nowhere/x', '#/review/%E0%A4%A']) expect([parseRoute(hash).place, parseRoute(hash).caseId]).toEqual(['review', '']);
    expect(parseRoute('').bare).toBe(true);
  });
});

it('gives each role what it may do', () => {
  const may = (role: 'viewer' | 'inspector' | 'supervisor' | 'administrator') =>
    (['judge', 'assign', 'agree', 'close', 'exchange', 'advise', 'administer'] as const).filter((action) => roleMay(role, action));
  expect(may('viewer')).toEqual([]);
  expect(may('inspector')).toEqual(['judge', 'assign']);
  expect(may('supervisor')).toEqual(['judge', 'assign', 'agree', 'close', 'exchange', 'advise']);
  expect(may('administrator')).toContain('administer');
});

it('takes photos of three kinds and 20 MiB', () => {
  const limit = 20 * 2 ** 20;
  expect(photoFits({ size: limit, type: 'image/webp' })).toBe(true);
  expect(photoFits({ size: limit + 1, type: 'image/jpeg' })).toBe(false);
  expect(photoFits({ size: 10, type: 'image/svg+xml' })).toBe(false);
});
