import { words } from '../i18n';
import { middle, shown } from '../state/desk';
import { blink, fit, setMode, toggle, toggleScore } from './moves';
import type { Mode } from './stage';

export function Tools() {
  const w = words().compare;
  const now = shown.value;
  const modes: [Mode, string, string][] = [['swipe', w.swipe, 'w'], ['side', w.side, 'd'], ['blink', w.blink, '␣']];
  return (
    <div class="tools" role="toolbar" aria-label={w.modes}>
      <span class="group" role="group" aria-label={w.modes}>
        {modes.map(([mode, text, key]) => (
          <button key={mode} aria-pressed={now.mode === mode} onClick={() => (mode === 'blink' ? blink() : setMode(mode))}>
            {text} <kbd>{key}</kbd>
          </button>
        ))}
      </span>
      <button aria-pressed={now.score > 0} onClick={toggleScore}>{w.score} <kbd>s</kbd></button>
      <button aria-pressed={now.outline} onClick={() => toggle('outline')}><i class="swatch case" />{w.outline} <kbd>o</kbd></button>
      <button aria-pressed={now.plot} onClick={() => toggle('plot')}><i class="swatch plot" />{w.plot} <kbd>p</kbd></button>
      <button onClick={fit}>{w.fit} <kbd>f</kbd></button>
      <span class="space" />
      <button onClick={() => (middle.value = 'map')}>{w.map} <kbd>m</kbd></button>
    </div>
  );
}
