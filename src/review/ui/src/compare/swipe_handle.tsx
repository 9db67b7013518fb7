// The divider: drawn with the hand, a finger, or the arrow keys.
import { useRef } from 'preact/hooks';
import { words } from '../i18n';
import { shown } from '../state/desk';
import { percentText } from '../geo/format';

const keyStep = 0.05;

export function SwipeHandle() {
  const grip = useRef<HTMLDivElement>(null);
  const { cut } = shown.value;
  const move = (to: number) => (shown.value = { ...shown.value, cut: Math.max(0, Math.min(1, to)) });
  function drag(event: PointerEvent): void {
    const box = grip.current!.parentElement!.getBoundingClientRect();
    if (grip.current!.hasPointerCapture(event.pointerId)) move((event.clientX - box.left) / box.width);
  }
  function press(event: KeyboardEvent): void {
    const by = event.key === 'ArrowLeft' ? -keyStep : event.key === 'ArrowRight' ? keyStep : 0;
    if (by !== 0) move(cut + by);
    else if (event.key === 'Home') move(0);
    else if (event.key === 'End') move(1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  return (
    <div class="handle" ref={grip} style={{ left: `${cut * 100}%` }} role="slider" tabIndex={0} aria-label={words().compare.divider} aria-orientation="horizontal"
         aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(cut * 100)} aria-valuetext={percentText(cut)}
         onPointerDown={(event) => grip.current!.setPointerCapture(event.pointerId)} onPointerMove={drag} onKeyDown={press}>
      <span class="grip" aria-hidden="true">‹ ›</span>
    </div>
  );
}
