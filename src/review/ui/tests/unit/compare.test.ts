import { describe, expect, it } from 'vitest';
import type { Sighting, View } from '../../src/api/types';
import { daysBetween, defaultPair, frames, ofOneScan, withDate } from '../../src/compare/dates';
import { splitIndices } from '../../src/evidence/indices';
import { registrationQuality } from '../../src/evidence/registration';
import { spacedLabels, timeScale } from '../../src/evidence/scale';

const view = (scan_id: string, side: 'before' | 'after', date: string, seen: boolean | null = null): View => ({
  scan_id, side, date, scene: `S${date}`, image: `${scan_id}/${side}`, score: null, crs_epsg: 4527, proj4: '', clear_share: 1, seen,
});
const views = [view('s1', 'before', '2026-01-01'), view('s1', 'after', '2026-02-01', false), view('s2', 'before', '2026-02-01'),
               view('s2', 'after', '2026-03-01', true), view('s3', 'before', '2026-03-01'), view('s3', 'after', '2026-04-01', true)];
const sighting = (scan_id: string, after_date: string) => ({ scan_id, after_date }) as Sighting;

describe('dates of a case', () => {
  it('are one frame a scene, in order, however many scans show it', () => {
    expect(frames(views).map((frame) => [frame.date, frame.views.length, frame.seen])).toEqual(
      [['2026-01-01', 1, null], ['2026-02-01', 2, false], ['2026-03-01', 2, true], ['2026-04-01', 1, true]]);
  });
  it('start with both sides of the scan that first saw it', () => {
    const pair = defaultPair({ views, sightings: [sighting('s3', '2026-04-01'), sighting('s2', '2026-03-01')] })!;
    expect([pair.before.image, pair.after.image]).toEqual(['s2/before', 's2/after']);
    expect(ofOneScan(pair)).toBe(true);
  });
  it('do with what there is', () => {
    expect(defaultPair({ views: [], sightings: [] })).toBeNull();
    const single = defaultPair({ views: [views[0]!], sightings: [] })!;
    expect(single.before).toBe(single.after);
  });
  it('take the pictures of one scan wherever one has both', () => {
    const all = frames(views);
    const start = { before: views[0]!, after: views[1]! };
    const later = withDate(start, 'before', all[1]!, views);
    const moved = withDate({ before: later.before, after: views[3]! }, 'after', all[2]!, views);
    expect([moved.before.image, moved.after.image]).toEqual(['s2/before', 's2/after']);
  });
  it('keep the other side when no scan has both', () => {
    const moved = withDate({ before: views[0]!, after: views[1]! }, 'after', frames(views)[3]!, views);
    expect([moved.before.image, moved.after.image, ofOneScan(moved)]).toEqual(['s1/before', 's3/after', false]);
  });
  it('lie days apart', () => expect(daysBetween('2026-02-27', '2026-03-02')).toBe(3));
});

describe('evidence', () => {
  it('pairs indices of both dates and lists the rest', () => {
    expect(splitIndices({ ndvi_before: 0.6, ndvi_after: 0.2, peak: 3, bsi_after: 1 })).toEqual(
      { slopes: [{ name: 'ndvi', before: 0.6, after: 0.2 }], rest: [['bsi_after', 1], ['peak', 3]] });
  });
  it('says how well pictures lie on each other', () => {
    expect([0.1, 0.25, 0.4, 0.9].map(registrationQuality)).toEqual(['good', 'good', 'fair', 'poor']);
  });
  it('spreads dates evenly in time', () => {
    const x = timeScale(['2026-01-01', '2026-01-11', '2026-01-31'], 320, 10);
    expect(['2026-01-01', '2026-01-11', '2026-01-31'].map(x)).toEqual([10, 110, 310]);
    expect(timeScale(['2026-01-01'], 320, 10)('2026-01-01')).toBe(160);
  });
  it('labels only what has room, the last date always', () => {
    expect(spacedLabels([0, 30, 60, 70], 50)).toEqual([false, false, false, true].map((_, i) => i === 3 || i === 0));
  });
});
