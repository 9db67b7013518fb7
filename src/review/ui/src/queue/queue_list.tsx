// The list, of which only what is in sight is drawn.
import { useEffect, useRef, useState } from 'preact/hooks';
import { words } from '../i18n';
import { place, queue } from '../state/desk';
import { account } from '../state/session';
import { countText } from '../geo/format';
import { QueueRow, rowHeight } from './queue_row';

const spare = 8; // rows drawn beyond the edges, so that scrolling shows no gap
// Browsers stop at some 17 million pixels of height; beyond that the list would be cut off.
const tallest = 16_000_000;

export function visibleRange(top: number, height: number, total: number): [number, number] {
  const from = Math.max(0, Math.floor(top / rowHeight) - spare);
  return [from, Math.min(total, Math.ceil((top + height) / rowHeight) + spare)];
}

export function QueueList() {
  const w = words().queue;
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const { total } = queue.state.value;
  const at = place.value;
  const [from, to] = visibleRange(view.top, view.height, Math.max(0, total));

  useEffect(() => {
    const element = box.current!;
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const watcher = new ResizeObserver(measure);
    watcher.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      watcher.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);
  useEffect(() => {
    if (total > 0) queue.ensure(from, to);
  }, [from, to, total]);
  useEffect(() => keepInSight(box.current!, at), [at, total]);

  const budget = account()?.budget ?? 0;
  const rows = [];
  for (let index = from; index < to; ++index) {
    rows.push(<QueueRow key={index} index={index} row={queue.row(index)} current={index === at} total={total} />);
  }
  return (
    <div class="list" ref={box} role="listbox" tabIndex={0} aria-label={w.list} aria-activedescendant={at >= 0 ? `row-${at}` : undefined}
         onKeyDown={(event) => event.key === 'Enter' && document.getElementById('case')?.focus()}>
      <div class="all" role="presentation" style={{ height: `${Math.min(tallest, Math.max(0, total) * rowHeight)}px` }}>
        {rows}
        {budget > 0 && total > budget && budget >= from && budget < to && (
          <div class="budget-line" role="presentation" style={{ top: `${budget * rowHeight}px` }}>
            <span>{w.budgetEnds(countText(budget))}</span>
          </div>
        )}
      </div>
      {total === 0 && <p class="empty">{w.empty}</p>}
    </div>
  );
}

function keepInSight(element: HTMLElement, index: number): void {
  if (index < 0) return;
  const top = index * rowHeight;
  if (top < element.scrollTop) element.scrollTop = top;
  else if (top + rowHeight > element.scrollTop + element.clientHeight) {
    element.scrollTop = top + rowHeight - element.clientHeight;
  }
}

