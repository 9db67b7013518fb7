// What the keys of state/keys.ts do here.
import { blink, fit, setMode, stepDate, strengthenScore, toggle, toggleScore } from '../compare/moves';
import { stageInUse } from '../compare/stage_in_use';
import { switchLanguage, helpOpen } from '../parts/shell';
import { actions, undoLast } from '../state/actions';
import { current, detail, filters, middle, openQueue, select, shown, step } from '../state/desk';
import { actionOf, belongsToPage, type KeyAction } from '../state/keys';
import { may } from '../state/session';
import { choices } from '../state/verdicts';
import { asking, choose } from '../verdict/verdict_panel';
import { attempt, mayAgree } from '../verdict/after_verdict';

function focus(id: string): void {
  const element = document.getElementById(id);
  element?.focus();
  if (element instanceof HTMLInputElement) element.select();
}

function judgeBy(key: string): void {
  const choice = choices.find((entry) => entry.key === key);
  if (choice && current.value && may('judge')) choose(choice, current.value);
}

function closeOrReopen(): void {
  const folded = document.getElementById('further');
  if (!(folded instanceof HTMLDetailsElement)) return;
  folded.open = true;
  focus('close-reason');
}

function leave(): void {
  if (asking.value) asking.value = null;
  else if (helpOpen.value) helpOpen.value = false;
  else if (shown.value.mode === 'blink') setMode('swipe');
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

const does: Record<KeyAction, (key: string) => void> = {
  next: () => void step(1),
  previous: () => void step(-1),
  first: () => void select(0),
  reload: () => void openQueue(filters.value),
  search: () => focus('search'),
  filters: () => document.getElementById('filters-button')?.click(),
  open_map: () => (middle.value = middle.value === 'map' ? 'compare' : 'map'),
  blink,
  swipe: () => setMode('swipe'),
  side: () => setMode('side'),
  earlier: () => stepDate('after', -1),
  later: () => stepDate('after', 1),
  before_earlier: () => stepDate('before', -1),
  before_later: () => stepDate('before', 1),
  score: toggleScore,
  score_less: () => strengthenScore(-1),
  score_more: () => strengthenScore(1),
  outline: () => toggle('outline'),
  plot: () => toggle('plot'),
  fit,
  zoom_in: () => stageInUse.value?.zoomBy(1),
  zoom_out: () => stageInUse.value?.zoomBy(-1),
  judge: judgeBy,
  undo: () => void undoLast(),
  agree: () => detail.value && mayAgree(detail.value) && void attempt(actions.agree()),
  assign: () => focus('assign'),
  note: () => focus('note'),
  close_case: closeOrReopen,
  help: () => (helpOpen.value = !helpOpen.value),
  language: switchLanguage,
  leave,
};

// Returns what stops it again.
export function listenToKeys(): () => void {
  const listen = (event: KeyboardEvent) => {
    const action = actionOf(event);
    if (action === null || event.defaultPrevented || !belongsToPage(event, event.target)) return;
    if (event.repeat && action !== 'next' && action !== 'previous') return;
    event.preventDefault();
    performance.mark('key', { startTime: event.timeStamp });
    does[action](event.key);
  };
  window.addEventListener('keydown', listen);
  return () => window.removeEventListener('keydown', listen);
}
