// All plots and cases on one map; a press on a case opens it.
import { useEffect, useRef, useState } from 'preact/hooks';
import { severities } from '../api/types';
import { words } from '../i18n';
import { countText } from '../geo/format';
import { projectionCode } from '../geo/projections';
import { Failure } from '../parts/failure';
import { current, detail, filters, middle, pair, queue, showCase } from '../state/desk';
import { toQuery } from '../state/filters';
import { account } from '../state/session';
import { DistrictMap } from './district_map';

export function OverviewMap() {
  const w = words();
  const host = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<DistrictMap | null>(null);
  const [count, setCount] = useState(0);
  const [failed, setFailed] = useState<unknown>(null);
  const ledger = account()!.ledger;
  const query = toQuery(filters.value).toString();

  useEffect(() => {
    const made = new DistrictMap(host.current!, projectionCode(ledger.crs_epsg, ledger.proj4), (id) => void showCase(id));
    setMap(made);
    return () => made.dispose();
  }, []);
  useEffect(() => {
    if (!map) return;
    const stop = new AbortController();
    setFailed(null);
    map.load(new URLSearchParams(query), stop.signal).then(setCount, (error) => stop.signal.aborted || setFailed(error));
    return () => stop.abort();
  }, [map, query, queue.state.value.sequence]);
  useEffect(() => map?.mark(current.value), [map, current.value?.id, count]);
  useEffect(() => {
    if (map && pair.value) void map.background(pair.value.after);
  }, [map, detail.value?.id]);

  return (
    <section class="overview" aria-label={w.map.label}>
      <div class="tools" role="toolbar" aria-label={w.map.label}>
        <span>{w.map.count(countText(count))}</span>
        <button onClick={() => map?.fitAll()}>{w.map.fitAll}</button>
        <span class="space" />
        <button onClick={() => (middle.value = 'compare')}>{w.compare.compare} <kbd>m</kbd></button>
      </div>
      <div class="host" ref={host} />
      {failed !== null && <Failure error={failed} />}
      <ul class="key map-key">
        {severities.map((severity) => <li key={severity}><i class={`swatch ${severity}`} />{severity} {w.severity[severity]}</li>)}
        <li><i class="swatch done" />{w.map.judged}</li>
        <li><i class="swatch plot" />{w.map.plots}</li>
        <li><i class="swatch unseen" />{w.map.unseen}</li>
      </ul>
    </section>
  );
}
