// All dates of the case as small pictures. A press shows that date as after; its corner button as before.
import { useEffect, useRef } from 'preact/hooks';
import { words } from '../i18n';
import { percentText } from '../geo/format';
import { detail, pair } from '../state/desk';
import type { CaseDetail } from '../api/types';
import { frameIndex, frames, type Frame } from './dates';
import { chooseFrame } from './moves';
import { drawThumbnail } from './thumbnail';
import { account } from '../state/session';
import { projectionCode } from '../geo/projections';

export function FilmStrip() {
  const w = words().compare;
  const found = detail.value;
  const two = pair.value;
  if (!found || !two) return <ol class="strip" aria-label={w.strip} />;
  const all = frames(found.views);
  const before = frameIndex(all, two.before);
  const after = frameIndex(all, two.after);
  return (
    <ol class="strip" aria-label={w.strip}>
      {all.map((frame, index) => (
        <li key={`${found.id} ${frame.date} ${frame.scene}`} ref={index === after ? intoSight : null} class={`${index === before ? 'before' : ''} ${index === after ? 'after' : ''}`}>
          <button class="frame" aria-label={w.chooseAfter(frame.date)} aria-pressed={index === after} onClick={() => chooseFrame('after', frame)}>
            <Thumbnail frame={frame} found={found} />
            <span class="line"><b>{frame.date}</b><Mark frame={frame} /></span>
          </button>
          <button class="as-before" aria-label={w.chooseBefore(frame.date)} aria-pressed={index === before} onClick={() => chooseFrame('before', frame)}>
            {index === before ? w.before : w.setBefore}
          </button>
        </li>
      ))}
    </ol>
  );
}

function Mark({ frame }: { frame: Frame }) {
  const w = words().compare;
  const share = frame.clearShare === null ? '' : w.clear(percentText(frame.clearShare));
  if (frame.clearShare !== null && frame.clearShare < 0.5) return <span class="mark" title={share}>☁<span class="hidden">{w.notClear}</span></span>;
  if (frame.seen === null) return <span class="mark" title={share} />;
  return <span class={`mark ${frame.seen ? 'seen' : ''}`} title={share}>{frame.seen ? '●' : '○'}<span class="hidden">{frame.seen ? w.seen : w.notSeen}</span></span>;
}

function Thumbnail({ frame, found }: { frame: Frame; found: CaseDetail }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = frame.views[0]!;
  useEffect(() => {
    const ledger = account()!.ledger;
    const stop = new AbortController();
    // The pictures in the windows come first.
    const timer = window.setTimeout(() => {
      drawThumbnail(canvas.current!, view, found.bbox, projectionCode(ledger.crs_epsg, ledger.proj4), stop.signal)
        .catch(() => canvas.current?.classList.add('missing'));
    }, 60);
    return () => {
      stop.abort();
      window.clearTimeout(timer);
    };
  }, [found.id, view.image]);
  return <canvas ref={canvas} width={112} height={72} aria-hidden="true" />;
}

function intoSight(element: HTMLElement | null): void {
  const strip = element?.parentElement;
  if (!element || !strip) return;
  const over = element.offsetLeft + element.offsetWidth - (strip.scrollLeft + strip.clientWidth);
  if (over > 0) strip.scrollLeft += over + 8;
  else if (element.offsetLeft < strip.scrollLeft) strip.scrollLeft = element.offsetLeft - 8;
}
