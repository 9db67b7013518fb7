// What keys and buttons do with the comparison.
import { detail, pair, shown } from '../state/desk';
import { frameIndex, frames, withDate, type Frame } from './dates';
import type { Mode } from './stage';
import { stageInUse } from './stage_in_use';

const scoreStep = 0.2;
const usualScore = 0.6;

export function setMode(mode: Mode): void {
  shown.value = { ...shown.value, mode };
}

// The first press goes over to blinking, each further one changes the date.
export function blink(): void {
  const now = shown.value;
  shown.value = { ...now, mode: 'blink', blinked: now.mode === 'blink' ? !now.blinked : false };
}

export function setScore(opacity: number): void {
  shown.value = { ...shown.value, score: Math.max(0, Math.min(1, Math.round(opacity * 100) / 100)) };
}
export function toggleScore(): void {
  setScore(shown.value.score > 0 ? 0 : usualScore);
}
export function strengthenScore(by: 1 | -1): void {
  setScore(shown.value.score + by * scoreStep);
}

export function toggle(what: 'outline' | 'plot'): void {
  shown.value = { ...shown.value, [what]: !shown.value[what] };
}

export function fit(): void {
  if (detail.value) stageInUse.value?.goTo(detail.value, pair.value);
}

export function chooseFrame(side: 'before' | 'after', frame: Frame): void {
  const found = detail.value;
  if (!found || !pair.value) return;
  const two = withDate(pair.value, side, frame, found.views);
  // Before is the earlier one, whichever was asked for.
  pair.value = two.after.date < two.before.date ? { before: two.after, after: two.before } : two;
  if (shown.value.mode === 'blink') shown.value = { ...shown.value, blinked: side === 'after' };
}

// One date on; before stays before after.
export function stepDate(side: 'before' | 'after', by: 1 | -1): void {
  const found = detail.value;
  if (!found || !pair.value) return;
  const all = frames(found.views);
  const other = frameIndex(all, side === 'after' ? pair.value.before : pair.value.after);
  const next = frameIndex(all, pair.value[side]) + by;
  const frame = all[next];
  if (frame && (side === 'after' ? next > other : next < other)) chooseFrame(side, frame);
}
