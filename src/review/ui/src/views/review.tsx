// Where an inspector works: queue, comparison or map, and the case with its verdict.
import { useEffect, useState } from 'preact/hooks';
import { Compare } from '../compare/compare';
import { either, words } from '../i18n';
import { Evidence } from '../evidence/evidence';
import { OverviewMap } from '../map/overview_map';
import { Failure } from '../parts/failure';
import { SeverityBadge } from '../parts/badge';
import { QueueHead } from '../queue/queue_head';
import { QueueList } from '../queue/queue_list';
import { transitionText } from '../geo/change';
import { countText } from '../geo/format';
import { current, detail, filters, filtersOfRoute, middle, openQueue, place, queue, showCase, step, trouble } from '../state/desk';
import { toQuery } from '../state/filters';
import { route } from '../state/route';
import { AfterVerdict } from '../verdict/after_verdict';
import { History } from '../verdict/history';
import { Pending } from '../verdict/pending';
import { VerdictPanel } from '../verdict/verdict_panel';
import { listenToKeys } from './review_keys';

export function Review() {
  const [listOpen, setListOpen] = useState(true);
  useEffect(() => {
    void openQueue(filtersOfRoute(), route.value.caseId);
    return listenToKeys();
  }, []);
  // An address typed or followed while the place is open.
  useEffect(() => {
    const { caseId, bare } = route.value;
    if (queue.state.peek().total < 0) return;
    const asked = filtersOfRoute();
    if (!bare && toQuery(asked).toString() !== toQuery(filters.peek()).toString()) void openQueue(asked, caseId);
    else if (caseId && caseId !== current.peek()?.id) void showCase(caseId);
  }, [route.value]);
  return (
    <main class={`review ${listOpen ? '' : 'list-hidden'}`}>
      <section class="queue" aria-label={words().queue.title} hidden={!listOpen}>
        <QueueHead />
        <QueueList />
      </section>
      <div class="centre">
        {middle.value === 'map' ? <OverviewMap /> : <Compare />}
      </div>
      <CasePanel listOpen={listOpen} onList={() => setListOpen(!listOpen)} />
    </main>
  );
}

function CasePanel({ listOpen, onList }: { listOpen: boolean; onList: () => void }) {
  const w = words();
  const row = current.value;
  const found = detail.value?.id === row?.id ? detail.value : null;
  const { total } = queue.state.value;
  return (
    <section class="case panel-scroll" id="case" tabIndex={-1} aria-label={row?.id ?? w.map.choose}>
      <header class="case-head">
        <div class="line">
          <button class="quiet" aria-pressed={listOpen} onClick={onList}>{listOpen ? `‹ ${w.queue.hide}` : `› ${w.queue.show}`}</button>
          <span class="space" />
          <span class="soft number">{place.value >= 0 ? w.queue.position(countText(place.value + 1), countText(Math.max(0, total))) : row ? w.queue.notInList : ''}</span>
          <button class="quiet" aria-label={w.queue.previous} title={`${w.queue.previous} (k)`} disabled={place.value <= 0} onClick={() => void step(-1)}>↑</button>
          <button class="quiet" aria-label={w.queue.next} title={`${w.queue.next} (j)`} disabled={place.value >= total - 1} onClick={() => void step(1)}>↓</button>
        </div>
        {row && (
          <h2 class="case-title">
            <SeverityBadge severity={row.severity} /> {row.plot_name || row.plot_code || w.evidence.outside}
            <span class="why">{either(row.reason, row.reason_zh)}</span>
            <small>{row.id} · {transitionText(row)} · {w.tier[row.tier]}{row.open ? '' : ` · ${w.queue.closed}`}</small>
          </h2>
        )}
      </header>
      <Pending />
      {trouble.value !== null && <Failure error={trouble.value} retry={() => row && void showCase(row.id)} />}
      {!row && trouble.value === null && <p class="soft">{total === 0 ? w.queue.empty : w.map.choose}</p>}
      {found && (
        <>
          <VerdictPanel found={found} />
          <AfterVerdict found={found} />
          <Evidence found={found} />
          <History events={found.events} />
        </>
      )}
    </section>
  );
}
