// The comparison of the case on the desk: tools, both windows, coordinates, film strip.
import { useEffect, useRef, useState } from 'preact/hooks';
import { words } from '../i18n';
import { Failure } from '../parts/failure';
import { current, detail, pair, shown, useFrame } from '../state/desk';
import { account } from '../state/session';
import { projectionCode } from '../geo/projections';
import { Coordinates } from './coordinates';
import { ofOneScan } from './dates';
import { setScore } from './moves';
import { FilmStrip } from './film_strip';
import { Stage } from './stage';
import { stageInUse } from './stage_in_use';
import { SwipeHandle } from './swipe_handle';
import { Tools } from './tools';

export function Compare() {
  const w = words().compare;
  const leftHost = useRef<HTMLDivElement>(null);
  const rightHost = useRef<HTMLDivElement>(null);
  const [stage, setStage] = useState<Stage | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const ledger = account()!.ledger;
  const found = detail.value;
  const two = pair.value;
  const show = shown.value;
  const side = show.mode === 'side';

  useEffect(() => {
    const made = new Stage(leftHost.current!, rightHost.current!, projectionCode(ledger.crs_epsg, ledger.proj4));
    setStage(made);
    stageInUse.value = made;
    return () => {
      stageInUse.value = null;
      made.dispose();
    };
  }, []);

  useEffect(() => {
    const host = leftHost.current!;
    const watcher = new ResizeObserver(() => {
      stage?.left.map.updateSize();
      stage?.right.map.updateSize();
      useFrame({
        ledgerCode: projectionCode(ledger.crs_epsg, ledger.proj4), size: [host.clientWidth, host.clientHeight],
        score: shown.peek().score > 0,
      });
    });
    watcher.observe(host);
    return () => watcher.disconnect();
  }, [stage]);

  useEffect(() => {
    if (stage && found) stage.goTo(found, pair.peek());
  }, [stage, found?.id]);
  useEffect(() => {
    if (!stage || !found) return;
    setFailed(null);
    stage.arrange(show);
    const { id } = found;
    stage.showPair(two, show).then(() => stage.left.drawn()).then(() => performance.mark('drawn', { detail: id }), setFailed);
  }, [stage, found?.id, two, show]);
  useEffect(() => {
    if (stage && found) stage.outline(found, two, show);
  }, [stage, found, two, show.outline, show.plot]);

  const empty = found !== null && two === null;
  return (
    <section class="compare" aria-label={w.label}>
      <Tools />
      <div class={`windows ${show.mode}`} data-case={found?.id} data-before={two?.before.date} data-after={two?.after.date}>
        <div class="window">
          <div class="host" ref={leftHost} />
          {two && !side && show.mode === 'blink' &&
            <DateTag date={show.blinked ? two.after.date : two.before.date} text={show.blinked ? w.after : w.before} on={show.blinked} />}
          {two && (side || show.mode === 'swipe') && <DateTag date={two.before.date} text={w.before} on={false} />}
          {two && show.mode === 'swipe' && <DateTag date={two.after.date} text={w.after} on right />}
          {show.mode === 'swipe' && two && <SwipeHandle />}
        </div>
        <div class="window" hidden={!side}>
          <div class="host" ref={rightHost} />
          {two && side && <DateTag date={two.after.date} text={w.after} on />}
        </div>
        {/* Over the pictures, so that they do not move when it comes and goes. */}
        {show.score > 0 && (
          <label class="score-slider">{w.score}
            <input type="range" min="0" max="1" step="0.05" value={show.score} aria-label={w.scoreOpacity}
                   onInput={(event) => setScore(Number(event.currentTarget.value))} />
          </label>
        )}
        {(empty || failed !== null) && (
          <div class="cover">
            {empty ? <p>{w.noViews}</p> : <Failure error={failed} />}
          </div>
        )}
        {current.value && !found && <p class="loading">{w.loading}</p>}
      </div>
      {two && !ofOneScan(two) && <p class="warn" role="note">{w.notOneScan}</p>}
      <Coordinates stage={stage} />
      <FilmStrip />
    </section>
  );
}

function DateTag({ date, text, on, right }: { date: string; text: string; on: boolean; right?: boolean }) {
  return <span class={`date-tag ${on ? 'after' : 'before'} ${right ? 'right' : ''}`}><b>{date}</b> {text}</span>;
}
