// Every key of the page in one table: what listens and what the help shows cannot differ.
export type KeyGroup = 'queue' | 'compare' | 'verdict' | 'page';
export type KeyAction =
  | 'next' | 'previous' | 'first' | 'reload' | 'search' | 'filters' | 'open_map'
  | 'blink' | 'swipe' | 'side' | 'earlier' | 'later' | 'before_earlier' | 'before_later' | 'score' | 'score_less' | 'score_more' | 'outline' | 'plot' | 'fit'
  | 'zoom_in' | 'zoom_out'
  | 'judge' | 'undo' | 'agree' | 'assign' | 'note' | 'close_case'
  | 'help' | 'language' | 'leave';

export interface Binding {
  keys: readonly string[]; // KeyboardEvent.key, "Ctrl+z"
  action: KeyAction;
  group: KeyGroup;
}

export const bindings: readonly Binding[] = [
  { keys: ['j', 'ArrowDown'], action: 'next', group: 'queue' },
  { keys: ['k', 'ArrowUp'], action: 'previous', group: 'queue' },
  { keys: ['Home'], action: 'first', group: 'queue' },
  { keys: ['/'], action: 'search', group: 'queue' },
  { keys: ['e'], action: 'filters', group: 'queue' },
  { keys: ['r'], action: 'reload', group: 'queue' },
  { keys: ['m'], action: 'open_map', group: 'queue' },
  { keys: [' '], action: 'blink', group: 'compare' },
  { keys: ['w'], action: 'swipe', group: 'compare' },
  { keys: ['d'], action: 'side', group: 'compare' },
  { keys: [','], action: 'earlier', group: 'compare' },
  { keys: ['.'], action: 'later', group: 'compare' },
  { keys: ['<'], action: 'before_earlier', group: 'compare' },
  { keys: ['>'], action: 'before_later', group: 'compare' },
  { keys: ['s'], action: 'score', group: 'compare' },
  { keys: ['['], action: 'score_less', group: 'compare' },
  { keys: [']'], action: 'score_more', group: 'compare' },
  { keys: ['o'], action: 'outline', group: 'compare' },
  { keys: ['p'], action: 'plot', group: 'compare' },
  { keys: ['f'], action: 'fit', group: 'compare' },
  { keys: ['+', '='], action: 'zoom_in', group: 'compare' },
  { keys: ['-'], action: 'zoom_out', group: 'compare' },
  { keys: ['1', '2', '3', '4', '5', '6', '7'], action: 'judge', group: 'verdict' },
  { keys: ['u', 'Ctrl+z'], action: 'undo', group: 'verdict' },
  { keys: ['a'], action: 'agree', group: 'verdict' },
  { keys: ['g'], action: 'assign', group: 'verdict' },
  { keys: ['n'], action: 'note', group: 'verdict' },
  { keys: ['x'], action: 'close_case', group: 'verdict' },
  { keys: ['?'], action: 'help', group: 'page' },
  { keys: ['l'], action: 'language', group: 'page' },
  { keys: ['Escape'], action: 'leave', group: 'page' },
];

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

export function actionOf(press: KeyPress): KeyAction | null {
  if (press.altKey) return null;
  const held = press.ctrlKey || press.metaKey;
  const name = (held ? 'Ctrl+' : '') + (press.key.length === 1 ? press.key.toLowerCase() : press.key);
  return bindings.find((binding) => binding.keys.includes(name))?.action ?? null;
}

// Keys belong to the page only where nothing else uses them: not while somebody types, and not where Space or Enter
// press a button or an arrow moves a slider.
export function belongsToPage(press: KeyPress, target: EventTarget | null): boolean {
  if (press.key === 'Escape') return true;
  if (!(target instanceof HTMLElement)) return true;
  if (target.closest('input:not([type=checkbox]):not([type=range]), textarea, select, [contenteditable]')) return false;
  const uses = target.closest('button, a[href], summary, input, [role=slider], [role=option], [role=tab], .ol-viewport');
  if (uses && [' ', 'Enter'].includes(press.key)) return uses.matches('[role=option], [role=slider], .ol-viewport');
  if (press.key.startsWith('Arrow') || press.key === 'Home') return !target.closest('input, [role=slider], .panel');
  return true;
}
