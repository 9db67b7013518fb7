// Which pictures there are of a case, by date, and which two are compared.
import type { CaseDetail, View } from '../api/types';

// All pictures of one scene: it may be the after side of one scan and the before side of the next.
export interface Frame {
  date: string;
  scene: string;
  views: View[];
  seen: boolean | null;
  clearShare: number | null;
}

export interface Pair {
  before: View;
  after: View;
}

export function frames(views: readonly View[]): Frame[] {
  const byScene = new Map<string, Frame>();
  for (const view of views) {
    const key = `${view.date} ${view.scene}`;
    const frame = byScene.get(key) ?? { date: view.date, scene: view.scene, views: [], seen: null, clearShare: null };
    frame.views.push(view);
    if (view.side === 'after') frame.seen = view.seen;
    frame.clearShare ??= view.clear_share;
    byScene.set(key, frame);
  }
  return [...byScene.values()].sort((a, b) => a.date.localeCompare(b.date) || a.scene.localeCompare(b.scene));
}

// The scan in which the case was first seen, both sides of it: the ground as it was and as it became, registered on each
// other. Later dates are one key away.
export function defaultPair(found: Pick<CaseDetail, 'views' | 'sightings'>): Pair | null {
  const scans = [...found.sightings].sort((a, b) => a.after_date.localeCompare(b.after_date)).map((s) => s.scan_id);
  for (const scan of [...scans, ...found.views.map((view) => view.scan_id)]) {
    const before = found.views.find((view) => view.scan_id === scan && view.side === 'before');
    const after = found.views.find((view) => view.scan_id === scan && view.side === 'after');
    if (before && after) return { before, after };
  }
  const all = frames(found.views);
  const first = all[0]?.views[0];
  return first ? { before: first, after: all[all.length - 1]!.views[0]! } : null;
}

// Another date on one side. Where a scan has both sides, its two pictures are taken: registered on each other.
export function withDate(pair: Pair, side: 'before' | 'after', frame: Frame, views: readonly View[]): Pair {
  const own = (wanted: 'before' | 'after') => frame.views.find((view) => view.side === wanted) ?? frame.views[0]!;
  const partner = (chosen: View, wanted: 'before' | 'after', kept: View) =>
    views.find((view) => view.scan_id === chosen.scan_id && view.side === wanted && view.date === kept.date) ?? kept;
  if (side === 'after') {
    const after = frame.views.find((v) => v.side === 'after' && v.scan_id === pair.before.scan_id) ?? own('after');
    return { after, before: partner(after, 'before', pair.before) };
  }
  const before = frame.views.find((v) => v.side === 'before' && v.scan_id === pair.after.scan_id) ?? own('before');
  return { before, after: partner(before, 'after', pair.after) };
}

export function frameIndex(all: readonly Frame[], view: View): number {
  return all.findIndex((frame) => frame.date === view.date && frame.scene === view.scene);
}

// Whether the two pictures come of one scan and so were registered on each other.
export function ofOneScan(pair: Pair): boolean {
  return pair.before.scan_id === pair.after.scan_id && pair.before.side !== pair.after.side;
}

// The days between two dates.
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
