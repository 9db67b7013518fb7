// All keys, from the table that listens to them.
import { useEffect, useRef } from 'preact/hooks';
import { words } from '../i18n';
import { bindings, type KeyGroup } from '../state/keys';
import { choices } from '../state/verdicts';

const groups: KeyGroup[] = ['queue', 'compare', 'verdict', 'page'];
const signs: Record<string, string> = {
  ' ': 'Space', ArrowDown: '↓', ArrowUp: '↑', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc', 'Ctrl+z': 'Ctrl Z',
};

export function Help({ onClose }: { onClose: () => void }) {
  const w = words();
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus();
    return () => (before instanceof HTMLElement ? before.focus() : undefined);
  }, []);
  return (
    <aside class="help panel" ref={panel} tabIndex={-1} aria-labelledby="help-title">
      <header>
        <h2 id="help-title">{w.help.title}</h2>
        <button class="quiet" onClick={onClose}>{w.common.close}</button>
      </header>
      <p>{w.help.lead}</p>
      {groups.map((group) => (
        <section key={group}>
          <h3>{w.help.groups[group]}</h3>
          <dl>
            {bindings.filter((b) => b.group === group && b.action !== 'judge').map((binding) => (
              <div key={binding.action}>
                <dt>{binding.keys.map((key) => <kbd key={key}>{signs[key] ?? key}</kbd>)}</dt>
                <dd>{w.help.actions[binding.action]}</dd>
              </div>
            ))}
            {group === 'verdict' && choices.map((choice) => (
              <div key={choice.key}>
                <dt><kbd>{choice.key}</kbd></dt>
                <dd>{w.judgement[choice.judgement]}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </aside>
  );
}
